#include "core/log/log_line.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <string_view>

namespace {

using namespace jwtgate;
using namespace std::string_literals;
using core::log_format;
using core::log_level;

constexpr std::chrono::sys_time<std::chrono::milliseconds> noon{std::chrono::milliseconds{1'800'000'000'007}};

std::string line_of(log_format format, std::string_view event, std::string_view value)
{
    std::array const fields{core::log_field{"v", value}};
    return core::log_line(format, {.time = noon, .level = log_level::info, .event = event, .fields = fields});
}

/// What a text line says of one value, behind "v=" and before the end.
std::string text_of(std::string_view value)
{
    auto const line = line_of(log_format::text, "e", value);
    auto const begin = line.find(" v=") + 3;
    return line.substr(begin, line.size() - 1 - begin);
}

boost::json::object json_of(std::string_view event, std::string_view value)
{
    return boost::json::parse(line_of(log_format::json, event, value)).as_object();
}

std::string repeated(std::string_view what, std::size_t times)
{
    std::string out;
    while (times-- > 0) out += what;
    return out;
}

bool is_printable(char c)
{
    return c >= ' ' && c < 0x7f;
}

char octet_of(std::string const& digits)
{
    return static_cast<char>(std::stoi(digits, nullptr, 16));
}

/// What a value of a text line stands for.
std::string read_back(std::string written)
{
    if (!written.starts_with('"')) return written;
    constexpr std::string_view letters = "bfnrt\"\\";
    constexpr std::string_view meant = "\b\f\n\r\t\"\\";
    std::string value;
    for (std::size_t at = 1; at < written.size() - 1; ++at) {
        if (written[at] != '\\') {
            value += written[at];
        } else if (auto const c = written[++at]; c == 'x' || c == 'u') {
            auto const length = c == 'x' ? 2U : 4U;
            value += octet_of(written.substr(at + 1, length));
            at += length;
        } else {
            value += meant[letters.find(c)];
        }
    }
    return value;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(core_log_log_line)

BOOST_AUTO_TEST_CASE(has_its_time_in_utc_its_level_and_its_fields)
{
    std::array const fields{core::log_field{"user", "ann"}, core::log_field{"outcome", "ok"}};

    struct row {
        log_level level;
        std::string_view word;
    };

    for (auto const& [level, word] :
         {row{log_level::debug, "debug"},
          row{log_level::info, "info"},
          row{log_level::warn, "warning"},
          row{log_level::error, "error"}}) {
        core::log_record const record{.time = noon, .level = level, .event = "login", .fields = fields};
        BOOST_TEST(
            core::log_line(log_format::text, record) ==
            "2027-01-15T08:00:00.007Z " + std::string{word} + " login user=ann outcome=ok\n"
        );
        BOOST_TEST(
            core::log_line(log_format::json, record) ==
            R"({"time":"2027-01-15T08:00:00.007Z","level":")" + std::string{word} +
                R"(","event":"login","user":"ann","outcome":"ok"})"
                "\n"
        );
    }
}

