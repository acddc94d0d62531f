#include "auth/login/login_guard.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

using namespace std::chrono_literals;
using namespace jwtgate::auth;

constexpr std::size_t small_table = 1024;

struct fixture {
    login_limits limits{.failures = 10, .window = 900s, .failures_address = 100};
    login_guard guard;
    login_guard::time_point now{std::chrono::hours{1}};

    explicit fixture(std::size_t table_size = failure_table::usual_size) : guard{limits, table_size} {}

    /// The seconds that it has to wait; 0 when it was let through, and then ended so.
    std::int64_t attempt(login_attempt const& who, attempt_end how = attempt_end::failed)
    {
        auto const admitted = guard.admit(who, now);
        if (admitted.wait == 0s) guard.settle(admitted, how, now);
        return admitted.wait.count();
    }

    void fail(login_attempt const& who, int times)
    {
        for (int i = 0; i < times; ++i) BOOST_REQUIRE_EQUAL(attempt(who), 0);
    }

    /// Failures of one user from so many addresses, one each; each waits for its turn.
    void fail_everywhere(std::string_view user, int addresses)
    {
        for (int i = 0; i < addresses; ++i) {
            auto const address = "198.51.100." + std::to_string(i);
            login_attempt const who{user, address, ""};
            auto const wait = attempt(who);
            if (wait == 0) continue;
            now += std::chrono::seconds(wait);
            BOOST_REQUIRE_EQUAL(attempt(who), 0);
        }
    }
};

struct crowded : fixture {
    crowded() : fixture(small_table) {}
};

constexpr login_attempt ann{"ann", "192.0.2.1", ""};
constexpr login_attempt ann_elsewhere{"ann", "192.0.2.2", ""};
constexpr login_attempt bob{"bob", "192.0.2.1", ""};
constexpr login_attempt ann_on_her_phone{"ann", "192.0.2.1", "phone"};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(auth_login_guard, fixture)

BOOST_AUTO_TEST_CASE(ten_failures_of_a_user_at_an_address_are_looked_at)
{
    fail(ann, 10);
    BOOST_TEST(attempt(ann) == 90);
    BOOST_TEST(attempt(ann, attempt_end::succeeded) == 90);
    BOOST_TEST(attempt(bob) == 0);
    BOOST_TEST(attempt(ann_elsewhere) == 0);
}

BOOST_AUTO_TEST_CASE(what_it_says_of_the_wait_is_true_and_what_is_refused_is_not_counted)
{
    fail(ann, 10);
    for (int i = 0; i < 1000; ++i) BOOST_TEST(attempt(ann) == 90);
    now += 89s;
    BOOST_TEST(attempt(ann) == 1);
    now += 1s;
    BOOST_TEST(attempt(ann) == 0);
    BOOST_TEST(attempt(ann) == 90);
    now += 900s;
    fail(ann, 10);
    BOOST_TEST(attempt(ann) == 90);
}

BOOST_AUTO_TEST_CASE(a_success_ends_the_count_of_the_user_at_the_address)
{
    fail(ann, 9);
    BOOST_TEST(attempt(ann, attempt_end::succeeded) == 0);
    fail(ann, 10);
    BOOST_TEST(attempt(ann) == 90);
}

// Else one user of an address could go on for ever by logging in as oneself in between.
BOOST_AUTO_TEST_CASE(a_success_leaves_the_count_of_the_address)
{
    limits.failures_address = 20;
    login_attempt const self{"mallory", "192.0.2.1", ""};
    for (int i = 0; i < 20; ++i) {
        auto const victim = "victim-" + std::to_string(i);
        BOOST_TEST(attempt({victim, "192.0.2.1", ""}) == 0);
        if (i < 19) BOOST_TEST(attempt(self, attempt_end::succeeded) == 0);
    }
    BOOST_TEST(attempt({"victim-20", "192.0.2.1", ""}) == 45);
    BOOST_TEST(attempt(self, attempt_end::succeeded) == 45);
}

BOOST_AUTO_TEST_CASE(an_address_has_a_limit_over_all_users)
{
    for (int i = 0; i < 100; ++i) {
        auto const name = "user-" + std::to_string(i);
        BOOST_REQUIRE_EQUAL(attempt({name, "192.0.2.1", ""}), 0);
    }
    BOOST_TEST(attempt(ann) == 9);
    BOOST_TEST(attempt(ann_elsewhere) == 0);
}

