#include "api/source/port.hpp"

#include <boost/test/unit_test.hpp>

namespace jwtgate::api {

BOOST_AUTO_TEST_SUITE(api_source_port)

BOOST_AUTO_TEST_CASE(is_a_number_of_sixteen_bits_in_at_most_five_digits)
{
    for (auto const text : {"0", "1", "80", "65535", "00080"}) BOOST_TEST(is_port(text), text);
    for (auto const text : {"", "65536", "99999", "000080", "+80", "-1", "8O", "80 ", " 80", "80x", ":80"})
        BOOST_TEST(!is_port(text), text);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
