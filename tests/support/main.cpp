#define BOOST_TEST_MODULE jwtgate
#include <boost/test/unit_test.hpp>