BOOST_AUTO_TEST_CASE(an_ipv6_address_stands_for_its_64_bits)
{
    fail({"ann", "2001:db8:1:2::1", ""}, 5);
    fail({"ann", "2001:db8:1:2:ffff::", ""}, 5);
    BOOST_TEST(attempt({"ann", "2001:db8:1:2:a:b:c:d", ""}) == 90);
    BOOST_TEST(attempt({"ann", "2001:db8:1:3::1", ""}) != 90);
}

BOOST_AUTO_TEST_CASE(an_address_that_is_not_known_is_one_address)
{
    fail({"ann", "", ""}, 10);
    BOOST_TEST(attempt({"ann", "", ""}) == 90);
}

BOOST_AUTO_TEST_CASE(names_are_told_apart_whatever_is_in_them)
{
    fail({"ann", "", ""}, 10);
    auto const longer = std::string("ann\0", 4);
    BOOST_TEST(attempt({longer, "", ""}) == 0);
    BOOST_TEST(attempt({"", "", ""}) == 0);
    BOOST_TEST(attempt({std::string(16'384, 'x'), "", ""}) == 0);
}

BOOST_AUTO_TEST_CASE(many_at_once_are_no_more_than_one_after_the_other)
{
    std::vector<admission> admitted;
    for (int i = 0; i < 100; ++i) {
        auto const one = guard.admit(ann, now);
        if (one.wait == 0s) admitted.push_back(one);
    }
    BOOST_TEST(admitted.size() == 10U);
    BOOST_TEST((guard.admit(ann, now).wait == 1s));  // one of them may end well in a moment
    for (auto const& one : admitted) guard.settle(one, attempt_end::failed, now);
    BOOST_TEST(attempt(ann) == 90);
}

BOOST_AUTO_TEST_CASE(threads_share_one_count)
{
    std::atomic<int> looked_at = 0;
    std::vector<std::jthread> threads;
    threads.reserve(4);
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int n = 0; n < 200; ++n) looked_at += attempt(ann) == 0 ? 1 : 0;
            guard.take_changes(now);
        });
    }
    threads.clear();
    BOOST_TEST(looked_at == 10);
}

BOOST_AUTO_TEST_CASE(what_was_not_decided_or_went_well_is_given_back)
{
    for (auto const how : {attempt_end::undecided, attempt_end::succeeded}) {
        for (int i = 0; i < 500; ++i) BOOST_REQUIRE_EQUAL(attempt(ann, how), 0);
    }
    fail(ann, 10);
    BOOST_TEST(attempt(ann) == 90);
}

BOOST_AUTO_TEST_CASE(a_success_beside_others_in_flight_leaves_those_counted)
{
    std::vector<admission> admitted;
    admitted.reserve(10);
    for (int i = 0; i < 10; ++i) admitted.push_back(guard.admit(ann, now));
    guard.settle(admitted[0], attempt_end::succeeded, now);
    BOOST_TEST((guard.admit(ann, now).wait == 0s));
    BOOST_TEST((guard.admit(ann, now).wait == 1s));
}

BOOST_AUTO_TEST_CASE(a_known_device_is_held_up_by_its_own_failures_only)
{
    fail(ann, 10);
    BOOST_TEST(attempt(ann) == 90);
    fail(ann_on_her_phone, 10);
    BOOST_TEST(attempt(ann_on_her_phone) > 0);
    now += 90s;
    BOOST_TEST(attempt(ann_on_her_phone, attempt_end::succeeded) == 0);
    fail(ann_on_her_phone, 10);
}

BOOST_AUTO_TEST_CASE(a_known_device_passes_a_full_address_and_a_queue)
{
    limits.failures_address = 20;
    fail_everywhere("ann", 20);
    for (int i = 0; i < 20; ++i) {
        auto const name = "user-" + std::to_string(i);
        BOOST_REQUIRE_EQUAL(attempt({name, "192.0.2.1", ""}), 0);
    }
    BOOST_TEST(attempt(ann) > 0);
    BOOST_TEST(attempt(ann_on_her_phone, attempt_end::succeeded) == 0);
}