BOOST_AUTO_TEST_CASE(no_value_can_forge_a_line_or_a_field)
{
    struct row {
        std::string value;
        std::string_view written;
    };

    for (auto const& [value, written] : {
             row{"plain"s, "plain"},
             row{""s, R"("")"},
             row{"two words"s, R"("two words")"},
             row{"a=b"s, R"("a=b")"},
             row{"a\"b"s, R"("a\"b")"},
             row{"a\\b"s, R"("a\\b")"},
             row{"a\nuser=root"s, R"("a\nuser=root")"},
             row{"a\r\n"s, R"("a\r\n")"},
             row{"\0"s, R"("\u0000")"},
             row{"\x1b[31m"s, R"("\u001b[31m")"},
             row{"\x7f"s, R"("\x7f")"},
             row{"\xe2\x80\xa8"s, R"("\xe2\x80\xa8")"},  // U+2028, LINE SEPARATOR
             row{"\xff"s, R"("\xff")"},
         }) {
        BOOST_TEST(text_of(value) == written);
    }
}

BOOST_AUTO_TEST_CASE(every_octet_can_be_had_back_from_a_text_line)
{
    for (int octet = 0; octet <= 0xff; ++octet) {
        auto const one = std::string(1, static_cast<char>(octet));
        for (auto const& value : {one, "a" + one, one + "a", "\xc3" + one, one + one}) {
            auto const written = text_of(value);
            BOOST_TEST(std::ranges::all_of(written, is_printable), written);
            BOOST_TEST(read_back(written) == value, written);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_line_is_one_line_whatever_its_event_and_its_values_hold)
{
    for (int octet = 0; octet <= 0xff; ++octet) {
        auto const what = "a" + std::string(1, static_cast<char>(octet)) + "z";
        auto const text = line_of(log_format::text, what, what);
        BOOST_TEST(std::ranges::all_of(text.substr(0, text.size() - 1), is_printable), text);
        BOOST_TEST(text.back() == '\n');
        auto const json = line_of(log_format::json, what, what);
        BOOST_TEST(std::ranges::count(json, '\n') == 1);
        auto const shown = octet < 0x80 ? what : "a\xef\xbf\xbdz";
        BOOST_TEST(boost::json::parse(json).at("event").as_string() == shown);
        BOOST_TEST(boost::json::parse(json).at("v").as_string() == shown);
    }
}

BOOST_AUTO_TEST_CASE(a_json_line_is_one_object)
{
    for (std::string_view const value :
         {"plain", "", "a\"b\\c", "a\nb", "\x1b", "비밀", "\xf0\x9f\x98\x80"}) {
        auto const line = json_of(value, value);
        BOOST_TEST(line.at("event").as_string() == value);
        BOOST_TEST(line.at("v").as_string() == value);
    }
}

BOOST_AUTO_TEST_CASE(json_replaces_what_is_not_utf8)
{
    struct row {
        std::string value;
        std::string written;
    };

    for (auto const& [value, written] : {
             row{"\xff"s, "\xef\xbf\xbd"},
             row{"a\x80z"s, "a\xef\xbf\xbdz"},
             row{"\xc3"s, "\xef\xbf\xbd"},                                  // cut off
             row{"\xc3(", "\xef\xbf\xbd("},                                 // goes on in the wrong way
             row{"\xc0\xaf"s, "\xef\xbf\xbd\xef\xbf\xbd"},                  // longer than needed
             row{"\xed\xa0\x80"s, "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},  // a surrogate
             row{"\xf4\x90\x80\x80"s, repeated("\xef\xbf\xbd", 4)},         // beyond U+10FFFF
             row{"\xc3\xa4\xe9"s, "\xc3\xa4\xef\xbf\xbd"},                  // Latin-1 behind UTF-8
         }) {
        BOOST_TEST(json_of("e", value).at("v").as_string() == written);
        BOOST_TEST(json_of(value, "v").at("event").as_string() == written);
    }
}

BOOST_AUTO_TEST_CASE(a_long_value_is_cut_at_a_character_and_marked)
{
    struct row {
        std::string value;
        std::string written;
    };

    for (auto const& [value, written] : {
             row{std::string(256, 'x'), std::string(256, 'x')},
             row{std::string(257, 'x'), std::string(253, 'x') + "..."},
             row{std::string(16'384, 'x'), std::string(253, 'x') + "..."},
             row{repeated("ä", 128), repeated("ä", 128)},
             row{repeated("ä", 129), repeated("ä", 126) + "..."},
             row{"x" + repeated("ä", 128), "x" + repeated("ä", 126) + "..."},
             row{repeated("비", 86), repeated("비", 84) + "..."},
             row{repeated("\xf0\x9f\x98\x80", 65), repeated("\xf0\x9f\x98\x80", 63) + "..."},
         }) {
        BOOST_TEST(json_of("e", value).at("v").as_string() == written);
    }
    BOOST_TEST(text_of(std::string(257, 'x')) == std::string(253, 'x') + "...");
    BOOST_TEST(text_of(repeated("ä", 129)) == '"' + repeated(R"(\xc3\xa4)", 126) + R"(...")");
    BOOST_TEST(text_of(repeated("\x80", 300)) == '"' + repeated(R"(\x80)", 250) + R"(...")");
    BOOST_TEST(
        json_of("e", repeated("\xff", 300)).at("v").as_string() == repeated("\xef\xbf\xbd", 84) + "..."
    );
}

BOOST_AUTO_TEST_SUITE_END()
