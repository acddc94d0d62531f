#include "app/serve/server_terms.hpp"

#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <string>

namespace jwtgate::app {
namespace {

namespace fs = std::filesystem;

struct fixture {
    test::temporary_directory directory;
    fs::path root = fs::canonical(directory.path());
    config::settings server = config::load({{"data-dir", {(root / "data").string()}}}, {}).values;

    /// What the server says to a command with these options.
    std::string refusal(config::given_options given) const
    {
        given.insert({"data-dir", {(root / "data").string()}});
        return refusal_of(terms_of(config::load(given, {})), server);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(app_serve_server_terms, fixture)

BOOST_AUTO_TEST_CASE(what_is_not_given_says_nothing)
{
    server.database = "/another.db";
    server.key_file = "/another.json";
    server.auth.password_min_length = 30;
    server.passwords.cost = {};
    BOOST_TEST(refusal({}) == "");
}

BOOST_AUTO_TEST_CASE(the_same_under_another_name_is_the_same)
{
    fs::create_directory(root / "data");
    std::ofstream(root / "data" / "jwtgate.db") << "";
    fs::create_symlink("data/jwtgate.db", root / "link.db");
    for (auto const* const name : {"data/jwtgate.db", "data/../data//jwtgate.db", "link.db"})
        BOOST_TEST(refusal({{"database", {"sqlite:" + (root / name).string()}}}) == "", name);
    BOOST_TEST(refusal({{"key-file", {(root / "data/./keys.json").string()}}}) == "");
}

BOOST_AUTO_TEST_CASE(another_one_is_refused_by_name)
{
    auto const ours = (root / "data").string();
    BOOST_TEST(
        refusal({{"database", {"sqlite:" + (root / "x.db").string()}}}) ==
        "the running server's database is " + ours + "/jwtgate.db, not " + (root / "x.db").string()
    );
    BOOST_TEST(
        refusal({{"key-file", {(root / "x.json").string()}}}) ==
        "the running server's key file is " + ours + "/keys.json, not " + (root / "x.json").string()
    );
}

BOOST_AUTO_TEST_CASE(rules_may_be_stricter_than_the_servers_but_not_weaker)
{
    BOOST_TEST(refusal({{"password-min-length", {"8"}}}) == "");
    BOOST_TEST(refusal({{"password-min-length", {"20"}}}) == "");
    BOOST_TEST(
        refusal({{"password-min-length", {"7"}}}) == "the running server's password-min-length is 8, not 7"
    );
    BOOST_TEST(refusal({{"argon2-passes", {"2"}}, {"argon2-memory", {"19MiB"}}}) == "");
    BOOST_TEST(refusal({{"argon2-passes", {"3"}}}) == "the running server's argon2-passes is 2, not 3");
    BOOST_TEST(
        refusal({{"argon2-memory", {"8KiB"}}}) == "the running server's argon2-memory is 19922944, not 8192"
    );
}

BOOST_AUTO_TEST_CASE(a_path_that_is_no_text_cannot_be_sent)
{
    auto const file = (root / "k\xff").string();
    BOOST_CHECK_EXCEPTION(refusal({{"key-file", {file}}}), std::runtime_error, [&](auto const& error) {
        return error.what() == "the path " + file + " is not UTF-8, and cannot be sent to a server";
    });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::app