// A device that has no more failures of its own is one like any other.
BOOST_AUTO_TEST_CASE(a_stolen_device_gives_no_more_guesses_than_its_limit_and_what_anybody_has)
{
    int looked_at = 0;
    for (int i = 0; i < 100; ++i) looked_at += attempt(ann_on_her_phone) == 0 ? 1 : 0;
    BOOST_TEST(looked_at == 10);
    for (int i = 0; i < 100; ++i) looked_at += attempt({"ann", "203.0.113.7", "phone"}) == 0 ? 1 : 0;
    BOOST_TEST(looked_at == 11);
    BOOST_TEST(attempt({"ann", "203.0.113.7", "phone"}) == 1);
}

BOOST_AUTO_TEST_CASE(failures_from_many_addresses_make_newcomers_wait_for_a_turn)
{
    for (int i = 0; i < 10; ++i) {
        auto const address = "198.51.100." + std::to_string(i);
        BOOST_REQUIRE_EQUAL(attempt({"ann", address, ""}), 0);
    }
    BOOST_TEST(attempt(ann) == 0);  // the 11th shows that they are many
    BOOST_TEST(attempt(ann_elsewhere) == 1);
    BOOST_TEST(attempt(ann_elsewhere) == 1);
    now += 1s;
    BOOST_TEST(attempt(ann_elsewhere) == 0);
    BOOST_TEST(attempt(ann_elsewhere) == 2);
    BOOST_TEST(attempt(bob) == 0);
}

BOOST_AUTO_TEST_CASE(the_wait_grows_to_half_a_minute_and_no_further)
{
    fail_everywhere("ann", 200);
    BOOST_TEST(attempt(ann) == 32);
    now += 10s;
    BOOST_TEST(attempt(ann) == 22);
    now += 22s;
    BOOST_TEST(attempt(ann, attempt_end::succeeded) == 0);
}

// Whoever else tries, and however often.
BOOST_AUTO_TEST_CASE(nobody_can_take_the_turn_of_another_address)
{
    fail_everywhere("ann", 200);
    BOOST_TEST(attempt(ann) == 32);
    for (int second = 0; second < 32; ++second) {
        for (int i = 0; i < 100; ++i) {
            auto const address = "203.0.113." + std::to_string(i);
            attempt({"ann", address, ""});
        }
        now += 1s;
    }
    BOOST_TEST(attempt(ann, attempt_end::succeeded) == 0);
}

BOOST_AUTO_TEST_CASE(after_an_attack_the_wait_is_over_within_two_windows)
{
    fail_everywhere("ann", 200);
    now += 2 * limits.window;
    BOOST_TEST(attempt(ann) == 0);
}

BOOST_AUTO_TEST_CASE(one_address_alone_makes_no_other_wait)
{
    for (int i = 0; i < 40; ++i) {
        while (attempt(ann) != 0) now += 1s;
        BOOST_REQUIRE_EQUAL(attempt(ann_elsewhere, attempt_end::succeeded), 0);
    }
}

BOOST_AUTO_TEST_CASE(zero_is_no_limit)
{
    limits = {.failures = 0, .window = 900s, .failures_address = 0};
    fail(ann, 1000);
    fail_everywhere("ann", 200);
    limits.failures_address = 5;
    fail(ann, 5);
    BOOST_TEST(attempt(ann) == 180);
    BOOST_TEST(attempt(ann_on_her_phone) == 180);
}

// As fast as one core can hash: the newcomer is not held up, and the count that matters is kept.
BOOST_AUTO_TEST_CASE(names_at_random_hide_nothing_and_hold_nobody_up)
{
    limits.failures_address = 0;
    fail(ann, 10);
    for (int i = 0; i < 50'000; ++i) {
        auto const name = "name-" + std::to_string(i);
        BOOST_REQUIRE_EQUAL(attempt({name, "198.51.100.1", ""}), 0);
        now += 10ms;
    }
    BOOST_TEST(attempt(bob) == 0);
    fail(ann, 5);  // 500 s on, so many are gone
    BOOST_TEST(attempt(ann) == 40);
}

// More than it has places for: it then errs on the side of refusing.
BOOST_FIXTURE_TEST_CASE(a_hundred_names_a_place_hide_nothing, crowded)
{
    limits.failures_address = 0;
    fail(ann, 10);
    for (int i = 0; i < 100 * static_cast<int>(small_table); ++i) {
        auto const name = "name-" + std::to_string(i);
        attempt({name, "198.51.100.1", ""});
    }
    BOOST_TEST(attempt(ann) >= 90);
    BOOST_TEST(attempt(bob) > 0);
    now += 2 * limits.window;
    BOOST_TEST(attempt(bob) == 0);
}

