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
            {std::move(action), std::move(name), std::move(roles), core::secret(std::string("correct horse"))}
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

BOOST_AUTO_TEST_CASE(a_refusal_is_one_line)
{
    BOOST_TEST(run("show", "nobody").refused == "No such user");
    run("add", "alice");
    BOOST_TEST(run("add", "ALICE").refused == "There is a user of this name already");
    BOOST_TEST(
        run("fly", "alice").refused ==
        "the running server is of another version and does not know this command"
    );
}

BOOST_AUTO_TEST_CASE(a_password_that_is_too_short_is_told_how_long_it_must_be)
{
    run("add", "alice");
    for (std::size_t const least : {14U, 20U, 128U}) {
        domain.settings.password_min_length = least;
        auto const refused =
            "Password is too short: it needs at least " + std::to_string(least) + " characters";
        BOOST_TEST(run("add", "bob").refused == refused);
        BOOST_TEST(run("passwd", "alice").refused == refused);
    }
    domain.settings.password_min_length = 13;
    BOOST_TEST(run("add", "bob").refused.empty());
}

BOOST_AUTO_TEST_CASE(a_command_survives_the_socket)
{
    user_command const sent{"add", "alice", {"a", "b"}, core::secret(std::string("p\"\n"))};
    auto const got = read_command(write_command(sent).reveal());
    BOOST_TEST_REQUIRE(!got.has_error());
    BOOST_TEST(got->action == sent.action);
    BOOST_TEST(got->name == sent.name);
    BOOST_TEST(got->roles == sent.roles, boost::test_tools::per_element());
    BOOST_TEST(got->password.reveal() == sent.password.reveal());
}

BOOST_AUTO_TEST_CASE(a_reply_survives_the_socket)
{
    user_reply const sent{"no", {{"alice", {"a"}, false, 17}}};
    auto const got = read_reply(write_reply(sent));
    BOOST_TEST_REQUIRE(!got.has_error());
    BOOST_TEST(got->refused == "no");
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
