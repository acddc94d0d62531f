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

constexpr std::array leeways{seconds{0}, seconds{1}, seconds{5}, seconds{60}, seconds{86'400}};

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

BOOST_AUTO_TEST_CASE(a_token_is_valid_from_the_second_of_nbf_on)
{
    auto const token = token_with(0, second_of(now), second_of(now) + 10);
    for (auto leeway : leeways) check_around(token, leeway, now - leeway, errc::not_yet_valid, accepted);
}

BOOST_AUTO_TEST_CASE(a_token_is_valid_from_the_second_of_iat_on)
{
    auto const token = token_with(second_of(now), 0, second_of(now) + 10);
    for (auto leeway : leeways) check_around(token, leeway, now - leeway, errc::issued_in_future, accepted);
}

BOOST_AUTO_TEST_CASE(a_token_may_live_for_one_second)
{
    auto const token = token_with(second_of(now), second_of(now), second_of(now) + 1);
    verifier one{one_key(), {}};
    BOOST_TEST(refusal(one.verify(token, now - seconds{1})) == make_error_code(errc::not_yet_valid));
    BOOST_TEST(refusal(one.verify(token, now)) == accepted);
    BOOST_TEST(refusal(one.verify(token, now + seconds{1})) == make_error_code(errc::expired));
}

BOOST_AUTO_TEST_CASE(a_token_that_expires_as_it_begins_never_counts_without_leeway)
{
    auto const token = token_with(second_of(now), second_of(now), second_of(now));
    check_around(token, seconds{0}, now, errc::not_yet_valid, errc::expired);
    check_around(token, seconds{5}, now + seconds{5}, accepted, errc::expired);
}

BOOST_AUTO_TEST_CASE(of_several_reasons_the_expiry_is_said_first_and_the_issue_last)
{
    auto const later = second_of(now) + 9;
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
    check_around(token_with(0, 0, 9), seconds{0}, sys_seconds{}, errc::not_yet_valid, accepted);
    check_around(token_with(0, 0, 9), seconds{60}, sys_seconds{seconds{-60}}, errc::not_yet_valid, accepted);
    check_around(token_with(0, 0, 0), seconds{0}, sys_seconds{}, errc::not_yet_valid, errc::expired);
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
