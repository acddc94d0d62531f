#include "auth/admin/session_admin.hpp"

#include "unit/auth/one_user.hpp"

#include <boost/test/unit_test.hpp>

namespace jwtgate::auth {
namespace {

using test::run_task;
using namespace std::chrono_literals;

core::error_code because(errc reason)
{
    return reason;
}

struct fixture : one_user {
    session_admin admin{domain.shared()};

    fixture() { domain.add_user("bob", "right"); }

    grant log_in_as(std::string name)
    {
        domain.time.advance(1s);
        return run_task(under_test.login(test::credentials(std::move(name), "right"), {})).granted.value();
    }

    std::string id_of(grant const& given)
    {
        return std::string(tokens.authenticate(given.access.token)->claims().session);
    }

    core::error_code access_refusal(grant const& given)
    {
        return tokens.authenticate(given.access.token).error();
    }

    std::vector<std::string> everybodys()
    {
        std::vector<std::string> ids;
        for (auto part = run_task(admin.list("")).value(); !part.empty();
             part = run_task(admin.list(ids.back())).value()) {
            for (auto const& each : part) ids.push_back(each.id);
        }
        return ids;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(auth_session_admin, fixture)

BOOST_AUTO_TEST_CASE(lists_the_live_sessions_of_everybody_in_parts)
{
    std::vector<std::string> expected;
    for (std::string const name : {"ann", "bob", "ann", "bob", "ann"})
        expected.push_back(id_of(log_in_as(name)));
    auto const over = id_of(log_in_as("ann"));
    domain.store.sessions.at(over).refresh_expires = domain.time.now();
    std::ranges::sort(expected);
    BOOST_TEST(everybodys() == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(lists_those_of_one_user_newest_first)
{
    auto const first = id_of(log_in_as("ann"));
    log_in_as("bob");
    auto const second = id_of(log_in_as("ann"));
    auto const found = run_task(admin.list_of("ANN")).value();
    BOOST_TEST_REQUIRE(found.size() == 2U);
    BOOST_TEST(found[0].id == second);
    BOOST_TEST(found[1].id == first);
    domain.store.sessions.clear();
    BOOST_TEST(run_task(admin.list_of("ann"))->empty());
    for (std::string const name : {"carl", "no name", ""})
        BOOST_TEST(run_task(admin.list_of(name)).error() == because(errc::no_such_user), name);
}

BOOST_AUTO_TEST_CASE(ends_one_session_at_once_and_says_whose_it_was)
{
    auto const gone = log_in_as("ann");
    auto const stays = log_in_as("ann");
    auto const id = id_of(gone);
    BOOST_TEST(run_task(admin.end(id)).value() == "ann");
    BOOST_TEST(access_refusal(gone) == because(errc::token_revoked));
    BOOST_TEST(refresh(gone.refresh_token).error() == because(errc::token_revoked));
    BOOST_TEST(!access_refusal(stays));
    BOOST_TEST(domain.store.ended.contains(id));
    BOOST_TEST(domain.revoked.is_end_stored(id));
    BOOST_TEST(run_task(admin.end(id)).error() == because(errc::no_such_session));
}

BOOST_AUTO_TEST_CASE(ends_a_session_that_has_run_out_by_a_clock_that_is_ahead)
{
    auto const given = log_in_as("ann");
    auto const id = id_of(given);
    auto const right = domain.time.now();
    domain.time.advance(100 * 24h);
    BOOST_TEST(run_task(admin.list("")).value().empty());
    BOOST_TEST(run_task(admin.end(id)).value() == "ann");
    domain.time.set(right);
    BOOST_TEST(access_refusal(given) == because(errc::token_revoked));
}

BOOST_AUTO_TEST_CASE(remembers_nothing_of_a_session_that_is_not_there)
{
    BOOST_TEST(run_task(admin.end("never-seen")).error() == because(errc::no_such_session));
    BOOST_TEST(domain.store.ended.empty());
}

BOOST_AUTO_TEST_CASE(ends_all_sessions_of_one_user)
{
    auto const here = log_in_as("ann");
    auto const there = log_in_as("ann");
    auto const of_bob = log_in_as("bob");
    BOOST_TEST(run_task(admin.end_all_of("Ann")).value() == 2U);
    for (auto const& given : {here, there}) {
        BOOST_TEST(access_refusal(given) == because(errc::token_revoked));
        BOOST_TEST(tokens.check_refresh_token(given.refresh_token).error() == because(errc::token_revoked));
    }
    BOOST_TEST(!access_refusal(of_bob));
    BOOST_TEST(run_task(admin.end_all_of("ann")).value() == 0U);
    for (std::string const name : {"carl", "no name", ""})
        BOOST_TEST(run_task(admin.end_all_of(name)).error() == because(errc::no_such_user), name);
}

BOOST_AUTO_TEST_CASE(ends_what_was_issued_to_the_user_though_its_row_was_lost)
{
    auto const lost = log_in_as("ann");
    domain.store.sessions.clear();
    domain.time.advance(1s);
    BOOST_TEST(run_task(admin.end_all_of("ann")).value() == 0U);
    BOOST_TEST(access_refusal(lost) == because(errc::token_revoked));
    BOOST_TEST((domain.store.cutoffs.at("ann").issued_before == domain.time.now()));
    BOOST_TEST((domain.store.cutoffs.at("ann").keep_until == domain.time.now() + 91 * 24h));
}

BOOST_AUTO_TEST_CASE(lets_the_user_log_in_again_at_once)
{
    BOOST_TEST(run_task(admin.end_all_of("ann")).has_value());
    BOOST_TEST(!access_refusal(log_in()));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_stored_ends_nothing)
{
    auto const given = log_in_as("ann");
    auto const id = id_of(given);
    for (auto const* const call : {"find_session", "end_session_of"}) {
        domain.store.away_for = call;
        BOOST_TEST(run_task(admin.end(id)).error() == because(errc::busy), call);
    }
    domain.store.away = true;
    BOOST_TEST(run_task(admin.end_all_of("ann")).error() == because(errc::busy));
    BOOST_TEST(run_task(admin.list("")).error() == because(errc::busy));
    BOOST_TEST(run_task(admin.list_of("ann")).error() == because(errc::busy));
    BOOST_TEST(!access_refusal(given));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::auth
