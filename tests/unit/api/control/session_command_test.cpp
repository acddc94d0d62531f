#include "api/control/session_command.hpp"

#include "api/control/message.hpp"
#include "support/fake_domain.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>

namespace jwtgate::api {
namespace {

using namespace std::chrono_literals;

struct fixture {
    test::fake_domain domain;
    auth::session_admin admin{domain.shared()};

    fixture()
    {
        for (std::string const name : {"alice", "bob"}) domain.add_user(name, "right");
    }

    auth::session& put(std::string const& id, std::string const& user)
    {
        auto const now = domain.time.now();
        auto& row = domain.store.sessions[id];
        row.id = id;
        row.user_id = domain.store.users.at(user).id;
        row.user_name = user;
        row.created = now - 2h;
        row.rotated_at = now - 1h;
        row.refresh_expires = now + 24h;
        row.absolute_end = now + 48h;
        row.address = "192.0.2.7";
        row.user_agent = "curl";
        return row;
    }

    session_reply run(session_command command) { return test::run_task(api::run(admin, std::move(command))); }

    session_reply list(std::string after = "") { return run({.action = "list", .after = std::move(after)}); }

    session_reply revoke(std::string session)
    {
        return run({.action = "revoke", .session = std::move(session)});
    }

    session_reply revoke_all_of(std::string user)
    {
        return run({.action = "revoke", .user = std::move(user)});
    }

    std::int64_t now() const { return domain.time.now().time_since_epoch().count(); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(api_control_session_command, fixture)

BOOST_AUTO_TEST_CASE(a_session_is_shown_with_all_that_a_person_may_know)
{
    put("s1", "alice");
    auto const all = list();
    BOOST_TEST(all.refused == "");
    BOOST_TEST(all.done == "");
    BOOST_TEST_REQUIRE(all.sessions.size() == 1U);
    auto const& shown = all.sessions.front();
    BOOST_TEST(shown.id == "s1");
    BOOST_TEST(shown.user == "alice");
    BOOST_TEST(shown.created == now() - 7'200);
    BOOST_TEST(shown.last_used == now() - 3'600);
    BOOST_TEST(shown.expires == now() + 86'400);
    BOOST_TEST(shown.address == "192.0.2.7");
    BOOST_TEST(shown.user_agent == "curl");
}

BOOST_AUTO_TEST_CASE(a_session_expires_at_its_absolute_end_at_the_latest)
{
    put("s1", "alice").absolute_end = domain.time.now() + 1h;
    BOOST_TEST(list().sessions.front().expires == now() + 3'600);
}

BOOST_AUTO_TEST_CASE(what_a_client_says_of_itself_becomes_printable_ascii)
{
    auto& row = put("s1", "alice");
    row.user_agent = "\x1b[2Jfox\r\n\x7f\xc3\xa9\xff";
    row.address = "\x1b[1m";
    auto const shown = list().sessions.front();
    BOOST_TEST(shown.user_agent == "?[2Jfox??????");
    BOOST_TEST(shown.address == "?[1m");
}

BOOST_AUTO_TEST_CASE(everybodys_sessions_come_in_parts)
{
    for (std::string const id : {"s1", "s2", "s3"}) put(id, id == "s2" ? "bob" : "alice");
    auto const first = list();
    BOOST_TEST(first.sessions.size() == 2U);
    BOOST_TEST(first.next == "s2");
    auto const second = list(first.next);
    BOOST_TEST(second.sessions.size() == 1U);
    BOOST_TEST(second.sessions.front().id == "s3");
    auto const last = list(second.next);
    BOOST_TEST(last.sessions.empty());
    BOOST_TEST(last.next == "");
}

BOOST_AUTO_TEST_CASE(those_of_one_user_come_at_once)
{
    for (std::string const id : {"s1", "s2", "s3", "s4"}) put(id, id == "s2" ? "bob" : "alice");
    auto const all = run({.action = "list", .user = "Alice"});
    BOOST_TEST(all.sessions.size() == 3U);
    BOOST_TEST(all.next == "");
    BOOST_TEST(run({.action = "list", .user = "carol"}).refused == "No such user");
    BOOST_TEST(run({.action = "list", .user = ""}).refused == "No such user");
}

BOOST_AUTO_TEST_CASE(what_ended_is_one_line)
{
    for (std::string const id : {"s1", "s2", "s3", "s4"}) put(id, "alice");
    auto const one = revoke("s1");
    BOOST_TEST(one.done == "1 session of alice ended");
    BOOST_TEST(one.user == "alice");
    auto const all = revoke_all_of("ALICE");
    BOOST_TEST(all.done == "3 sessions of alice ended");
    BOOST_TEST(all.user == "alice");
    BOOST_TEST(revoke_all_of("alice").done == "0 sessions of alice ended");
    put("s5", "alice");
    BOOST_TEST(revoke_all_of("alice").done == "1 session of alice ended");
}

BOOST_AUTO_TEST_CASE(a_refusal_is_one_line)
{
    BOOST_TEST(revoke("never-seen").refused == "No such session");
    BOOST_TEST(revoke_all_of("carol").refused == "No such user");
    domain.store.away = true;
    for (auto const& reply :
         {list(), run({.action = "list", .user = "bob"}), revoke("s1"), revoke_all_of("bob")})
        BOOST_TEST(reply.refused == "Try again later: the database cannot be used now");
}

BOOST_AUTO_TEST_CASE(what_is_no_command_ends_nothing)
{
    put("s1", "alice");
    for (auto const& command : {
             session_command{.action = "fly"},
             session_command{.action = "revoke"},
             session_command{.action = "revoke", .user = "alice", .session = "s1"},
         }) {
        BOOST_TEST(
            run(command).refused ==
            "the running server is of another version and does not know this command; restart it"
        );
    }
    BOOST_TEST(domain.store.sessions.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_command_survives_the_socket)
{
    session_command const sent{
        .action = "revoke", .user = "a", .session = {}, .after = "s1", .terms = {.database = "/x.db"}};
    auto const got = read_message<session_command>(write_message(sent));
    BOOST_TEST_REQUIRE(!got.has_error());
    BOOST_TEST(got->action == "revoke");
    BOOST_TEST(got->user.value() == "a");
    BOOST_TEST(!got->session.has_value());
    BOOST_TEST(got->after == "s1");
    BOOST_TEST(got->terms.database == "/x.db");
}

BOOST_AUTO_TEST_CASE(a_reply_survives_the_socket)
{
    session_reply const sent{"no", "yes", "alice", {{"s1", "alice", 1, 2, 3, "::1", "\"curl\""}}, "s1"};
    auto const got = read_message<session_reply>(write_message(sent));
    BOOST_TEST_REQUIRE(!got.has_error());
    BOOST_TEST(got->refused == "no");
    BOOST_TEST(got->done == "yes");
    BOOST_TEST(got->user == "alice");
    BOOST_TEST(got->next == "s1");
    auto const& line = got->sessions.at(0);
    BOOST_TEST(line.id == "s1");
    BOOST_TEST(line.created == 1);
    BOOST_TEST(line.last_used == 2);
    BOOST_TEST(line.expires == 3);
    BOOST_TEST(line.address == "::1");
    BOOST_TEST(line.user_agent == "\"curl\"");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
