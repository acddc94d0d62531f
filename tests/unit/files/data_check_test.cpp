#include "files/data_check.hpp"

#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace jwtgate::files {
namespace {

namespace fs = std::filesystem;

struct fixture {
    test::temporary_directory directory;
    config::settings chosen;

    fixture()
    {
        chosen.data_dir = directory.path() / "data";
        chosen.database = chosen.data_dir / "jwtgate.db";
        chosen.key_file = chosen.data_dir / "keys.json";
        fs::create_directory(chosen.data_dir);
        chmod(chosen.data_dir.c_str(), 0700);
    }

    static void write(fs::path const& file, std::string_view text, mode_t mode)
    {
        std::ofstream(file) << text;
        chmod(file.c_str(), mode);
    }

    std::string refusal() const
    {
        try {
            check_data(chosen);
        } catch (config::error const& wrong) {
            return wrong.what();
        }
        return "";
    }

    std::string in_data(std::string const& option, std::string const& what, fs::path const& file) const
    {
        return option + ": " + what + ' ' + file.string() + ": ";
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(files_data_check, fixture)

BOOST_AUTO_TEST_CASE(what_a_start_would_make_is_good_and_not_made)
{
    BOOST_TEST(refusal() == "");
    BOOST_TEST(fs::is_empty(chosen.data_dir));
    fs::remove(chosen.data_dir);
    BOOST_TEST(refusal() == "");
    BOOST_TEST(!fs::exists(chosen.data_dir));
}

BOOST_AUTO_TEST_CASE(the_data_directory_is_judged)
{
    chmod(chosen.data_dir.c_str(), 0777);
    BOOST_TEST(
        refusal() == in_data("data-dir", "data directory", chosen.data_dir) +
                         "others than its owner may write it; chmod 700 it"
    );
    chosen.data_dir = directory.path() / "none" / "data";
    BOOST_TEST(
        refusal().starts_with(in_data("data-dir", "data directory", chosen.data_dir) + "cannot be made")
    );
}

BOOST_AUTO_TEST_CASE(the_database_is_judged)
{
    write(chosen.database, "", 0644);
    auto const named = in_data("database", "database", chosen.database);
    BOOST_TEST(refusal() == named + "others may read it; chmod 600 it");
    write(chosen.database, "no database, but text of some length", 0600);
    BOOST_TEST(refusal() == named + "file is not a database");
    chosen.database = directory.path() / "none" / "jwtgate.db";
    BOOST_TEST(
        refusal() == "database: there is no directory " + fs::canonical(directory.path()).string() + "/none"
    );
}

BOOST_AUTO_TEST_CASE(the_key_file_is_judged)
{
    auto const named = in_data("key-file", "key file", chosen.key_file);
    write(chosen.key_file, "{}", 0644);
    BOOST_TEST(refusal() == named + "others may read it; chmod 600 it");
    write(chosen.key_file, "{}", 0620);
    BOOST_TEST(refusal() == named + "others than its owner may write it; chmod 600 it");
    write(chosen.key_file, "{}", 0600);
    BOOST_TEST(refusal().starts_with(named));
    chosen.key_file = directory.path() / "none" / "keys.json";
    BOOST_TEST(
        refusal() == "key-file: there is no directory " + fs::canonical(directory.path()).string() + "/none"
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::files
