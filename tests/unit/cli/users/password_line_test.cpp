#include "cli/users/password_line.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace jwtgate::cli {
namespace {

using namespace std::string_view_literals;

/// The password, or the reason why there is none.
std::string taken(std::string_view input)
{
    auto const password = password_in(core::secret(std::string(input)));
    return password ? std::string(password->reveal()) : password.error().line();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cli_users_password_line)

BOOST_AUTO_TEST_CASE(one_line_is_the_password_without_its_end)
{
    for (auto const input : {"pass word one"sv, "pass word one\n"sv, "pass word one\r\n"sv})
        BOOST_TEST(taken(input) == "pass word one");
    for (auto const input :
         {" both ends "sv,
          "caf\xc3\xa9"sv,
          "\t"sv,
          "\xf0\x9f\x94\x91"sv,
          "a\x7f"sv,
          "a\\n"sv,
          "x\xef\xbb\xbf"sv})
        BOOST_TEST(taken(std::string(input) + '\n') == input);
    BOOST_TEST(taken(std::string(longest_password_input, 'x') + "\r\n").size() == longest_password_input);
}

BOOST_AUTO_TEST_CASE(anything_else_has_its_own_reason)
{
    struct row {
        std::string_view input;
        std::string_view reason;
    };

    auto const longer = std::string(longest_password_input + 1, 'x');
    for (auto const& [input, reason] : {
             row{"\n", "is empty"},
             row{"\r\n", "is empty"},
             row{"one\ntwo\n", "is more than one line"},
             row{"one\ntwo", "is more than one line"},
             row{"one\n\n", "is more than one line"},
             row{"\none", "is more than one line"},
             row{"one\r\ntwo\r\n", "is more than one line"},
             row{"one\r", "holds a carriage return"},
             row{"one\rtwo\n", "holds a carriage return"},
             row{"one\r\r\n", "holds a carriage return"},
             row{"\xef\xbb\xbfone\n", "begins with a byte order mark: save the text without one"},
             row{"\xef\xbb\xbf", "begins with a byte order mark: save the text without one"},
             row{"one\0two\n"sv, "holds a NUL"},
             row{"\0"sv, "holds a NUL"},
             row{"caf\xe9\n", "is not UTF-8 text"},
             row{"\xff\xfeo\n", "is not UTF-8 text"},
             row{"\xc0\x80\n", "is not UTF-8 text"},
             row{"\xed\xa0\x80\n", "is not UTF-8 text"},
             row{"cut \xe2\x82", "is not UTF-8 text"},
             row{longer, "is longer than 4096 bytes"},
         }) {
        BOOST_TEST(taken(input) == "the password on standard input " + std::string(reason));
    }
    BOOST_TEST(taken("") == "there is no password on standard input");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::cli
