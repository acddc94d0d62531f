#include "config/quantity.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <string_view>

using namespace jwtgate::config;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(config_quantity)

BOOST_AUTO_TEST_CASE(durations_need_a_unit_and_mean_what_they_say)
{
    struct row {
        std::string_view text;
        std::chrono::milliseconds expected;
    };

    constexpr auto table = std::to_array<row>({
        {"500ms", 500ms},
        {"10s", 10s},
        {"5m", 5min},
        {"1h", 1h},
        {"30d", 720h},
        {"0", 0ms},
        {"0s", 0ms},
        {"007s", 7s},
    });
    for (auto const& [text, expected] : table) {
        BOOST_TEST_CONTEXT(text)
        {
            auto const got = parse_duration(text);
            BOOST_REQUIRE(got.has_value());
            BOOST_TEST(got->count() == expected.count());
        }
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_duration_is_refused)
{
    constexpr auto table = std::to_array<std::string_view>({
        "",
        "s",
        "10",
        "1.5h",
        "-1s",
        "+1s",
        " 1s",
        "1s ",
        "1 s",
        "1S",
        "1w",
        "1h30m",
        "0x10s",
        "1ms5",
        "99999999999999999999s",
        "18446744073709551615d",
        "10000000d",
    });
    for (auto const text : table) BOOST_TEST(!parse_duration(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(sizes_are_bytes_or_binary_multiples)
{
    struct row {
        std::string_view text;
        std::uint64_t expected;
    };

    constexpr auto table = std::to_array<row>({
        {"0", 0},
        {"4096", 4096},
        {"16KiB", 16384},
        {"19MiB", 19922944},
        {"1GiB", 1073741824},
    });
    for (auto const& [text, expected] : table) BOOST_TEST(parse_size(text).value() == expected, text);
}

BOOST_AUTO_TEST_CASE(what_is_no_size_is_refused)
{
    constexpr auto table = std::to_array<std::string_view>({
        "",
        "KiB",
        "16KB",
        "16kib",
        "16K",
        "16 KiB",
        "-1",
        "1.5MiB",
        "18446744073709551616",
        "18446744073709551615GiB",
    });
    for (auto const text : table) BOOST_TEST(!parse_size(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(counts_are_plain_digits)
{
    BOOST_TEST(parse_count("18446744073709551615").value() == 18446744073709551615U);
    for (auto const text : {"", "-1", "+1", "1 ", "0x1", "1e3", "18446744073709551616"}) {
        BOOST_TEST(!parse_count(text).has_value(), text);
    }
}

BOOST_AUTO_TEST_CASE(booleans_are_true_or_false_only)
{
    BOOST_TEST(parse_boolean("true").value());
    BOOST_TEST(!parse_boolean("false").value());
    for (auto const text : {"", "True", "1", "yes", "on", "false "})
        BOOST_TEST(!parse_boolean(text).has_value(), text);
}

BOOST_AUTO_TEST_SUITE_END()
