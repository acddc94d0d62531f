#include "auth/revocation_index.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace std::chrono_literals;
using jwtgate::auth::revocation_index;

constexpr auto lifetime = 100s;
constexpr revocation_index::time_point start{1h};

std::string sid(int number)
{
    return "session-" + std::to_string(number);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(auth_revocation_index)

BOOST_AUTO_TEST_CASE(finds_what_has_ended_and_nothing_else)
{
    revocation_index index{lifetime, start};
    BOOST_TEST(!index.contains("a"));
    index.end("a", start);
    BOOST_TEST(index.contains("a"));
    BOOST_TEST(!index.contains("b"));
    BOOST_TEST(!index.contains(""));
    index.end("", start);
    BOOST_TEST(index.contains(""));
}

BOOST_AUTO_TEST_CASE(an_entry_stays_for_one_lifetime_and_goes_after_two)
{
    revocation_index index{lifetime, start};
    index.end("early", start);
    index.end("late", start + lifetime - 1ns);
    index.end("next", start + lifetime);  // begins a new generation
    BOOST_TEST(index.contains("early"));
    BOOST_TEST(index.contains("late"));
    index.end("other", start + 2 * lifetime - 1ns);
    BOOST_TEST(index.contains("early"));
    BOOST_TEST(index.contains("late"));
    index.end("other", start + 2 * lifetime);
    BOOST_TEST(!index.contains("early"));
    BOOST_TEST(!index.contains("late"));
    BOOST_TEST(index.contains("next"));
    BOOST_TEST(index.contains("other"));
}

BOOST_AUTO_TEST_CASE(a_long_silence_takes_nothing_before_its_time)
{
    revocation_index index{lifetime, start};
    index.end("a", start + lifetime - 1s);
    index.end("b", start + 50 * lifetime);
    BOOST_TEST(index.contains("b"));
    index.end("c", start + 51 * lifetime);
    BOOST_TEST(!index.contains("a"));
    BOOST_TEST(index.contains("b"));
}

BOOST_AUTO_TEST_CASE(ending_a_session_again_keeps_it_from_then_on)
{
    revocation_index index{lifetime, start};
    index.end("a", start);
    index.end("a", start + lifetime);
    index.end("b", start + 2 * lifetime);
    BOOST_TEST(index.contains("a"));
    index.end("b", start + 3 * lifetime);
    BOOST_TEST(!index.contains("a"));
}

BOOST_AUTO_TEST_CASE(grows_over_many_thousands_and_is_used_again)
{
    constexpr int count = 50'000;
    revocation_index index{lifetime, start};
    auto now = start;
    for (int round = 0; round < 3; ++round, now += lifetime) {
        int const base = round * count;
        for (int i = base; i < base + count; ++i) index.end(sid(i), now);
        int found = 0;
        for (int i = base; i < base + count; ++i) found += index.contains(sid(i)) ? 1 : 0;
        BOOST_TEST(found == count);
    }
    int expired = 0;
    int of_others = 0;
    for (int i = 0; i < count; ++i) expired += index.contains(sid(i)) ? 0 : 1;
    for (int i = 3 * count; i < 4 * count; ++i) of_others += index.contains(sid(i)) ? 1 : 0;
    BOOST_TEST(expired == count);
    BOOST_TEST(of_others == 0);
}

BOOST_AUTO_TEST_CASE(readers_see_every_session_from_the_moment_it_has_ended)
{
    constexpr int count = 20'000;
    constexpr int one_lifetime = lifetime / 20ms - 1;  // in entries
    revocation_index index{lifetime, start};
    std::atomic<int> ended = 0;
    std::atomic<int> missed = 0;
    auto const read = [&] {
        while (ended < count) {
            int const known = ended;
            for (int i = std::max(0, known - 50); i < known; ++i) {
                bool const found = index.contains(sid(i));
                bool const is_due = ended < i + one_lifetime;  // a reader that was paused comes too late
                missed += !found && is_due ? 1 : 0;
            }
            missed += index.contains("alive") ? 1 : 0;
        }
    };
    auto const write = [&] {
        for (int i = 0; i < count; ++i) {
            index.end(sid(i), start + i * 20ms);  // four generations
            ended = i + 1;
        }
    };
    std::vector<std::thread> threads;
    threads.reserve(4);
    for (int i = 0; i < 3; ++i) threads.emplace_back(read);
    threads.emplace_back(write);
    for (auto& thread : threads) thread.join();
    BOOST_TEST(missed == 0);
}

BOOST_AUTO_TEST_CASE(several_writers_lose_nothing)
{
    constexpr int writers = 4;
    constexpr int each = 5'000;
    revocation_index index{lifetime, start};
    std::vector<std::thread> threads;
    threads.reserve(writers);
    for (int w = 0; w < writers; ++w) {
        threads.emplace_back([&index, w] {
            for (int i = 0; i < each; ++i) index.end(sid(w * each + i), start);
        });
    }
    for (auto& thread : threads) thread.join();
    int found = 0;
    for (int i = 0; i < writers * each; ++i) found += index.contains(sid(i)) ? 1 : 0;
    BOOST_TEST(found == writers * each);
}

BOOST_AUTO_TEST_SUITE_END()
