#include "unit/jwt/tokens.hpp"
#include <jwtgate/jwt/verifier.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <chrono>
#include <string>

namespace jwtgate::jwt::tests {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr std::array leeways{
    seconds{0}, seconds{1}, seconds{5}, seconds{9}, seconds{10}, seconds{11}, seconds{60}, seconds{86'400}};

/// How early a token counts with a leeway from 0 to a day.
seconds head_start(seconds leeway)
{
    return leeway < seconds{10} ? seconds{10} : leeway;
}

boost::system::error_code const accepted;

std::string token_with(std::int64_t iat, std::int64_t nbf, std::int64_t exp)
{
    return signed_token(
        good_header,
        R"({"sub":"a","jti":"j","sid":"s","type":"access","iat":)" + std::to_string(iat) +
            ",\"nbf\":" + std::to_string(nbf) + ",\"exp\":" + std::to_string(exp) + '}'
    );
}

std::int64_t second_of(sys_seconds time)
{
    return time.time_since_epoch().count();
}

/// The answers to one token at two seconds before and two after a moment, as the clock goes.
void check_around(
    std::string const& token,
    seconds leeway,
    sys_seconds moment,
    boost::system::error_code const& before,
    boost::system::error_code const& from_then_on
)
{
    verifier one{one_key(), {.leeway = leeway}};
    for (seconds offset{-2}; offset <= seconds{2}; ++offset)
        BOOST_TEST_CONTEXT(leeway.count() << ", " << offset.count())
        {
            auto const expected = offset < seconds{0} ? before : from_then_on;
            BOOST_TEST(refusal(one.verify(token, moment + offset)) == expected);
        }
}

BOOST_AUTO_TEST_SUITE(jwt_verifier_times)

BOOST_AUTO_TEST_CASE(a_token_has_expired_from_the_second_of_exp_on)
{
    auto const token = token_with(0, 0, second_of(now));
    for (auto leeway : leeways) check_around(token, leeway, now + leeway, accepted, errc::expired);
}

BOOST_AUTO_TEST_CASE(a_token_is_valid_from_10_seconds_before_nbf_on_or_the_leeway_where_that_is_more)
{
    auto const token = token_with(0, second_of(now), second_of(now) + 10);
    for (auto leeway : leeways)
        check_around(token, leeway, now - head_start(leeway), errc::not_yet_valid, accepted);
}

BOOST_AUTO_TEST_CASE(a_token_is_valid_from_10_seconds_before_iat_on_or_the_leeway_where_that_is_more)
{
    auto const token = token_with(second_of(now), 0, second_of(now) + 10);
    for (auto leeway : leeways)
        check_around(token, leeway, now - head_start(leeway), errc::issued_in_future, accepted);
}

BOOST_AUTO_TEST_CASE(a_clock_set_back_by_up_to_10_seconds_refuses_nobody)
{
    auto const token = token_with(second_of(now), second_of(now), second_of(now) + 3600);
    verifier one{one_key(), {}};
    for (seconds back{0}; back <= seconds{10}; ++back)
        BOOST_TEST(refusal(one.verify(token, now - back)) == accepted);
    BOOST_TEST(refusal(one.verify(token, now - seconds{11})) == make_error_code(errc::not_yet_valid));
}

BOOST_AUTO_TEST_CASE(a_token_may_live_for_one_second)
{
    auto const token = token_with(second_of(now), second_of(now), second_of(now) + 1);
    verifier one{one_key(), {}};
    BOOST_TEST(refusal(one.verify(token, now - seconds{11})) == make_error_code(errc::not_yet_valid));
    BOOST_TEST(refusal(one.verify(token, now - seconds{10})) == accepted);
    BOOST_TEST(refusal(one.verify(token, now)) == accepted);
    BOOST_TEST(refusal(one.verify(token, now + seconds{1})) == make_error_code(errc::expired));
}

BOOST_AUTO_TEST_CASE(a_token_that_expires_as_it_begins_counts_for_the_tolerance_and_the_leeway_only)
{
    auto const token = token_with(second_of(now), second_of(now), second_of(now));
    check_around(token, seconds{0}, now - seconds{10}, errc::not_yet_valid, accepted);
    check_around(token, seconds{0}, now, accepted, errc::expired);
    check_around(token, seconds{5}, now + seconds{5}, accepted, errc::expired);
}

BOOST_AUTO_TEST_CASE(of_several_reasons_the_expiry_is_said_first_and_the_issue_last)
{
    auto const later = second_of(now) + 19;
    verifier one{one_key(), {.leeway = seconds{5}}};
    BOOST_TEST(refusal(one.verify(token_with(later, later, 1), now)) == make_error_code(errc::expired));
    BOOST_TEST(
        refusal(one.verify(token_with(later, later, later), now)) == make_error_code(errc::not_yet_valid)
    );
    BOOST_TEST(
        refusal(one.verify(token_with(later, 0, later), now)) == make_error_code(errc::issued_in_future)
    );
}

BOOST_AUTO_TEST_CASE(the_clock_may_stand_at_1970_or_before)
{
    auto const at = [](int second) { return sys_seconds{seconds{second}}; };
    check_around(token_with(0, 0, 9), seconds{0}, at(-10), errc::not_yet_valid, accepted);
    check_around(token_with(11, 11, 99), seconds{0}, at(1), errc::not_yet_valid, accepted);
    check_around(token_with(0, 0, 9), seconds{60}, at(-60), errc::not_yet_valid, accepted);
    check_around(token_with(0, 0, 0), seconds{0}, at(0), accepted, errc::expired);
}

BOOST_AUTO_TEST_CASE(times_reach_to_2_to_the_53)
{
    constexpr std::int64_t last = std::int64_t{1} << 53;
    auto const token = token_with(last - 9, last - 9, last);
    check_around(token, seconds{0}, sys_seconds{seconds{last}}, accepted, errc::expired);
    BOOST_TEST(
        refusal(verifier{one_key(), {}}.verify(token_with(0, 0, last + 1), now)) ==
        make_error_code(errc::number_out_of_range)
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