BOOST_AUTO_TEST_CASE(what_is_refused_is_reported_every_ten_seconds)
{
    fail(ann, 10);
    BOOST_TEST(guard.admit(ann, now).to_report == 1U);
    for (int i = 0; i < 99; ++i) BOOST_TEST(guard.admit(ann, now).to_report == 0U);
    now += 10s;
    BOOST_TEST(guard.admit(ann, now).to_report == 100U);
    BOOST_TEST(guard.admit(ann, now).to_report == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

namespace {

/// A guard that takes up where another stopped; the times of its clock begin anew.
struct two_runs : fixture {
    login_guard next{limits, small_table};
    login_guard::time_point next_now{5s};
    failed_logins remembered{.hash_key = {1, 2}, .clock = 1000s, .counts = {}};

    two_runs() { guard.restore(remembered, now); }

    void restart()
    {
        auto const changes = guard.take_changes(now);
        remembered.clock = changes.clock;
        remembered.counts = changes.counts;
        next.restore(remembered, next_now);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(auth_login_guard_restart, two_runs)

BOOST_AUTO_TEST_CASE(what_was_counted_counts_after_a_restart)
{
    fail(ann, 10);
    now += 30s;
    restart();
    BOOST_TEST((next.admit(ann, next_now).wait == 60s));
    BOOST_TEST((next.admit(bob, next_now).wait == 0s));
    BOOST_TEST((next.admit(ann, next_now + 60s).wait == 0s));
}

BOOST_AUTO_TEST_CASE(the_count_of_a_success_is_forgotten_there_too)
{
    fail(ann, 9);
    guard.take_changes(now);
    attempt(ann, attempt_end::succeeded);
    auto const changes = guard.take_changes(now);
    BOOST_TEST(changes.counts.size() == 2U);  // at the address and in all
    for (auto const& one : changes.counts) BOOST_TEST((one.gone_at <= changes.clock));
}

BOOST_AUTO_TEST_CASE(only_what_has_changed_is_written_down)
{
    BOOST_TEST(!guard.has_changes(now));
    attempt(ann, attempt_end::succeeded);
    attempt(ann, attempt_end::undecided);
    BOOST_TEST(!guard.has_changes(now));
    attempt(ann);
    BOOST_TEST(guard.has_changes(now));
    BOOST_TEST(guard.take_changes(now).counts.size() == 3U);
    BOOST_TEST(!guard.has_changes(now));
    BOOST_TEST(guard.take_changes(now).counts.empty());
}

BOOST_AUTO_TEST_CASE(what_could_not_be_written_down_is_there_again)
{
    attempt(ann);
    auto const first = guard.take_changes(now);
    guard.put_back(first);
    BOOST_TEST(guard.has_changes(now));
    BOOST_TEST(guard.take_changes(now).counts.size() == first.counts.size());
}

BOOST_AUTO_TEST_CASE(that_nothing_counts_any_longer_is_written_down_once)
{
    attempt(ann);
    guard.take_changes(now);
    now += 89s;
    BOOST_TEST(!guard.has_changes(now));
    now += 1s;
    BOOST_TEST(guard.has_changes(now));
    BOOST_TEST(guard.take_changes(now).counts.empty());
    BOOST_TEST(!guard.has_changes(now));
}

BOOST_AUTO_TEST_CASE(what_somebody_edited_holds_nobody_up_for_long)
{
    constexpr auto longest = std::chrono::nanoseconds::max();
    fail(ann, 10);
    auto counts = guard.take_changes(now).counts;
    for (auto& one : counts) one.gone_at = longest;
    counts.push_back({.key = 1, .gone_at = -longest});
    for (auto const clock : {-longest, std::chrono::nanoseconds{0}, longest}) {
        login_guard edited{limits, small_table};
        edited.restore({.hash_key = {1, 2}, .clock = clock, .counts = counts}, next_now);
        auto const wait = edited.admit(ann, next_now).wait;
        BOOST_TEST((wait > 0s && wait <= 2 * limits.window));
        BOOST_TEST((edited.admit(ann, next_now + 2 * limits.window).wait == 0s));
    }
}

BOOST_AUTO_TEST_CASE(a_smaller_window_ends_what_a_larger_one_counted)
{
    limits.window = std::chrono::hours{24};
    fail(ann, 10);
    limits.window = 60s;
    restart();
    BOOST_TEST((next.admit(ann, next_now).wait <= 66s));
}

BOOST_AUTO_TEST_SUITE_END()
