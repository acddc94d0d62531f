#include "api/control/control_application.hpp"

#include "api/control/message.hpp"
#include "support/fake_domain.hpp"
#include "support/request.hpp"
#include "support/run_task.hpp"
#include "support/stderr_capture.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace jwtgate::api {
namespace {

struct fixture {
    test::fake_domain domain;
    std::string changed;
    std::string refused;
    core::log log{core::log_level::off, core::log_format::text};
    control_application served{domain.shared(), hooks(), log};

    control_hooks hooks()
    {
        return {
            .follow =
                [this](std::string const& file) {
                    changed = file;
                    return key_reply{"refused", "noted"};
                },
            .check = [this](command_terms const& terms) { return terms.database.empty() ? "" : refused; },
        };
    }

    /// What the log says of a message to this path.
    std::string logged_at(std::string_view path, std::string const& body)
    {
        test::stderr_capture const captured;
        {
            core::log const now{core::log_level::info, core::log_format::text};
            control_application told{domain.shared(), hooks(), now};
            test::request req("POST", path);
            req.peer_address = "1000";
            req.body = body;
            http::out_buffer out;
            http::response res(out, {});
            test::run_task(told.handle(req, res));
        }
        return captured.text();
    }

    std::string logged(std::string action, std::string name)
    {
        user_command const command{
            .action = std::move(action), .name = std::move(name), .password = core::secret("correct horse")};
        return logged_at("/user", std::string(write_command(command).reveal()));
    }

    std::string logged(session_command const& command)
    {
        return logged_at("/session", write_message(command));
    }

    std::string ask(std::string_view method, std::string_view path, std::string_view body)
    {
        test::request req(method, path);
        req.body = body;
        http::out_buffer out;
        http::response res(out, {});
        if (auto work = served.handle(req, res); work.valid()) test::run_task(std::move(work));
        return {out.begin(), out.end()};
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(api_control_control_application, fixture)

BOOST_AUTO_TEST_CASE(a_changed_key_file_is_followed_and_the_outcome_told)
{
    auto const answer = ask("POST", "/keys", R"({"key_file":"/a/keys.json"})");
    BOOST_TEST(changed == "/a/keys.json");
    BOOST_TEST(answer.starts_with("HTTP/1.1 200 "));
    BOOST_TEST(answer.ends_with("\r\n\r\n{\"refused\":\"refused\",\"note\":\"noted\"}"));
}

BOOST_AUTO_TEST_CASE(a_user_command_is_run)
{
    auto const answer = ask("POST", "/user", write_command({.action = "list"}).reveal());
    BOOST_TEST(answer.ends_with("\r\n\r\n{\"refused\":\"\",\"done\":\"\",\"users\":[]}"));
    BOOST_TEST(changed == "");
}

BOOST_AUTO_TEST_CASE(a_command_whose_terms_are_refused_is_not_run)
{
    refused = "another database";
    user_command const command{
        .action = "add",
        .name = "alice",
        .password = core::secret("correct horse"),
        .terms = {.database = "/x"}};
    auto const answer = ask("POST", "/user", write_command(command).reveal());
    BOOST_TEST(answer.find("\"refused\":\"another database\"") != std::string::npos);
    BOOST_TEST(domain.store.users.empty());
}

BOOST_AUTO_TEST_CASE(who_did_what_to_whom_is_logged)
{
    struct row {
        char const* action;
        char const* name;
        char const* line;
    };

    for (auto const& [action, name, line] : {
             row{"add", "Alice", "user_command uid=1000 action=add user=alice outcome=done"},
             row{"disable", "alice", "user_command uid=1000 action=disable user=alice outcome=done"},
             row{"delete", "bob", "user_command uid=1000 action=delete user=bob outcome=\"No such user\""},
             row{"show", "my secret", "user_command uid=1000 action=show user=? outcome=\"No such user\""},
             row{"list", "", "user_command uid=1000 action=list user=\"\" outcome=done"},
         }) {
        BOOST_TEST(logged(action, name).find(line) != std::string::npos, line);
    }
}

BOOST_AUTO_TEST_CASE(a_session_command_is_run)
{
    auto const answer = ask("POST", "/session", write_message(session_command{.action = "list"}));
    BOOST_TEST(answer.ends_with(
        "\r\n\r\n{\"refused\":\"\",\"done\":\"\",\"user\":\"\",\"sessions\":[],\"next\":\"\"}"
    ));
    refused = "another database";
    session_command const command{.action = "revoke", .user = "alice", .terms = {.database = "/x"}};
    domain.add_user("alice", "right");
    auto const second = ask("POST", "/session", write_message(command));
    BOOST_TEST(second.find("\"refused\":\"another database\"") != std::string::npos);
    BOOST_TEST(domain.store.cutoffs.empty());
}

BOOST_AUTO_TEST_CASE(whose_sessions_ended_is_logged)
{
    struct row {
        session_command command;
        char const* line;
    };

    domain.add_user("alice", "right");
    auto& session = domain.store.sessions["s1"];
    session.id = "s1";
    session.user_name = "alice";
    session.user_id = domain.store.users.at("alice").id;
    for (auto const& [command, line] : {
             row{{.action = "revoke", .session = "s1"}, "action=revoke user=alice sid=s1 outcome=done"},
             row{{.action = "revoke", .session = "s1"},
                 R"(action=revoke user="" sid=s1 outcome="No such session")"},
             row{{.action = "revoke", .session = "my secret"},
                 R"(action=revoke user="" sid=? outcome="No such session")"},
             row{{.action = "revoke", .user = "Alice"}, R"(action=revoke user=alice sid="" outcome=done)"},
             row{{.action = "revoke", .user = "my secret"},
                 R"(action=revoke user=? sid="" outcome="No such user")"},
             row{{.action = "list"}, R"(action=list user="" sid="" outcome=done)"},
         }) {
        auto const expected = std::string("session_command uid=1000 ") + line;
        BOOST_TEST(logged(command).find(expected) != std::string::npos, expected);
    }
}

BOOST_AUTO_TEST_CASE(only_what_goes_on_with_a_list_is_not_logged_again)
{
    domain.add_user("alice", "right");
    BOOST_TEST(logged({.action = "list", .after = "s1"}) == "");
    auto const revoked = logged({.action = "revoke", .user = "alice", .after = "s1"});
    BOOST_TEST(revoked.find("action=revoke user=alice sid=\"\" outcome=done") != std::string::npos);
    refused = "another database";
    auto const other = logged({.action = "list", .after = "s1", .terms = {.database = "/x"}});
    BOOST_TEST(other.find("outcome=\"another database\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_no_command_sends_is_refused)
{
    BOOST_TEST(ask("POST", "/session", "{}").find(" 200 ") == std::string::npos);
    BOOST_TEST(ask("POST", "/keys", "[]").starts_with("HTTP/1.1 400 "));
    BOOST_TEST(ask("POST", "/keys", R"({"key_file":1})").find(" 200 ") == std::string::npos);
    BOOST_TEST(ask("GET", "/keys", "").starts_with("HTTP/1.1 404 "));
    BOOST_TEST(ask("POST", "/other", "{}").starts_with("HTTP/1.1 404 "));
    BOOST_TEST(changed == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
