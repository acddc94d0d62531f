#include "api/control/user_command.hpp"

#include "support/fake_domain.hpp"

#include <boost/test/unit_test.hpp>

namespace jwtgate::api {
namespace {

struct fixture {
    test::fake_domain domain;
    auth::user_admin admin{domain.shared()};

    user_reply run(std::string action, std::string name = "", std::vector<std::string> roles = {})
    {
        return test::run_task(api::run(
            admin,
            {std::move(action),
             std::move(name),
             std::move(roles),
             core::secret(std::string("correct horse")),
             {}}
        ));
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(api_control_user_command, fixture)

BOOST_AUTO_TEST_CASE(every_command_does_what_its_name_says)
{
    BOOST_TEST(run("add", "Alice", {"dev", "admin"}).refused.empty());
    BOOST_TEST(run("add", "bob").refused.empty());
    BOOST_TEST(run("disable", "bob").refused.empty());
    auto const all = run("list").users;
    BOOST_TEST_REQUIRE(all.size() == 2U);
    BOOST_TEST(all[0].name == "alice");
    BOOST_TEST(all[0].roles == (std::vector<std::string>{"admin", "dev"}), boost::test_tools::per_element());
    BOOST_TEST(all[0].created == domain.time.now().time_since_epoch().count());
    BOOST_TEST(!all[1].enabled);
    BOOST_TEST(run("enable", "bob").refused.empty());
    BOOST_TEST(run("show", "bob").users.at(0).enabled);
    BOOST_TEST(run("roles", "bob", {"ops"}).refused.empty());
    BOOST_TEST(run("show", "bob").users.at(0).roles.at(0) == "ops");
    BOOST_TEST(run("passwd", "bob").refused.empty());
    BOOST_TEST(run("delete", "bob").refused.empty());
    BOOST_TEST(run("list").users.size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_was_done_is_one_line)
{
    BOOST_TEST(run("add", "Alice", {"dev"}).done == "alice added");
    BOOST_TEST(run("roles", "ALICE", {"b", "a"}).done == "alice has roles b,a, 0 sessions ended");
    BOOST_TEST(run("roles", "alice").done == "alice has no roles, 0 sessions ended");
    BOOST_TEST(run("passwd", "alice").done == "alice has a new password, 0 sessions ended");
    BOOST_TEST(run("disable", "alice").done == "alice disabled, 0 sessions ended");
    BOOST_TEST(run("enable", "alice").done == "alice enabled");
    BOOST_TEST(run("delete", "alice").done == "alice deleted, 0 sessions ended");
    BOOST_TEST(run("list").done == "");
}

BOOST_AUTO_TEST_CASE(a_refusal_is_one_line)
{
    BOOST_TEST(run("show", "nobody").refused == "No such user");
    run("add", "alice");
    BOOST_TEST(run("add", "ALICE").refused == "There is a user of this name already");
    BOOST_TEST(
        run("fly", "alice").refused ==
        "the running server is of another version and does not know this command; restart it"
    );
}

BOOST_AUTO_TEST_CASE(a_refusal_says_what_the_caller_cannot_know)
{
    for (auto const* const action : {"add", "passwd"}) {
        auto const short_password = test::run_task(api::run(
            admin, {.action = action, .name = "alice", .password = core::secret(std::string("short"))}
        ));
        BOOST_TEST(short_password.refused == "Password is too short: it needs at least 8 characters", action);
    }
    domain.store.away = true;
    for (auto const* const action :
         {"add", "list", "show", "passwd", "roles", "disable", "enable", "delete"}) {
        BOOST_TEST(
            run(action, "alice").refused ==
                "Try again later: the database cannot be used now, or too many passwords are being hashed",
            action
        );
    }
}

BOOST_AUTO_TEST_CASE(a_command_survives_the_socket)
{
    user_command const sent{
        "add",
        "alice",
        {"a", "b"},
        core::secret(std::string("p\"\n")),
        {.database = "/x.db", .argon2_passes = 3}};
    auto const got = read_command(write_command(sent).reveal());
    BOOST_TEST_REQUIRE(!got.has_error());
    BOOST_TEST(got->action == sent.action);
    BOOST_TEST(got->name == sent.name);
    BOOST_TEST(got->roles == sent.roles, boost::test_tools::per_element());
    BOOST_TEST(got->password.reveal() == sent.password.reveal());
    BOOST_TEST(got->terms.database == "/x.db");
    BOOST_TEST(got->terms.argon2_passes == 3U);
}

BOOST_AUTO_TEST_CASE(a_reply_survives_the_socket)
{
    user_reply const sent{"no", "yes", {{"alice", {"a"}, false, true, 17}}};
    auto const got = read_reply(write_reply(sent));
    BOOST_TEST_REQUIRE(!got.has_error());
    BOOST_TEST(got->refused == "no");
    BOOST_TEST(got->done == "yes");
    BOOST_TEST(got->users.at(0).name == "alice");
    BOOST_TEST(got->users.at(0).roles.at(0) == "a");
    BOOST_TEST(!got->users.at(0).enabled);
    BOOST_TEST(got->users.at(0).created == 17);
}

BOOST_AUTO_TEST_CASE(what_it_did_not_write_it_does_not_read)
{
    for (auto const text : {"", "[]", "{}", R"({"action":1,"name":"","roles":[],"password":""})"}) {
        BOOST_TEST(read_command(text).has_error(), text);
        BOOST_TEST(read_reply(text).has_error(), text);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
