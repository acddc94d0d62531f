#include "config/option_values.hpp"

#include "unit/config/refusals.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

using namespace jwtgate::config;
using namespace jwtgate::config::test;
using namespace std::chrono_literals;

namespace {

struct refusal_row {
    std::string text;
    std::string_view expected;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(config_option_values)

BOOST_AUTO_TEST_CASE(a_complaint_names_option_origin_and_reason)
{
    setting const given{"access-ttl", {"1x"}, "jwtgate.toml:3"};
    BOOST_TEST(std::string{complaint(given, "is wrong").what()} == "access-ttl (jwtgate.toml:3): is wrong");
}

BOOST_AUTO_TEST_CASE(quotes_keep_a_text_on_one_line)
{
    BOOST_TEST(in_quotes("a\"b\\c\nd\x7f\xc3\xa4") == "\"a\\\"b\\\\c\\u000Ad\\u007F\xc3\xa4\"");
}

BOOST_AUTO_TEST_CASE(one_value_means_one)
{
    BOOST_TEST(single_text(from("a")) == "a");
    setting const twice{"opt", {"a", "b"}, "command line"};
    BOOST_TEST(refusal_of(single_text, twice) == "opt (command line): takes one value, not 2");
}

BOOST_AUTO_TEST_CASE(lists_come_from_commas_and_repetition)
{
    setting const given{"opt", {"a, b", "c"}, "command line"};
    BOOST_TEST(list_of(given) == (texts{"a", "b", "c"}), boost::test_tools::per_element());
    for (auto const* text : {"", ",", "a,", ",a", "a,,b", "a, ,b", "  "}) {
        BOOST_TEST(refusal_of(list_of, from(text)) == "opt (command line): holds an empty value", text);
    }
    BOOST_TEST(refusal_of(list_of, {"opt", {}, "f.toml:1"}) == "opt (f.toml:1): holds no value");
}

BOOST_AUTO_TEST_CASE(booleans)
{
    BOOST_TEST(boolean(from("true")));
    BOOST_TEST(!boolean(from("false")));
    BOOST_TEST(refusal_of(boolean, from("yes")) == R"(opt (command line): "yes" is neither true nor false)");
}

BOOST_AUTO_TEST_CASE(counts_within_bounds)
{
    BOOST_TEST(count_between(from("1"), 1, 8) == 1U);
    BOOST_TEST(count_between(from("8"), 1, 8) == 8U);
    auto const table = std::to_array<refusal_row>({
        {"0", "opt (command line): 0 is outside 1 to 8"},
        {"9", "opt (command line): 9 is outside 1 to 8"},
        {"-1", R"(opt (command line): "-1" is not a whole number)"},
        {"", R"(opt (command line): "" is not a whole number)"},
    });
    for (auto const& [text, expected] : table)
        BOOST_TEST(refusal_of(count_between, from(text), 1, 8) == expected);
}

BOOST_AUTO_TEST_CASE(sizes_within_bounds)
{
    BOOST_TEST(size_between(from("1KiB"), "16", "1KiB") == 1024U);
    auto const table = std::to_array<refusal_row>({
        {"15", "opt (command line): 15 is outside 16 to 1KiB"},
        {"1025", "opt (command line): 1025 is outside 16 to 1KiB"},
        {"1kb", R"(opt (command line): "1kb" is not a size; write 4096, 16KiB or 19MiB)"},
    });
    for (auto const& [text, expected] : table) {
        BOOST_TEST(refusal_of(size_between, from(text), "16", "1KiB") == expected);
    }
}

BOOST_AUTO_TEST_CASE(durations_within_bounds)
{
    BOOST_TEST(duration_between(from("1500ms"), "1ms", "5s").count() == 1500);
    auto const table = std::to_array<refusal_row>({
        {"0s", "opt (command line): 0s is outside 1ms to 5s"},
        {"5001ms", "opt (command line): 5001ms is outside 1ms to 5s"},
        {"10", R"(opt (command line): "10" is not a duration; write 500ms, 10s, 5m, 1h or 30d)"},
    });
    for (auto const& [text, expected] : table) {
        BOOST_TEST(refusal_of(duration_between, from(text), "1ms", "5s") == expected);
    }
}

BOOST_AUTO_TEST_CASE(times_that_tokens_carry_are_whole_seconds)
{
    BOOST_TEST(seconds_between(from("2000ms"), "1s", "1h").count() == 2);
    BOOST_TEST(
        refusal_of(seconds_between, from("1500ms"), "1s", "1h") ==
        "opt (command line): 1500ms is not in whole seconds"
    );
    BOOST_TEST(
        refusal_of(seconds_between, from("999ms"), "1s", "1h") ==
        "opt (command line): 999ms is outside 1s to 1h"
    );
}

BOOST_AUTO_TEST_CASE(identifiers_are_short_printable_ascii)
{
    BOOST_TEST(identifier(from("https://login.example.com")) == "https://login.example.com");
    BOOST_TEST(identifier(from("")).empty());
    BOOST_TEST(identifier(from(std::string(256, 'a'))).size() == 256U);
    auto const table = std::to_array<refusal_row>({
        {std::string(257, 'a'), "opt (command line): is longer than 256 bytes"},
        {"a b", R"(opt (command line): "a b" holds more than printable ASCII)"},
        {"a\nb", R"(opt (command line): "a\u000Ab" holds more than printable ASCII)"},
    });
    for (auto const& [text, expected] : table) BOOST_TEST(refusal_of(identifier, from(text)) == expected);
}

BOOST_AUTO_TEST_CASE(a_domain_can_add_no_attribute_to_a_cookie)
{
    for (auto const* text : {"", "example.com", "a-b.example.com", "localhost"}) {
        BOOST_TEST(domain_name(from(text)) == text);
    }
    for (auto const* text : {".example.com", "example.com.", "a..b", "a;Secure", "a b", "http://a", "a:80"}) {
        BOOST_TEST(
            refusal_of(domain_name, from(text)) ==
            "opt (command line): \"" + std::string{text} + "\" is not a domain such as example.com"
        );
    }
}

BOOST_AUTO_TEST_CASE(a_cookie_prefix_is_part_of_a_name_and_of_nothing_else)
{
    for (auto const& text :
         {std::string{},
          std::string{"wiki_"},
          std::string{"a.b-c!#$%&'*+^`|~"},
          std::string{"_x"},
          std::string(32, 'a')}) {
        BOOST_TEST(cookie_prefix(from(text)) == text);
    }
    BOOST_TEST(
        refusal_of(cookie_prefix, from(std::string(33, 'a'))) == "opt (command line): is longer than 32 bytes"
    );
    for (auto const* text : {"__Host-", "__secure-", "__"}) {
        BOOST_TEST(
            refusal_of(cookie_prefix, from(text)) ==
            "opt (command line): \"" + std::string{text} +
                "\" begins with __, which browsers keep for __Host- and __Secure-"
        );
    }
    for (auto const* text :
         {"a b", "a=", "a;Secure", "a,b", "a/b", "(a)", "a@b", "[a]", "{a}", "caf\xc3\xa9"}) {
        BOOST_TEST(
            refusal_of(cookie_prefix, from(text)) ==
            "opt (command line): \"" + std::string{text} + "\" holds what no cookie's name may hold"
        );
    }
}

BOOST_AUTO_TEST_CASE(databases_are_sqlite_files)
{
    BOOST_TEST(sqlite_file(from("sqlite:/a/b.db")) == "/a/b.db");
    auto const table = std::to_array<refusal_row>({
        {"postgresql://user:pw@h/db",
         "opt (command line): this build has no PostgreSQL support yet; write sqlite:PATH"},
        {"postgres://user:pw@h/db",
         "opt (command line): this build has no PostgreSQL support yet; write sqlite:PATH"},
        {"mysql://user:pw@h/db", "opt (command line): is not of the form sqlite:PATH"},
        {"/a/b.db", "opt (command line): is not of the form sqlite:PATH"},
        {"sqlite:", "opt (command line): names no file behind sqlite:"},
    });
    for (auto const& [text, expected] : table) BOOST_TEST(refusal_of(sqlite_file, from(text)) == expected);
}

BOOST_AUTO_TEST_CASE(paths_are_not_empty)
{
    BOOST_TEST(file_path(from("a")) == "a");
    BOOST_TEST(refusal_of(file_path, from("")) == "opt (command line): is empty");
}

BOOST_AUTO_TEST_CASE(a_word_is_one_of_those_offered)
{
    constexpr std::array<choice<int>, 2> words{{{"Lax", 1}, {"Strict", 2}}};
    BOOST_TEST(one_of<int>(from("Strict"), words) == 2);
    auto const choose = [&](setting const& given) { return one_of<int>(given, words); };
    BOOST_TEST(refusal_of(choose, from("lax")) == R"(opt (command line): "lax" is none of Lax, Strict)");
}

BOOST_AUTO_TEST_SUITE_END()
