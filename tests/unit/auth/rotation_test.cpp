#include "auth/rotation.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <ostream>

using namespace std::chrono_literals;
using namespace jwtgate::auth;

namespace jwtgate::auth {

std::ostream& operator<<(std::ostream& out, rotation_outcome outcome)
{
    return out << static_cast<int>(outcome);
}

}  // namespace jwtgate::auth

namespace {

using outcome = rotation_outcome;

constexpr std::chrono::sys_seconds now{1'800'000'000s};

/// Its head is the fifth token, ten seconds old; the fourth was made ten seconds before that.
session fifth()
{
    session row;
    row.id = "sid";
    row.counter = 5;
    row.rotated_at = now - 10s;
    row.prev_rotated_at = now - 20s;
    row.refresh_expires = now + 24h;
    row.absolute_end = now + 48h;
    row.csrf_access = "a";
    row.csrf_refresh = "r";
    return row;
}

rotation asked(std::int64_t counter)
{
    return {
        .session = "sid",
        .counter = counter,
        .at = now,
        .key_id = "kid",
        .refresh_ttl = 36h,
        .grace = 30s,
    };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(auth_rotation)

BOOST_AUTO_TEST_CASE(decides_by_the_counter)
{
    for (auto const& [counter, expected] : {
             std::pair{5, outcome::rotated},
             {4, outcome::same_again},
             {3, outcome::same_again},
             {2, outcome::reused},
             {1, outcome::reused},
             {0, outcome::reused},
             {-1, outcome::reused},
             {6, outcome::ahead},
         }) {
        BOOST_TEST(judge(fifth(), asked(counter)) == expected);
    }
}

BOOST_AUTO_TEST_CASE(a_superseded_token_has_its_grace_from_when_it_was_superseded)
{
    for (auto const& [counter, superseded_ago, expected] : {
             std::tuple{4, 0s, outcome::same_again},
             {4, 29s, outcome::same_again},
             {4, 30s, outcome::reused},
             {3, 29s, outcome::same_again},
             {3, 30s, outcome::reused},
             {2, 1s, outcome::reused},
         }) {
        auto row = fifth();
        (counter == 4 ? row.rotated_at : row.prev_rotated_at) = now - superseded_ago;
        BOOST_TEST(judge(row, asked(counter)) == expected);
    }
}

BOOST_AUTO_TEST_CASE(without_grace_every_token_counts_once)
{
    auto row = fifth();
    row.rotated_at = now;
    auto again = asked(4);
    again.grace = 0s;
    BOOST_TEST(judge(row, again) == outcome::reused);
}

BOOST_AUTO_TEST_CASE(a_clock_set_back_a_little_costs_nobody_the_session)
{
    auto row = fifth();
    row.rotated_at = row.prev_rotated_at = now + 10s;
    BOOST_TEST(judge(row, asked(5)) == outcome::rotated);
    BOOST_TEST(judge(row, asked(4)) == outcome::same_again);
    BOOST_TEST(judge(row, asked(3)) == outcome::same_again);
    row.rotated_at = now + 11s;
    for (int counter = 1; counter < 7; ++counter)
        BOOST_TEST(judge(row, asked(counter)) == outcome::not_yet_valid);
    row.rotated_at = now;
    row.prev_rotated_at = now + 11s;
    BOOST_TEST(judge(row, asked(3)) == outcome::reused);
}

BOOST_AUTO_TEST_CASE(what_has_run_out_is_expired_whatever_the_counter)
{
    auto row = fifth();
    row.refresh_expires = now;
    for (int counter = 1; counter < 7; ++counter) BOOST_TEST(judge(row, asked(counter)) == outcome::expired);
    row.refresh_expires = now + 1s;
    BOOST_TEST(judge(row, asked(5)) == outcome::rotated);
}

BOOST_AUTO_TEST_CASE(a_row_that_no_program_of_ours_writes_is_not_trusted)
{
    auto const fault = [](auto const& edit) {
        auto row = fifth();
        edit(row);
        BOOST_TEST(
            judge(row, asked(row.counter)) == (fault_of(row).empty() ? outcome::rotated : outcome::unusable)
        );
        return std::string(fault_of(row));
    };
    BOOST_TEST(fault([](session&) {}) == "");
    for (auto const counter : {std::int64_t{-1}, std::int64_t{0}, (std::int64_t{1} << 53) - 1, INT64_MAX})
        BOOST_TEST(fault([&](session& row) { row.counter = counter; }) == "counter out of range");
    for (auto const* const text : {"", "a b", "a\r\nSet-Cookie: b=c", "\xc3\xa4"}) {
        BOOST_TEST(fault([&](session& row) { row.csrf_access = text; }) == "csrf_access is no id");
        BOOST_TEST(fault([&](session& row) { row.csrf_refresh = text; }) == "csrf_refresh is no id");
    }
    BOOST_TEST(fault([](session& row) {
                   row.refresh_expires = row.absolute_end + 1s;
               }) == "refresh_expires is behind absolute_end");
}

BOOST_AUTO_TEST_CASE(the_session_after_it_has_the_next_head)
{
    auto const row = fifth();
    auto const next = after(row, asked(5));
    BOOST_TEST(next.counter == 6);
    BOOST_TEST((next.rotated_at == now));
    BOOST_TEST((next.prev_rotated_at == row.rotated_at));
    BOOST_TEST(next.rotated_kid == "kid");
    BOOST_TEST((next.refresh_expires == now + 36h));
    auto late = asked(5);
    late.at = now + 13h;
    BOOST_TEST((after(row, late).refresh_expires == row.absolute_end));
    BOOST_TEST((next.absolute_end == row.absolute_end));
    BOOST_TEST(next.csrf_access + next.csrf_refresh == "ar");
}

BOOST_AUTO_TEST_SUITE_END()
