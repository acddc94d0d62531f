#include "cli/sessions/session_commands.hpp"

#include "config/load.hpp"
#include "core/run_task.hpp"
#include "files/data_claim.hpp"
#include "store/sqlite_store.hpp"
#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace jwtgate::cli {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// A data directory that no server runs on, with the user alice.
struct fixture {
    test::temporary_directory directory;
    config::settings chosen = config::load({{"data-dir", {(directory.path() / "data").string()}}}, {}).values;
    core::log silent{core::log_level::off, core::log_format::text};
    std::chrono::sys_seconds now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());

    void fill(std::vector<auth::session> const& sessions) const
    {
        auto claim = files::data_claim::try_make(chosen, files::missing_database::may_be_made);
        auto const store = store::open_sqlite(chosen.database, silent);
        auth::user alice;
        alice.name = "alice";
        alice.created = now;
        core::run_task(store->add_user(alice)).value();
        auto const id = core::run_task(store->find_user("alice"))->id;
        for (auto const& each : sessions)
            core::run_task(store->start_session(each, {.id = id, .password_version = 1}, 100'000)).value();
        claim->keep();
    }

    auth::session made(std::string id, std::chrono::seconds ago) const
    {
        auth::session made;
        made.id = std::move(id);
        made.created = made.rotated_at = now - ago;
        made.refresh_expires = made.absolute_end = now + 24h;
        return made;
    }

    api::session_reply run(api::session_command command) const
    {
        return perform(chosen, std::move(command), silent);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(cli_sessions_session_commands, fixture)

BOOST_AUTO_TEST_CASE(a_list_longer_than_one_part_is_whole_and_newest_first)
{
    std::vector<auth::session> many;
    many.reserve(1'100);
    for (int i = 0; i < 1'100; ++i) many.push_back(made("s" + std::to_string(i * 7919 % 1'100), 1s * i));
    fill(many);
    auto const shown = run({.action = "list"}).sessions;
    BOOST_TEST_REQUIRE(shown.size() == many.size());
    for (std::size_t i = 0; i < many.size(); ++i) BOOST_TEST_REQUIRE(shown[i].id == many[i].id);
}

BOOST_AUTO_TEST_CASE(without_a_server_the_database_itself_is_changed)
{
    fill({made("s1", 1s), made("s2", 2s), made("s3", 3s)});
    BOOST_TEST(run({.action = "revoke", .session = "s2"}).done == "1 session of alice ended");
    BOOST_TEST(run({.action = "revoke", .session = "s2"}).refused == "No such session");
    BOOST_TEST(run({.action = "list", .user = "alice"}).sessions.size() == 2U);
    BOOST_TEST(run({.action = "revoke", .user = "alice"}).done == "2 sessions of alice ended");
    BOOST_TEST(run({.action = "list"}).sessions.empty());
}

BOOST_AUTO_TEST_CASE(where_there_is_no_database_none_is_made)
{
    BOOST_CHECK_THROW(run({.action = "list"}), std::runtime_error);
    BOOST_TEST(!fs::exists(chosen.data_dir));
}

BOOST_AUTO_TEST_CASE(a_name_that_is_not_utf_8_is_not_sent)
{
    BOOST_CHECK_THROW(run({.action = "list", .user = "caf\xe9"}), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(a_table_holds_nothing_that_a_terminal_would_obey)
{
    auto const text = shown_sessions({
        {"s1", "alice", 1'800'000'000, 1'800'000'060, 0, "192.0.2.7", "a\x1b[2J b"},
        {"s\n2", "b\x7f", 0, -1, 0, "\xff", ""},
    });
    BOOST_TEST(
        text ==
        "USER                      ID                      CREATED               LAST USED             "
        "ADDRESS          USER AGENT\n"
        "alice                     s1                      2027-01-15T08:00:00Z  2027-01-15T08:01:00Z  "
        "192.0.2.7        a\\u001b[2J b\n"
        "b\\u007f                   s\\u000a2                1970-01-01T00:00:00Z  1969-12-31T23:59:59Z  "
        "\\xff             -\n"
    );
}

BOOST_AUTO_TEST_CASE(json_is_an_array_of_one_line)
{
    BOOST_TEST(shown_sessions_as_json({}) == "[]\n");
    BOOST_TEST(
        shown_sessions_as_json({{"s1", "alice", 1, 2, 3, "::1", "a \"b\""}}) ==
        R"([{"id":"s1","user":"alice","created":1,"last_used":2,"expires":3,"address":"::1",)"
        R"("user_agent":"a \"b\""}])"
        "\n"
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::cli
