#include "auth/passwords/opaque_string.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace {

using jwtgate::auth::opaque_string;
using namespace std::string_literals;

std::string prepared(std::string_view password)
{
    return std::string(opaque_string(password).reveal());
}

std::string repeat(std::string_view text, std::size_t times)
{
    std::string all;
    while (times-- > 0) all += text;
    return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(auth_opaque_string)

BOOST_AUTO_TEST_CASE(each_spelling_becomes_one)
{
    struct row {
        std::string given;
        std::string expected;
    };

    for (auto const& [given, expected] : {
             row{"", ""},
             row{"correct horse battery", "correct horse battery"},
             row{"caf\u00e9 au lait", "caf\u00e9 au lait"},
             row{"cafe\u0301 au lait", "caf\u00e9 au lait"},
             row{"u\u0308ber", "\u00fcber"},
             row{"A\u030angstro\u0308m", "\u00c5ngstr\u00f6m"},
             row{"\u212bngstr\u00f6m", "\u00c5ngstr\u00f6m"},  // the sign of angstrom
             row{"\u2126", "\u03a9"},                          // the sign of ohm
             row{"\u0063\u0327a", "\u00e7a"},
             row{"s\u0323\u0307", "\u1e69"},
             row{"s\u0307\u0323", "\u1e69"},       // marks in another order
             row{"\u1e9b\u0323", "\u1e9b\u0323"},  // no compatibility
             row{"\u1ea5", "\u1ea5"},
             row{"a\u0302\u0301", "\u1ea5"},  // Vietnamese
             row{"\u0390", "\u0390"},
             row{"\u03b9\u0308\u0301", "\u0390"},
             row{"\u0438\u0306", "\u0439"},                                // Cyrillic
             row{"\ud55c\uae00", "\ud55c\uae00"},                          // Hangul
             row{"\u1112\u1161\u11ab\u1100\u1173\u11af", "\ud55c\uae00"},  // its jamo, as macOS sends them
             row{"\ud558\u11ab", "\ud55c"},
             row{"\u3131\u314f", "\u3131\u314f"},  // jamo that do not compose
             row{"\u304b\u3099", "\u304c"},        // kana
             row{"\uff76\uff9e", "\uff76\uff9e"},  // half width stays
             row{"\uff21\uff11", "\uff21\uff11"},  // full width stays
             row{"\uf900", "\u8c48"},              // a compatibility ideograph that is canonical
             row{"\u0958", "\u0915\u093c"},        // excluded from composition
             row{"\ufb01", "\ufb01"},              // a ligature stays
             row{"\u00b2", "\u00b2"},
             row{"a\u00a0b", "a b"},
             row{"a\u1680b", "a b"},
             row{"a\u2000b\u2001c\u2002d\u2003e\u2004f\u2005g", "a b c d e f g"},
             row{"a\u2006b\u2007c\u2008d\u2009e\u200af", "a b c d e f"},
             row{"a\u202fb\u205fc", "a b c"},
             row{"\u3000a\u3000\u3000", " a  "},  // nothing is trimmed or folded
             row{"a\u200bb\u180ec\u2060d\ufeff", "a\u200bb\u180ec\u2060d\ufeff"},  // no spaces to Unicode
             row{"a\u2028b\u2029c", "a\u2028b\u2029c"},
             row{"a\tb\r\nc\x7f", "a\tb\r\nc\x7f"},
             row{"a\u00adb", "a\u00adb"},
             row{"\u200d", "\u200d"},
             row{"\U0001f469\u200d\U0001f469\u200d\U0001f467", "\U0001f469\u200d\U0001f469\u200d\U0001f467"},
             row{"\U0001f511\ufe0f", "\U0001f511\ufe0f"},
             row{"\U0001f1e9\U0001f1ea", "\U0001f1e9\U0001f1ea"},
             row{"\U0002f800", "\u4e3d"},
             row{"\U0001d15e", "\U0001d157\U0001d165"},
             row{"\U0003fffd", "\U0003fffd"},  // not assigned
             row{"\u0301a", "\u0301a"},        // a mark with nothing before it
             row{"\u00a0\u0301", " \u0301"},
             row{"PASSWORD password", "PASSWORD password"},
             row{"a\0b"s, "a\0b"s},
         }) {
        BOOST_TEST_CONTEXT(given)
        {
            BOOST_TEST(prepared(given) == expected);
            BOOST_TEST(prepared(expected) == expected);
        }
    }
}

BOOST_AUTO_TEST_CASE(what_is_not_utf_8_stays_as_it_is)
{
    for (auto const& bytes :
         {"caf\xe9"s,
          "\u00a0\xff"s,
          "e\u0301\xc3"s,
          "\xc0\xa0"s,            // overlong
          "\xed\xa0\x80\u00a0"s,  // a surrogate
          "\xf4\x90\x80\x80 "s,   // beyond U+10FFFF
          "\u3000\xe3\x80"s,
          "\x80"s}) {
        BOOST_TEST(prepared(bytes) == bytes);
    }
}

BOOST_AUTO_TEST_CASE(a_password_of_the_greatest_length_is_prepared_and_longer_texts_stay)
{
    BOOST_TEST(prepared(repeat("a\u0302\u0301", 128)) == repeat("\u1ea5", 128));
    BOOST_TEST(
        prepared(repeat("\U0001d157\U0001d165\U0001d16e", 128)) ==
        repeat("\U0001d157\U0001d165\U0001d16e", 128)
    );
    BOOST_TEST(prepared(repeat("\u1f82", 682)) == repeat("\u1f82", 682));    // decomposes into four each
    BOOST_TEST(prepared(repeat("\u0390", 1024)) == repeat("\u0390", 1024));  // into three, of two bytes
    BOOST_TEST(prepared(repeat("\u00a0", 1024)) == std::string(1024, ' '));
    BOOST_TEST(prepared(repeat("\u00a0", 1025)) == repeat("\u00a0", 1025));
    BOOST_TEST(prepared(std::string(16000, 'x')) == std::string(16000, 'x'));
}

BOOST_AUTO_TEST_SUITE_END()
