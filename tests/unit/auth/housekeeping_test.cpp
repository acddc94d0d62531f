#include "auth/housekeeping.hpp"

#include "auth/error.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_store.hpp"
#include "support/run_task.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <memory>
#include <utility>

namespace {

using namespace std::chrono_literals;
using namespace jwtgate;
using namespace jwtgate::auth;
using test::run_task;

struct fixture {
    test::fake_clock time;
    core::clock clock = time.clock();
    test::fake_store store;
    settings chosen;

    std::unique_ptr<revocation_index> load()
    {
        return std::move(*run_task(load_revocations(store, chosen, clock)));
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(auth_housekeeping, fixture)

BOOST_AUTO_TEST_CASE(an_entry_outlives_the_longest_access_token_ever_handed_out)
{
    chosen.leeway = 5s;
    BOOST_TEST((load()->lifetime() == 1h + 5s + 1min));
    chosen.access_ttl = 10min;
    BOOST_TEST((load()->lifetime() == 1h + 5s + 1min));
    chosen.access_ttl = 2h;
    BOOST_TEST((load()->lifetime() == 2h + 5s + 1min));
    BOOST_TEST((store.longest_access_ttl == 2h));
}

BOOST_AUTO_TEST_CASE(a_start_knows_the_sessions_whose_tokens_may_still_live)
{
    auto const lifetime = 1h + 1min;
    store.ended = {
        {"just", time.now()},
        {"long", time.now() - lifetime},
        {"longer", time.now() - lifetime - 1s},
        {"ahead", time.now() + 1h},
    };
    auto const index = load();
    BOOST_TEST(index->contains("just"));
    BOOST_TEST(index->contains("long"));
    BOOST_TEST(index->contains("ahead"));
    BOOST_TEST(!index->contains("longer"));
    BOOST_TEST(!index->contains("other"));
}

BOOST_AUTO_TEST_CASE(a_start_does_not_do_without_the_store)
{
    for (auto const* const call : {"note_access_ttl", "ended_sessions"}) {
        store.away_for = call;
        BOOST_TEST((run_task(load_revocations(store, chosen, clock)).error() == errc::busy));
    }
}

BOOST_AUTO_TEST_CASE(purges_what_is_past_but_no_mark_that_a_start_would_need)
{
    auto const lifetime = 1h + 1min;
    auto const row = [&](std::chrono::sys_seconds end) {
        session one;
        one.refresh_expires = one.absolute_end = end;
        return one;
    };
    store.sessions = {
        {"live", row(time.now() + 1h)},
        {"expired", row(time.now() - lifetime)},
        {"long expired", row(time.now() - lifetime - 1s)},
    };
    store.ended = {{"ended", time.now() - lifetime}, {"long ended", time.now() - lifetime - 1s}};
    auto const index = load();
    BOOST_TEST(run_task(purge_sessions(store, *index, clock)).value() == 2);
    BOOST_TEST(store.sessions.size() == 2U);
    BOOST_TEST(!store.sessions.contains("long expired"));
    BOOST_TEST(store.ended.contains("ended"));
    BOOST_TEST(!store.ended.contains("long ended"));
    store.away = true;
    BOOST_TEST((run_task(purge_sessions(store, *index, clock)).error() == errc::busy));
}

BOOST_AUTO_TEST_SUITE_END()
