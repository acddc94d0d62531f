#include "auth/passwords/password_rules.hpp"

#include "auth/error.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace {

using namespace jwtgate::auth;
using namespace std::string_literals;

boost::system::error_code verdict(std::string_view password, std::size_t min_length = 8)
{
    return check_new_password(password, {.user_name = "rosalind.f", .min_length = min_length}).error();
}

std::string repeat(std::string_view text, std::size_t times)
{
    std::string all;
    while (times-- > 0) all += text;
    return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(auth_password_rules)

BOOST_AUTO_TEST_CASE(length_counts_in_characters)
{
    struct row {
        std::string password;
        boost::system::error_code why;
    };

    for (auto const& [password, why] : {
             row{"", errc::password_too_short},
             row{"kx4#qrz", errc::password_too_short},
             row{"kx4#qrzw", {}},
             row{repeat("ä", 7), errc::password_too_short},
             row{repeat("ä", 8), {}},
             row{repeat("비", 128), {}},
             row{repeat("비", 129), errc::password_too_long},
             row{repeat("🔑", 8), {}},
             row{repeat("🔑", 128), {}},
             row{std::string(128, 'x'), {}},
             row{std::string(129, 'x'), errc::password_too_long},
             row{std::string(16000, 'x'), errc::password_too_long},
         }) {
        BOOST_TEST_CONTEXT(password) BOOST_TEST(verdict(password) == why);
    }
}

BOOST_AUTO_TEST_CASE(the_least_length_is_chosen)
{
    BOOST_TEST(verdict("kx4#", 4) == boost::system::error_code());
    BOOST_TEST(verdict("kx4#qrzwkx4#", 13) == make_error_code(errc::password_too_short));
}

BOOST_AUTO_TEST_CASE(nothing_is_demanded_of_what_it_is_made_of)
{
    for (auto const& password :
         {repeat("a", 20),
          repeat(" ", 8),
          "correct horse battery"s,
          "12 34 56 78"s,
          "👩‍👩‍👧‍👦 family"s}) {
        BOOST_TEST_CONTEXT(password) BOOST_TEST(verdict(password) == boost::system::error_code());
    }
}

BOOST_AUTO_TEST_CASE(refuses_what_is_not_text)
{
    for (auto const& bytes : {
             "abcdefgh\xff"s,
             "abcdefgh\x80"s,              // a continuation alone
             "abcdefgh\xc3"s,              // cut off
             "abcdefgh\xc0\xaf"s,          // overlong
             "abcdefgh\xe0\x80\xaf"s,      // overlong
             "abcdefgh\xed\xa0\x80"s,      // a surrogate
             "abcdefgh\xf4\x90\x80\x80"s,  // beyond U+10FFFF
             "abcdefgh\xf5\x80\x80\x80"s,
             "abcd\0efgh"s,
             "\0"s,
         }) {
        BOOST_TEST(verdict(bytes) == make_error_code(errc::password_not_text));
    }
}

BOOST_AUTO_TEST_CASE(refuses_each_control_character_and_nothing_beside_them)
{
    for (auto const* const control :
         {"\x01",
          "\x08",
          "\t",
          "\n",
          "\v",
          "\r",
          "\x1b",
          "\x1f",
          "\x7f",
          "\xc2\x80",
          "\xc2\x85",
          "\xc2\x9f"}) {
        for (auto const& password :
             {"kx4#qrzw"s + control,
              control + "kx4#qrzw"s,
              "kx4#"s + control + "qrzw",
              repeat(control, 200),
              std::string(control)})
            BOOST_TEST(verdict(password) == make_error_code(errc::password_has_control));
    }
    for (auto const* const other :
         {"\x20",
          "~",
          "\xc2\xa0",
          "\xc2\xad",
          "\xe2\x80\x8b",
          "\xe2\x80\x8d",
          "\xe2\x80\xa8",
          "\xef\xbb\xbf"}) {
        BOOST_TEST_CONTEXT(other) BOOST_TEST(verdict("kx4#"s + other + "qrz") == boost::system::error_code());
    }
}

BOOST_AUTO_TEST_CASE(counts_and_compares_what_is_hashed)
{
    struct row {
        std::string password;
        boost::system::error_code why;
    };

    for (auto const& [password, why] : {
             row{repeat("e\xcc\x81", 7), errc::password_too_short},  // seven letters, of two code points each
             row{repeat("e\xcc\x81", 8), {}},
             row{repeat("e\xcc\x81", 128), {}},
             row{repeat("e\xcc\x81", 129), errc::password_too_long},
             row{repeat("\u1112\u1161\u11ab", 7), errc::password_too_short},  // seven syllables
             row{repeat("\u1112\u1161\u11ab", 128), {}},
             row{repeat("\u0345\u0301", 2000), errc::password_too_long},
         }) {
        BOOST_TEST_CONTEXT(password) BOOST_TEST(verdict(password) == why);
    }
    BOOST_TEST(verdict("\u212aelvin of 1848") == boost::system::error_code());  // the sign of Kelvin is a K
    BOOST_TEST(
        check_new_password("\u212aelvin-1848", {.user_name = "kelvin-1848"}).error() ==
        make_error_code(errc::password_too_common)
    );
}

BOOST_AUTO_TEST_CASE(refuses_the_commonest_in_any_case)
{
    for (auto const* const password :
         {"password", "PassWord", "12345678", "iloveyou1", "password1", "ILOVEYOU1"}) {
        BOOST_TEST_CONTEXT(password)
        BOOST_TEST(verdict(password) == make_error_code(errc::password_too_common));
    }
    BOOST_TEST(verdict("password2 and more") == boost::system::error_code());
}

BOOST_AUTO_TEST_CASE(the_list_ends_after_3000_that_are_long_enough)
{
    BOOST_TEST(verdict("greyhoun") == make_error_code(errc::password_too_common));  // the 3,000th
    BOOST_TEST(verdict("greyhoun", 6) == boost::system::error_code());              // after it
    BOOST_TEST(verdict("letmein", 6) == make_error_code(errc::password_too_common));
    BOOST_TEST(verdict("123456", 6) == make_error_code(errc::password_too_common));
}

BOOST_AUTO_TEST_CASE(refuses_the_name_of_its_user)
{
    BOOST_TEST(verdict("rosalind.f") == make_error_code(errc::password_too_common));
    BOOST_TEST(verdict("Rosalind.F") == make_error_code(errc::password_too_common));
    BOOST_TEST(verdict("rosalind.f1") == boost::system::error_code());
}

BOOST_AUTO_TEST_SUITE_END()
