#include "jwt/json/json_scanner.hpp"

#include "unit/jwt/json/boost_json_oracle.hpp"
#include "unit/jwt/json/random_json.hpp"
#include "unit/jwt/tokens.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace jwtgate::jwt::tests {
namespace {

using namespace std::string_literals;

/// One line for everything that a text says, or the reason why it was refused.
struct reading {
    std::string trace;
    std::optional<errc> refusal;
};

bool walk(json_scanner& scanner, std::string& trace)
{
    switch (scanner.peek()) {
        case json_kind::object:
            return scanner.object([&](json_name const& name) {
                trace += "k:" + std::string{name.view()} + '|';
                return walk(scanner, trace);
            });
        case json_kind::array:
            return scanner.array([&] { return walk(scanner, trace); });
        case json_kind::string: {
            auto const text = scanner.string();
            trace += "s:" + std::string{text.value_or("")} + '|';
            return text.has_value();
        }
        case json_kind::number:
            trace += "n|";
            return scanner.number().has_value();
        case json_kind::boolean: {
            auto const value = scanner.boolean();
            trace += value == true ? "true|" : "false|";
            return value.has_value();
        }
        default:
            trace += "null|";
            return scanner.skip();
    }
}

reading read(std::string text)
{
    json_scanner scanner{text};
    reading out;
    auto const read = scanner.document([&](json_name const& name) {
        out.trace += "k:" + std::string{name.view()} + '|';
        return walk(scanner, out.trace);
    });
    if (!read) out.refusal = scanner.refusal();
    return out;
}

void compare_with_boost(std::string const& text)
{
    boost::json::basic_parser<oracle> parser{boost::json::parse_options{}};
    boost::json::error_code failure;
    auto const consumed = parser.write_some(false, text.data(), text.size(), failure);
    auto const& expected = parser.handler();
    if (failure == boost::json::error::too_deep || failure == boost::json::error::exponent_overflow) return;

    auto const valid = !failure && consumed == text.size() && expected.top_is_object;
    auto const got = read(text);
    BOOST_TEST_CONTEXT(text)
    {
        auto const too_deep = expected.deepest > json_scanner::max_depth;
        auto const too_many = expected.most_names > json_scanner::max_names;
        if (!valid) {
            BOOST_TEST(got.refusal.has_value());
        } else if (!expected.has_duplicate && !too_deep && !too_many) {
            BOOST_TEST(!got.refusal.has_value());
            BOOST_TEST(got.trace == expected.trace);
        } else if (expected.has_duplicate && !too_deep && !too_many) {
            BOOST_TEST((got.refusal == errc::duplicate_name));
        } else {
            BOOST_TEST(got.refusal.has_value());
            BOOST_TEST((got.refusal != errc::bad_json));
        }
    }
}

BOOST_AUTO_TEST_SUITE(jwt_json_scanner)

BOOST_AUTO_TEST_CASE(reads_every_kind_of_value)
{
    auto const got = read(" {\"a\" : [ 1 , -0.5e+3, true,false,null, {} ,[]],\r\n\t\"b\":{\"a\":\"x\"}} ");
    BOOST_TEST(!got.refusal.has_value());
    BOOST_TEST(got.trace == "k:a|n|n|true|false|null|k:b|k:a|s:x|");
}

BOOST_AUTO_TEST_CASE(unescapes_where_the_text_stands)
{
    auto const got = read(R"({"\u0061\u00e9\u20ac\ud83d\ude00":"\"\\\/\b\f\n\r\t\u0000 and plain"})");
    BOOST_TEST(got.trace == "k:aé€😀|s:\"\\/\b\f\n\r\t\0 and plain|"s);
}

BOOST_AUTO_TEST_CASE(refuses_what_is_not_one_strict_object)
{
    std::vector<std::string> const texts{
        "",
        " ",
        "x",
        "{",
        "}",
        "{}{}",
        "{} x",
        "[]",
        "1",
        "\"a\"",
        "null",
        "\xef\xbb\xbf{}",
        "{a:1}",
        "{'a':1}",
        R"({"a"})",
        R"({"a":})",
        R"({"a":1,})",
        R"({,"a":1})",
        R"({"a":1 "b":2})",
        R"({"a":[1,]})",
        R"({"a":[1 2]})",
        R"({"a":[1})",
        R"({"a":[}])",
        R"({"a":01})",
        R"({"a":+1})",
        R"({"a":.5})",
        R"({"a":5.})",
        R"({"a":1e})",
        R"({"a":1e+})",
        R"({"a":-})",
        R"({"a":0x1})",
        R"({"a":NaN})",
        R"({"a":Infinity})",
        R"({"a":tru})",
        R"({"a":truE})",
        R"({"a":nul})",
        R"({"a":True})",
        R"({"a":"b})",
        R"({"a":"\x"})",
        R"({"a":"\u12"})",
        R"({"a":"\u12g4"})",
        R"({"a":"\ud800"})",
        R"({"a":"\udc00"})",
        R"({"a":"\ud800\u0041"})",
        R"({"a":"\ud800x"})",
        R"({"a":1/**/})",
        R"({"a":1}//)",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\x1f\"}",
        "{\"a\":\"long enough\t\"}",
        "{\"a\":\"\0\"}"s,
        "{}\0"s,
        R"({"a":"\)",
        R"({"a":"\u)",
        "{\"",
        "{\f}",
    };
    for (auto const& text : texts) BOOST_TEST_CONTEXT(text)
        {
            BOOST_TEST((read(text).refusal == errc::bad_json));
        }
}

