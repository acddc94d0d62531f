#include "text/printable.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using jwtgate::text::printable;

BOOST_AUTO_TEST_SUITE(text_printable)

BOOST_AUTO_TEST_CASE(text_of_any_language_stays_as_it_is)
{
    for (std::string_view const text : {"", "a \"b\" \\ ~", "한국어", "ü€", "😀", "\xf4\x8f\xbf\xbf"})
        BOOST_TEST(printable(text) == text);
}

BOOST_AUTO_TEST_CASE(nothing_acts_on_a_terminal)
{
    using namespace std::string_view_literals;
    BOOST_TEST(printable("\x1b[31m\0\n\r\t\x7f"sv) == R"(\u001b[31m\u0000\u000a\u000d\u0009\u007f)");
    BOOST_TEST(printable("\xc2\x80 \xc2\x9b \xc2\x9f") == R"(\u0080 \u009b \u009f)");
    BOOST_TEST(
        printable("\xe2\x80\xae\xe2\x81\xa6\xe2\x80\xa8\xef\xbb\xbf") == R"(\u202e\u2066\u2028\ufeff)"
    );
}

BOOST_AUTO_TEST_CASE(what_is_not_utf8_is_shown_byte_by_byte)
{
    BOOST_TEST(printable("a\xff") == R"(a\xff)");
    BOOST_TEST(
        printable("\x9b"
                  "31m") == R"(\x9b31m)"
    );
    BOOST_TEST(printable("\xc0\x80") == R"(\xc0\x80)");                  // overlong
    BOOST_TEST(printable("\xe0\x80\x9b") == R"(\xe0\x80\x9b)");          // overlong
    BOOST_TEST(printable("\xed\xa0\x80") == R"(\xed\xa0\x80)");          // a surrogate
    BOOST_TEST(printable("\xf4\x90\x80\x80") == R"(\xf4\x90\x80\x80)");  // beyond Unicode
    BOOST_TEST(printable("\xe2\x82") == R"(\xe2\x82)");                  // cut off
    BOOST_TEST(printable("\xe2\x82z") == R"(\xe2\x82z)");
}

BOOST_AUTO_TEST_SUITE_END()
