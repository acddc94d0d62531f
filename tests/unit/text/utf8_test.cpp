#include "text/utf8.hpp"

#include <boost/test/unit_test.hpp>

namespace jwtgate::text {

BOOST_AUTO_TEST_SUITE(text_utf8)

BOOST_AUTO_TEST_CASE(what_is_utf8)
{
    for (auto const* const text :
         {"", "a", "caf\xc3\xa9", "\xe2\x82\xac", "\xf4\x8f\xbf\xbf", "\xed\x9f\xbf"})
        BOOST_TEST(is_utf8(text), text);
}

BOOST_AUTO_TEST_CASE(what_is_not)
{
    for (auto const* const text :
         {"\x80",
          "\xc3",
          "caf\xe9",
          "\xc0\x80",
          "\xc1\xbf",
          "\xe0\x80\x80",
          "\xed\xa0\x80",
          "\xf4\x90\x80\x80",
          "\xf5\x80\x80\x80",
          "\xff",
          "\xe2\x82",
          "a\xe2\x28\xa1"})
        BOOST_TEST(!is_utf8(text), text);
}

BOOST_AUTO_TEST_CASE(the_first_character_with_its_size)
{
    BOOST_TEST(first_character("a\xe9").code_point == 'a');
    BOOST_TEST(first_character("\xe2\x82\xac.").code_point == 0x20acU);
    BOOST_TEST(first_character("\xe2\x82\xac.").size == 3U);
    BOOST_TEST(first_character("\xe9").size == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::text
