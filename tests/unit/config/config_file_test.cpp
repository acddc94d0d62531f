#include "config/config_file.hpp"

#include "config/settings.hpp"
#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

using namespace jwtgate::config;

namespace {

using texts = std::vector<std::string>;

std::string refusal_of(std::string_view text)
{
    try {
        parse_config_file("f.toml", text);
    } catch (error const& wrong) {
        return wrong.what();
    }
    return "accepted";
}

std::string unreadable_because(std::filesystem::path const& file)
{
    try {
        read_config_file(file);
    } catch (error const& wrong) {
        return wrong.what();
    }
    return "read";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(config_config_file)

BOOST_AUTO_TEST_CASE(a_value_is_a_string_a_word_or_an_array)
{
    struct row {
        std::string_view line;
        texts expected;
    };

    auto const table = std::to_array<row>({
        {R"(k = "1h")", {"1h"}},
        {R"(k="1h")", {"1h"}},
        {R"(  k	=  'a\b"c'  )", {R"(a\b"c)"}},
        {R"(k = "a\"b\\c")", {R"(a"b\c)"}},
        {R"(k = "")", {""}},
        {R"(k = "with # and , and ] inside" # outside)", {"with # and , and ] inside"}},
        {"k = false", {"false"}},
        {"k = 4", {"4"}},
        {"k = 127.0.0.1:8080", {"127.0.0.1:8080"}},
        {"k = 1h# comment", {"1h"}},
        {"k = \"a\"\r\n", {"a"}},
        {R"(k = ["a", 'b', c])", {"a", "b", "c"}},
        {"k = [\n  \"a\", # first\n\n  \"b\",\n]", {"a", "b"}},
        {"k = []", {}},
    });
    for (auto const& [line, expected] : table) {
        BOOST_TEST_CONTEXT(line)
        {
            auto const entries = parse_config_file("f.toml", line);
            BOOST_REQUIRE_EQUAL(entries.size(), 1U);
            BOOST_TEST(entries[0].key == "k");
            BOOST_TEST(entries[0].texts == expected, boost::test_tools::per_element());
        }
    }
}

BOOST_AUTO_TEST_CASE(entries_know_their_lines)
{
    auto const entries = parse_config_file("f.toml", "# head\n\na = 1\nlist = [\n  2,\n]\nb = 3");
    BOOST_REQUIRE_EQUAL(entries.size(), 3U);
    BOOST_TEST(entries[0].line == 3U);
    BOOST_TEST(entries[1].line == 4U);
    BOOST_TEST(entries[2].line == 7U);
}

BOOST_AUTO_TEST_CASE(an_empty_file_says_nothing)
{
    for (auto const text : {"", "\n\n", "# only this", " \t"})
        BOOST_TEST(parse_config_file("f.toml", text).empty());
}

BOOST_AUTO_TEST_CASE(anything_else_is_refused_with_its_line)
{
    struct row {
        std::string_view text;
        std::string_view expected;
    };

    constexpr auto table = std::to_array<row>({
        {"[server]", R"(f.toml:1: expected a line of the form option = "value")"},
        {"\n= 1", R"(f.toml:2: expected a line of the form option = "value")"},
        {"x", R"(f.toml:1: expected = behind "x")"},
        {"secure false", R"(f.toml:1: expected = behind "secure")"},
        {"k =", "f.toml:1: expected a value"},
        {"k =\n\"a\"", "f.toml:1: expected a value"},
        {"k = a b", R"(f.toml:1: unexpected text behind the value of "k")"},
        {"k = 'a' l = 'b'", R"(f.toml:1: unexpected text behind the value of "k")"},
        {"k = \"a", "f.toml:1: a string does not end"},
        {"k = \"a\nb\"", "f.toml:1: a string does not end"},
        {R"(k = 'a\'b')", R"(f.toml:1: unexpected text behind the value of "k")"},
        {R"(k = "a\n")", R"(f.toml:1: only \" and \\ may stand behind a backslash)"},
        {R"(k = ["a" "b"])", "f.toml:1: expected , or ] in the array"},
        {"k = [\n\"a\"", "f.toml:2: expected , or ] in the array"},
        {"k = [", "f.toml:1: expected a value"},
        {"k = [,]", "f.toml:1: expected a value"},
        {"k = {a = 1}", "f.toml:1: expected a value"},
        {"k = 1\nl = 2\nk = 1", R"(f.toml:3: "k" is set twice)"},
    });
    for (auto const& [text, expected] : table) BOOST_TEST_CONTEXT(text)
        {
            BOOST_TEST(refusal_of(text) == expected);
        }
    BOOST_TEST(refusal_of(std::string_view{"k = \"a\0b\"", 9}) == "f.toml:1: a string does not end");
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_says_why)
{
    jwtgate::test::temporary_directory const own;
    auto const& dir = own.path();
    auto const missing = dir / "none.toml";
    auto const large = dir / "large.toml";
    std::ofstream{large} << std::string((1U << 20U) + 1, '#');

    BOOST_TEST(
        unreadable_because(missing) ==
        "config: cannot read \"" + missing.string() + "\": No such file or directory"
    );
    BOOST_TEST(unreadable_because(dir) == "config: cannot read \"" + dir.string() + "\": Is a directory");
    BOOST_TEST(
        unreadable_because(large) == "config: cannot read \"" + large.string() + "\": larger than 1 MiB"
    );
    std::filesystem::resize_file(large, 1U << 20U);
    BOOST_TEST(read_config_file(large).size() == 1U << 20U);
}

BOOST_AUTO_TEST_SUITE_END()
