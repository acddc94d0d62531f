#include "api/rules/unclear.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace jwtgate::api;

BOOST_AUTO_TEST_SUITE(api_rules_unclear)

BOOST_AUTO_TEST_CASE(every_reason_has_words_of_its_own)
{
    std::set<std::string_view> words;
    for (std::size_t value = 0; value < unclear_count; ++value)
        BOOST_TEST(words.insert(words_for(static_cast<unclear>(value))).second, value);
}

BOOST_AUTO_TEST_SUITE_END()
