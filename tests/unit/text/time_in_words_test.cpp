#include "text/time_in_words.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <limits>
#include <string>

using namespace jwtgate::text;
using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::seconds;
using std::chrono::sys_seconds;

namespace {

constexpr sys_seconds now{1'700'000'000s};

std::string distance(seconds ahead)
{
    auto const text = time_in_words(now + ahead, now);
    return text.substr(text.find(", ") + 2);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(text_time_in_words)

BOOST_AUTO_TEST_CASE(names_the_date_in_utc)
{
    BOOST_TEST(time_in_words(now, now) == "2023-11-14 22:13:20 UTC, now");
    BOOST_TEST(time_in_words(sys_seconds{0s}, sys_seconds{1s}) == "1970-01-01 00:00:00 UTC, 1 second ago");
}

BOOST_AUTO_TEST_CASE(distances_are_whole_units_rounded_down)
{
    BOOST_TEST(distance(1s) == "1 second from now");
    BOOST_TEST(distance(-59s) == "59 seconds ago");
    BOOST_TEST(distance(60s) == "1 minute from now");
    BOOST_TEST(distance(3599s) == "59 minutes from now");
    BOOST_TEST(distance(-3600s) == "1 hour ago");
    BOOST_TEST(distance(24h - 1s) == "23 hours from now");
    BOOST_TEST(distance(-days{3} - 5s) == "3 days ago");
    BOOST_TEST(distance(days{365}) == "365 days from now");
    BOOST_TEST(distance(days{366}) == "1 year from now");
    BOOST_TEST(distance(-days{800}) == "2 years ago");
}

BOOST_AUTO_TEST_CASE(takes_the_latest_time_of_a_claim)
{
    BOOST_TEST(
        time_in_words(sys_seconds{seconds{std::int64_t{1} << 53}}, now) ==
        "285428751-11-12 07:36:32 UTC, 285426727 years from now"
    );
}

BOOST_AUTO_TEST_CASE(a_date_is_rfc_3339_where_that_has_it)
{
    BOOST_TEST(date_of(0) == "1970-01-01T00:00:00Z");
    BOOST_TEST(date_of(1'800'000'000) == "2027-01-15T08:00:00Z");
    BOOST_TEST(date_of(-62'167'219'200) == "0000-01-01T00:00:00Z");
    BOOST_TEST(date_of(-62'167'219'201) == "-62167219201");
    BOOST_TEST(date_of(253'402'300'799) == "9999-12-31T23:59:59Z");
    BOOST_TEST(date_of(253'402'300'800) == "253402300800");
    BOOST_TEST(date_of(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
}

BOOST_AUTO_TEST_SUITE_END()