BOOST_AUTO_TEST_CASE(refuses_bytes_that_are_not_utf_8)
{
    std::vector<std::string> const bytes{
        "\x80",
        "\xbf",
        "\xc0\x80",
        "\xc1\xbf",
        "\xc3",
        "\xc3(",
        "\xe0\x80\x80",
        "\xe0\x9f\xbf",
        "\xe2\x82",
        "\xe2(\xa1",
        "\xed\xa0\x80",
        "\xed\xbf\xbf",
        "\xf0\x80\x80\x80",
        "\xf0\x8f\xbf\xbf",
        "\xf0\x9f\x98",
        "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80",
        "\xf8\x88\x80\x80\x80",
        "\xfe",
        "\xff",
    };
    for (auto const& bad : bytes) {
        BOOST_TEST((read("{\"a\":\"" + bad + "\"}").refusal == errc::bad_json));
        BOOST_TEST((read("{\"" + bad + "\":1}").refusal == errc::bad_json));
    }
    for (auto const* good :
         {"\xc2\x80",
          "\xdf\xbf",
          "\xe0\xa0\x80",
          "\xed\x9f\xbf",
          "\xee\x80\x80",
          "\xef\xbf\xbf",
          "\xf0\x90\x80\x80",
          "\xf4\x8f\xbf\xbf"})
        BOOST_TEST(read(std::string{"{\"a\":\""} + good + "\"}").trace == std::string{"k:a|s:"} + good + '|');
}

BOOST_AUTO_TEST_CASE(refuses_a_name_twice_at_any_depth_however_it_is_spelled)
{
    for (auto const* text :
         {R"({"a":1,"a":1})",
          R"({"a":1,"b":{},"\u0061":1})",
          R"({"x":{"a":1,"a":2}})",
          R"({"x":[[{"a":1,"a":2}]]})",
          R"({"":1,"":2})",
          R"({"longer than seven":1,"longer than seven":2})",
          R"({"a":{"b":1},"a":{"b":1}})"})
        BOOST_TEST_CONTEXT(text)
        {
            BOOST_TEST((read(text).refusal == errc::duplicate_name));
        }
    for (auto const* text :
         {R"({"a":{"a":{"a":1}},"b":{"a":1}})",
          R"({"x":[{"a":1},{"a":2}]})",
          R"({"longer than six":1,"longer than two":2})",
          R"({"a":1,"a\u0000":2,"A":3,"":4})",
          R"({"seven77":1,"seven778":2})"})
        BOOST_TEST_CONTEXT(text)
        {
            BOOST_TEST(!read(text).refusal.has_value());
        }
}

BOOST_AUTO_TEST_CASE(reads_sixteen_levels_and_no_more)
{
    auto const nested = [](std::size_t arrays) {
        return "{\"a\":" + std::string(arrays, '[') + std::string(arrays, ']') + '}';
    };
    BOOST_TEST(!read(nested(15)).refusal.has_value());
    BOOST_TEST((read(nested(16)).refusal == errc::too_deep));
    BOOST_TEST((read(nested(100'000)).refusal == errc::too_deep));
}

BOOST_AUTO_TEST_CASE(remembers_128_names_of_open_objects_and_no_more)
{
    auto const names = [](std::size_t count) {
        std::string text;
        for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":0";
        return '{' + text + '}';
    };
    BOOST_TEST(!read(names(128)).refusal.has_value());
    BOOST_TEST((read(names(129)).refusal == errc::too_many_values));
    BOOST_TEST(!read("{\"a\":[" + names(127) + ',' + names(127) + "]}").refusal.has_value());
    BOOST_TEST((read("{\"a\":" + names(128) + '}').refusal == errc::too_many_values));
}

BOOST_AUTO_TEST_CASE(agrees_with_boost_json_on_random_texts)
{
    random_json random{8259};
    for (int round = 0; round < 10'000; ++round) compare_with_boost(random.object());
}

BOOST_AUTO_TEST_CASE(agrees_with_boost_json_on_damaged_texts)
{
    random_json random{7519};
    for (int round = 0; round < 20'000; ++round) compare_with_boost(random.damaged(random.object()));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
