#include "auth/revocation/revocation_index.hpp"

#include "unit/auth/revocation/readers.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

namespace {

using namespace std::chrono_literals;
using namespace jwtgate;
using auth::revocation_index;

constexpr std::chrono::sys_seconds now{1'700'000'000s};

std::string sid(int number)
{
    return "session-" + std::to_string(number);
}

jwt::claims token(std::string_view session, std::string_view user, std::chrono::sys_seconds issued_at)
{
    jwt::claims said;
    said.session = session;
    said.subject = user;
    said.issued_at = issued_at.time_since_epoch().count();
    return said;
}

bool refuses(revocation_index const& index, std::string_view session)
{
    return index.refuses(token(session, "ann", now));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(auth_revocation_index)

BOOST_AUTO_TEST_CASE(refuses_what_has_ended_and_nothing_else)
{
    revocation_index index;
    BOOST_TEST(!refuses(index, "a"));
    index.end("a");
    BOOST_TEST(refuses(index, "a"));
    BOOST_TEST(!refuses(index, "b"));
    BOOST_TEST(!refuses(index, ""));
    index.note_stored_end("");
    BOOST_TEST(refuses(index, ""));
}

BOOST_AUTO_TEST_CASE(tells_an_end_that_is_stored_from_one_that_is_not)
{
    revocation_index index;
    BOOST_TEST(!index.is_end_stored("a"));
    index.end("a");
    BOOST_TEST(!index.is_end_stored("a"));
    index.note_stored_end("a");
    BOOST_TEST(index.is_end_stored("a"));
    BOOST_TEST(!index.is_end_stored("b"));
}

BOOST_AUTO_TEST_CASE(refuses_what_was_issued_to_a_user_strictly_before_a_time)
{
    revocation_index index;
    index.cut_off("ann", now);
    for (auto const& [user, issued_at, refused] : {
             std::tuple{"ann", now - 1s, true},
             {"ann", now - 90 * 24h, true},
             {"ann", std::chrono::sys_seconds{}, true},
             {"ann", now, false},
             {"ann", now + 1s, false},
             {"bob", now - 1s, false},
             {"s", now - 1s, false},
             {"", now - 1s, false},
         }) {
        BOOST_TEST(index.refuses(token("s", user, issued_at)) == refused);
    }
}

BOOST_AUTO_TEST_CASE(a_clock_that_was_set_back_leaves_a_later_cut_off)
{
    revocation_index index;
    index.cut_off("ann", now);
    index.cut_off("ann", now - 150s);
    BOOST_TEST(index.refuses(token("s", "ann", now - 1s)));
    index.cut_off("ann", now + 1s);
    BOOST_TEST(index.refuses(token("s", "ann", now)));
}

BOOST_AUTO_TEST_CASE(lets_in_again_whom_a_clock_that_was_ahead_had_cut_off)
{
    revocation_index index;
    index.cut_off("ann", now + 9h);
    BOOST_TEST(index.refuses(token("s", "ann", now)));
    index.let_in("ann", now);
    BOOST_TEST(!index.refuses(token("s", "ann", now)));
    BOOST_TEST(index.refuses(token("s", "ann", now - 1s)));
    index.let_in("ann", now + 1h);
    BOOST_TEST(!index.refuses(token("s", "ann", now)));
    index.let_in("bob", now);
    BOOST_TEST(!index.refuses(token("s", "bob", now - 1s)));
}

BOOST_AUTO_TEST_CASE(forgets_nothing_while_it_is_rebuilt)
{
    revocation_index index;
    index.note_stored_end("old");
    index.note_stored_end("kept");
    index.complete();
    index.start_over();
    BOOST_TEST(!index.is_complete());
    index.end("meanwhile");
    for (auto const* const session : {"old", "kept", "meanwhile"}) BOOST_TEST(refuses(index, session));
    index.note_stored_end("kept");
    index.forget_superseded();
    index.complete();
    for (auto const* const session : {"old", "kept", "meanwhile"}) BOOST_TEST(refuses(index, session));
    index.start_over();
    BOOST_TEST(!refuses(index, "old"));
    for (auto const* const session : {"kept", "meanwhile"}) BOOST_TEST(refuses(index, session));
    index.complete();
    index.start_over();
    BOOST_TEST(!refuses(index, "kept"));
}

BOOST_AUTO_TEST_CASE(falls_back_on_what_it_had_until_a_rebuild_is_complete)
{
    revocation_index index;
    index.note_stored_end("a");
    index.start_over();
    index.start_over();
    BOOST_TEST(refuses(index, "a"));
    index.complete();
    for (int failed = 0; failed < 5; ++failed) index.start_over();
    BOOST_TEST(refuses(index, "a"));
    BOOST_TEST(index.is_end_stored("a"));
}

BOOST_AUTO_TEST_CASE(forgets_what_a_complete_rebuild_left_behind_and_nothing_else)
{
    revocation_index index;
    index.note_stored_end("old");
    index.complete();
    index.start_over();
    index.end("kept");
    index.forget_superseded();
    BOOST_TEST(refuses(index, "old"));
    index.complete();
    for (int often = 0; often < 2; ++often) {
        index.forget_superseded();
        BOOST_TEST(!refuses(index, "old"));
        BOOST_TEST(refuses(index, "kept"));
    }
}

BOOST_AUTO_TEST_CASE(cut_offs_outlive_every_rebuild)
{
    revocation_index index;
    index.cut_off("ann", now);
    for (int round = 0; round < 3; ++round) {
        index.complete();
        index.start_over();
    }
    BOOST_TEST(index.refuses(token("s", "ann", now - 1s)));
}

BOOST_AUTO_TEST_CASE(readers_miss_nothing_while_it_is_rebuilt)
{
    constexpr int count = 20'000;
    revocation_index index;
    index.complete();
    std::atomic<int> ended = 0;
    auto const read = [&] {
        int const known = ended;
        int missed = refuses(index, "alive") ? 1 : 0;
        for (int i = std::max(0, known - 50); i < known; ++i) missed += refuses(index, sid(i)) ? 0 : 1;
        return missed;
    };
    auth::test::beside_readers({read, read, read}, [&] {
        for (int i = 0; i < count; ++i) {
            index.end(sid(i));
            ended = i + 1;
            if (i % 5'000 != 0) continue;
            index.start_over();
            for (int stored = 0; stored <= i; ++stored) index.note_stored_end(sid(stored));
            index.complete();
            index.forget_superseded();
        }
    });
}

BOOST_AUTO_TEST_CASE(several_writers_lose_nothing)
{
    constexpr int writers = 4;
    constexpr int each = 5'000;
    revocation_index index;
    std::vector<std::jthread> threads;
    threads.reserve(writers);
    for (int w = 0; w < writers; ++w) {
        threads.emplace_back([&index, w] {
            for (int i = 0; i < each; ++i) index.end(sid(w * each + i));
        });
    }
    threads.clear();
    int found = 0;
    for (int i = 0; i < writers * each; ++i) found += refuses(index, sid(i)) ? 1 : 0;
    BOOST_TEST(found == writers * each);
}

BOOST_AUTO_TEST_SUITE_END()
