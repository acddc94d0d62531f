#include "files/data_claim.hpp"

#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace jwtgate::files {
namespace {

namespace fs = std::filesystem;
using enum missing_database;

struct fixture {
    test::temporary_directory directory;
    fs::path root = fs::canonical(directory.path());

    config::settings chosen(std::string const& data_dir, std::string const& database) const
    {
        config::settings made;
        made.data_dir = root / data_dir;
        made.database = root / database;
        return made;
    }

    static std::string refusal(config::settings const& wanted)
    {
        auto const claimed = data_claim::try_make(wanted, may_be_made);
        return claimed ? "" : claimed.error().line();
    }

    static std::string failure(config::settings const& wanted, missing_database treated)
    {
        try {
            data_claim::try_make(wanted, treated);
        } catch (std::runtime_error const& error) {
            return error.what();
        }
        return "";
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(files_data_claim, fixture)

BOOST_AUTO_TEST_CASE(a_database_is_held_under_every_name_and_from_every_directory)
{
    fs::create_directory(root / "a");
    std::ofstream(root / "a" / "x.db") << "";
    fs::permissions(root / "a", fs::perms::owner_all);
    fs::create_symlink("a/x.db", root / "link.db");
    fs::create_symlink("a", root / "to-a");
    fs::create_symlink("link.db", root / "link-to-link.db");
    auto const held = data_claim::try_make(chosen("a", "a/x.db"), may_be_made);
    BOOST_REQUIRE(held.has_value());
    for (auto const* const name :
         {"a/x.db", "./a//x.db", "b/../a/x.db", "to-a/x.db", "link.db", "link-to-link.db"}) {
        auto const wanted = chosen("b", name);
        BOOST_TEST(
            refusal(wanted) == "database " + wanted.database.string() + " is in use by another jwtgate", name
        );
    }
    BOOST_TEST(
        refusal(chosen("a", "a/y.db")) ==
        "data directory " + (root / "a").string() + " is in use by another jwtgate"
    );
    BOOST_TEST(refusal(chosen("b", "a/y.db")) == "");
    BOOST_TEST(!fs::exists(root / "b"));
}

BOOST_AUTO_TEST_CASE(what_was_made_goes_unless_it_is_kept)
{
    for (bool const keeps : {false, true}) {
        {
            auto claimed = data_claim::try_make(chosen("new", "new/x.db"), may_be_made);
            BOOST_REQUIRE(claimed.has_value());
            for (auto const* const name : {"x.db", "x.db-wal", "x.db-shm", "keys.json"})
                std::ofstream(root / "new" / name) << "";
            claimed->made().add(root / "new" / "keys.json");
            if (keeps) claimed->keep();
        }
        BOOST_TEST(fs::exists(root / "new" / "x.db") == keeps);
        BOOST_TEST(fs::exists(root / "new" / "keys.json") == keeps);
        BOOST_TEST(fs::exists(root / "new" / "lock") == keeps);
        BOOST_TEST(fs::exists(root / "new") == keeps);
    }
}

BOOST_AUTO_TEST_CASE(what_was_there_stays)
{
    data_claim::try_make(chosen("d", "d/x.db"), may_be_made)->keep();
    std::ofstream(root / "d" / "x.db") << "";
    data_claim::try_make(chosen("d", "d/x.db"), may_be_made);
    BOOST_TEST(fs::exists(root / "d" / "x.db"));
    BOOST_TEST(fs::exists(root / "d" / "lock"));
    BOOST_TEST(fs::exists(root / "d" / "x.db.lock"));
}

BOOST_AUTO_TEST_CASE(a_missing_database_is_refused_to_who_does_not_make_one)
{
    auto const wanted = chosen("none", "none/x.db");
    BOOST_TEST(
        failure(wanted, is_refused) ==
        "there is no database " + wanted.database.string() + "; --data-dir or --database names another"
    );
    BOOST_TEST(fs::is_empty(root));
}

BOOST_AUTO_TEST_CASE(a_database_needs_its_directory)
{
    auto const wanted = chosen("d", "none/x.db");
    BOOST_TEST(
        failure(wanted, may_be_made) ==
        "database " + wanted.database.string() + ": its directory is not there"
    );
    BOOST_TEST(fs::is_empty(root));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::files
