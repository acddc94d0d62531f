#include "auth/revocation/housekeeping.hpp"

#include "auth/error.hpp"
#include "auth/revocation/revocation_index.hpp"
#include "support/fake_domain.hpp"
#include "support/stderr_capture.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using namespace jwtgate;
using namespace jwtgate::auth;
using test::run_task;

struct fixture {
    test::fake_domain domain;
    test::fake_clock& time = domain.time;
    std::chrono::sys_seconds const began = time.now();

    bool refuses(std::string_view session) const
    {
        jwt::claims said;
        said.session = session;
        said.subject = "ann";
        said.issued_at = to_numeric_date(time.now());
        return domain.revoked.refuses(said);
    }

    void put_live(std::string const& id, std::chrono::sys_seconds refresh_expires)
    {
        auto& row = domain.store.sessions[id];
        row.refresh_expires = refresh_expires;
        row.absolute_end = began + 90 * 24h;
    }
};

std::string log_of_start(std::optional<std::chrono::sys_seconds> last_seen, std::chrono::sys_seconds now)
{
    fixture f;
    f.domain.store.last_seen_time = last_seen;
    f.time.set(now);
    test::stderr_capture const err;
    f.domain.log = core::log{core::log_level::info, core::log_format::text};
    housekeeping under_test{f.domain.shared()};
    BOOST_TEST(run_task(under_test.start()).has_value());
    f.domain.log.flush();
    return err.text();
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(auth_housekeeping, fixture)

BOOST_AUTO_TEST_CASE(a_start_loads_everything_whatever_the_clock_says)
{
    for (auto const clock : {-53 * 365 * 24h, -9h, 0h, 9h, 40 * 24h, 100 * 24h, 10 * 365 * 24h}) {
        fixture f;
        for (auto const* const id : {"a", "b", "c", "d", "e"}) f.domain.store.ended[id] = began + 91 * 24h;
        f.domain.store.cutoffs["ann"] = {.issued_before = began + 1s, .keep_until = began + 91 * 24h};
        f.time.set(began + clock);
        housekeeping under_test{f.domain.shared()};
        BOOST_TEST(run_task(under_test.start()).has_value());
        run_task(under_test.run());
        f.time.set(began + 1s);
        for (auto const* const id : {"a", "b", "c", "d", "e"}) BOOST_TEST(f.refuses(id));
        BOOST_TEST(!f.refuses("other"));
        f.time.set(began);
        BOOST_TEST(f.refuses("other"));
        BOOST_TEST(f.domain.store.ended.size() == 5U);
        BOOST_TEST(f.domain.store.cutoffs.size() == 1U);
    }
}

BOOST_AUTO_TEST_CASE(a_start_does_not_do_without_the_store)
{
    for (auto const* const call : {"ended_sessions", "user_cutoffs", "note_time"}) {
        domain.store.away_for = call;
        housekeeping under_test{domain.shared()};
        BOOST_TEST((run_task(under_test.start()).error() == errc::busy));
    }
}

BOOST_AUTO_TEST_CASE(a_start_says_when_the_clock_is_far_from_where_it_was)
{
    std::chrono::sys_seconds const last{1'700'000'000s};
    std::string const at_last = "2023-11-14T22:13:20Z\n";
    for (auto const& [now, said] : std::vector<std::pair<std::chrono::sys_seconds, std::string>>{
             {last, ""},
             {last + 2h, ""},
             {last - 10s, ""},
             {last + 2h + 1s, "clock_ahead_of_last_run clock=2023-11-15T00:13:21Z last_run=" + at_last},
             {last + 9h, "clock_ahead_of_last_run clock=2023-11-15T07:13:20Z last_run=" + at_last},
             {last + 40 * 24h, "clock_ahead_of_last_run clock=2023-12-24T22:13:20Z last_run=" + at_last},
             {last - 11s, "clock_behind_last_run clock=2023-11-14T22:13:09Z last_run=" + at_last},
             {last - 9h, "clock_behind_last_run clock=2023-11-14T13:13:20Z last_run=" + at_last},
             {std::chrono::sys_seconds{30s},
              "clock_behind_last_run clock=1970-01-01T00:00:30Z last_run=" + at_last},
         }) {
        auto const text = log_of_start(last, now);
        BOOST_TEST_CONTEXT(text) BOOST_TEST(text.substr(std::min(text.find("clock_"), text.size())) == said);
    }
    BOOST_TEST(log_of_start(std::nullopt, last).empty());
}

BOOST_AUTO_TEST_CASE(a_time_that_is_too_late_is_remembered_until_a_clock_is_trusted)
{
    domain.store.last_seen_time = began + 365 * 24h;
    housekeeping under_test{domain.shared()};
    run_task(under_test.start()).value();
    time.advance(59min);
    run_task(under_test.run());
    BOOST_TEST((domain.store.last_seen_time.value() == began + 365 * 24h));
    time.advance(1min);
    run_task(under_test.run());
    BOOST_TEST((domain.store.last_seen_time.value() == began + 1h));
}

BOOST_AUTO_TEST_CASE(purges_nothing_on_the_word_of_an_untried_clock)
{
    domain.store.ended["a"] = began + 91 * 24h;
    put_live("live", began + 30 * 24h);
    time.set(began + 100 * 24h);
    housekeeping under_test{domain.shared()};
    run_task(under_test.start()).value();
    run_task(under_test.run());
    time.advance(59min);
    run_task(under_test.run());
    time.set(began + 1h);  // set right
    time.advance(1h);
    run_task(under_test.run());  // which is found out now
    time.advance(1h);
    run_task(under_test.run());
    BOOST_TEST(refuses("a"));
    BOOST_TEST(domain.store.ended.contains("a"));
    BOOST_TEST(domain.store.sessions.contains("live"));
}

BOOST_AUTO_TEST_CASE(purges_what_is_past_by_a_trusted_clock)
{
    auto const hour_later = began + 1h;
    put_live("live", hour_later);
    put_live("just expired", hour_later - 24h);
    put_live("long expired", hour_later - 24h - 1s);
    domain.store.ended = {{"ended", hour_later}, {"long ended", hour_later - 1s}};
    domain.store.cutoffs = {
        {"ann", {.issued_before = {}, .keep_until = hour_later}},
        {"bob", {.issued_before = {}, .keep_until = hour_later - 1s}},
    };
    housekeeping under_test{domain.shared()};
    run_task(under_test.start()).value();
    time.advance(1h);
    run_task(under_test.run());
    BOOST_TEST(domain.store.sessions.size() == 2U);
    BOOST_TEST(!domain.store.sessions.contains("long expired"));
    BOOST_TEST(domain.store.ended.size() == 1U);
    BOOST_TEST(domain.store.ended.contains("ended"));
    BOOST_TEST(domain.store.cutoffs.size() == 1U);
    BOOST_TEST(domain.store.cutoffs.contains("ann"));
}

BOOST_AUTO_TEST_CASE(the_index_forgets_what_has_left_the_store_and_nothing_else)
{
    domain.store.ended = {{"past", began}, {"kept", began + 91 * 24h}};
    housekeeping under_test{domain.shared()};
    run_task(under_test.start()).value();
    domain.revoked.end("not written yet");
    for (int hour = 0; hour < 2; ++hour) {
        domain.store.ended["past" + std::to_string(hour)] = began;
        time.advance(1h);
        run_task(under_test.run());
        for (auto const* const id : {"kept", "past", "not written yet"})
            BOOST_TEST(refuses(id) == (hour == 0 || id == std::string("kept")));
    }
}

BOOST_AUTO_TEST_CASE(a_rebuild_waits_until_an_eighth_is_forgotten)
{
    for (int i = 0; i < 80; ++i) domain.store.ended["kept" + std::to_string(i)] = began + 91 * 24h;
    domain.store.ended["past"] = began;
    domain.store.cutoffs["bob"] = {.issued_before = {}, .keep_until = began};
    housekeeping under_test{domain.shared()};
    run_task(under_test.start()).value();
    auto const hour = [&](int more) {
        for (int i = 0; i < more; ++i) {
            auto const id = std::to_string(i);
            domain.store.ended[id] = began;
            domain.revoked.note_stored_end(id);
        }
        time.advance(1h);
        run_task(under_test.run());
        under_test.give_memory_back();
    };
    hour(0);
    BOOST_TEST(refuses("past"));
    BOOST_TEST(domain.revoked.size() == 81U);
    hour(10);
    BOOST_TEST(!refuses("past"));
    BOOST_TEST(refuses("kept79"));
    BOOST_TEST(domain.revoked.size() == 80U);
}

BOOST_AUTO_TEST_CASE(a_store_that_is_away_costs_the_index_nothing)
{
    for (auto const* const call : {"purge", "note_time", "ended_sessions"}) {
        fixture f;
        f.domain.store.ended = {{"kept", began + 91 * 24h}};
        housekeeping under_test{f.domain.shared()};
        run_task(under_test.start()).value();
        f.domain.store.away_for = call;
        for (int hour = 0; hour < 4; ++hour) {
            f.domain.store.ended["past" + std::to_string(hour)] = began;
            f.time.advance(1h);
            run_task(under_test.run());
            BOOST_TEST(f.refuses("kept"));
        }
        f.domain.store.away_for = "";
        f.time.advance(1h);
        run_task(under_test.run());
        BOOST_TEST(f.refuses("kept"));
        BOOST_TEST(f.domain.revoked.is_complete());
    }
}

BOOST_AUTO_TEST_CASE(says_when_the_clock_was_set)
{
    housekeeping under_test{domain.shared()};
    run_task(under_test.start()).value();
    test::stderr_capture const err;
    domain.log = core::log{core::log_level::info, core::log_format::text};
    time.advance(1h);
    time.set(time.now() - 150s);
    run_task(under_test.run());
    domain.log.flush();
    BOOST_TEST(err.text().find("clock_was_set by_seconds=-150\n") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
