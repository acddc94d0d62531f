#include "store/sqlite_file.hpp"

#include "unit/store/fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/stat.h>

using jwtgate::store::sqlite_file;
using namespace jwtgate::store::test;

namespace {

std::string reason(std::filesystem::path const& file)
{
    try {
        sqlite_file const opened(file);
    } catch (std::exception const& failure) {
        return failure.what();
    }
    return "opened";
}

void write(std::filesystem::path const& file, std::string const& text)
{
    std::ofstream(file) << text;
}

std::string fault_of(jwtgate::store::files_in_place& files)
{
    try {
        files.check();
    } catch (std::runtime_error const& failure) {
        return failure.what();
    }
    return {};
}

// A database that a connection has open.
struct opened : database {
    static constexpr char const* why = "its file was moved, removed or replaced";
    jwtgate::store::files_in_place files{*sql, directory / "a.db"};

    std::string lost() { return fault_of(files); }
};

// The same, known by links to it: one of the file and one of its directory.
struct linked : opened {
    linked()
    {
        std::filesystem::create_symlink("a.db", directory / "file");
        std::filesystem::create_directory_symlink(directory.path(), directory / "elsewhere");
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(store_sqlite_file)

BOOST_AUTO_TEST_CASE(makes_a_missing_file_that_only_the_owner_may_read)
{
    temporary_directory const directory;
    auto const old_mask = ::umask(0);
    {
        sqlite_file file(directory / "new.db");
        BOOST_TEST(file.is_new());
        file.keep();
    }
    ::umask(old_mask);
    auto const mode = std::filesystem::status(directory / "new.db").permissions();
    BOOST_TEST((mode == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)));
}

BOOST_AUTO_TEST_CASE(takes_a_new_file_away_unless_it_is_kept)
{
    temporary_directory const directory;
    {
        sqlite_file const file(directory / "new.db");
        write(directory / "new.db-wal", "log");
        write(directory / "new.db-shm", "index");
    }
    BOOST_TEST(directory.contents().empty());
}

BOOST_AUTO_TEST_CASE(a_file_that_others_may_use_is_refused)
{
    temporary_directory const directory;
    auto const file = directory / "old.db";
    write(file, "");
    for (mode_t const mode : {0600U, 0640U}) {
        ::chmod(file.c_str(), mode);
        BOOST_TEST(reason(file) == "opened", mode);
    }
    for (mode_t const mode : {0604U, 0644U, 0666U}) {
        ::chmod(file.c_str(), mode);
        BOOST_TEST(reason(file) == "others may read it; chmod 600 it", mode);
    }
    for (mode_t const mode : {0620U, 0660U, 0602U}) {
        ::chmod(file.c_str(), mode);
        BOOST_TEST(reason(file) == "others than its owner may write it; chmod 600 it", mode);
    }
}

BOOST_AUTO_TEST_CASE(leaves_a_file_that_was_there)
{
    temporary_directory const directory;
    write(directory / "old.db", "text");
    {
        sqlite_file const file(directory / "old.db");
        BOOST_TEST(!file.is_new());
    }
    BOOST_TEST(directory.contents().at("old.db") == "text");
}

BOOST_AUTO_TEST_CASE(says_why_a_file_cannot_be)
{
    temporary_directory const directory;
    BOOST_TEST(reason(directory / "missing" / "a.db") == "No such file or directory");
    BOOST_TEST(reason(directory.path()) == "Is a directory");
}

BOOST_AUTO_TEST_CASE(says_that_a_directory_or_file_may_not_be_written)
{
    temporary_directory const directory;
    write(directory / "old.db", "text");
    std::filesystem::permissions(directory / "old.db", std::filesystem::perms::owner_read);
    std::filesystem::permissions(
        directory.path(),
        std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec |
            std::filesystem::perms::others_read | std::filesystem::perms::others_exec
    );
    auto const before = directory.contents();
    constexpr uid_t nobody = 65534;
    auto const refused = in_child([&directory] {
        if (::geteuid() == 0 && ::seteuid(nobody) != 0) return 1;
        if (reason(directory / "new.db") != "Permission denied") return 2;
        return reason(directory / "old.db") == "Permission denied" ? 0 : 3;
    });
    BOOST_TEST(refused == 0);
    BOOST_TEST((directory.contents() == before));
    std::filesystem::permissions(directory.path(), std::filesystem::perms::owner_all);
}

BOOST_FIXTURE_TEST_CASE(tells_when_another_file_or_none_bears_the_name, opened)
{
    auto const elsewhere = directory / "elsewhere";
    BOOST_TEST(lost() == "");
    for (std::string const name : {"a.db", "a.db-wal"}) {
        std::filesystem::rename(directory / name, elsewhere);
        BOOST_TEST(lost() == why, name);
        std::filesystem::copy_file(elsewhere, directory / name);
        BOOST_TEST(lost() == why, name);
        std::filesystem::rename(elsewhere, directory / name);
        BOOST_TEST(lost() == "");
    }
}

BOOST_FIXTURE_TEST_CASE(tells_when_a_link_to_it_leads_elsewhere, linked)
{
    temporary_directory const restored;
    std::filesystem::copy_file(directory / "a.db", restored / "a.db");
    for (auto const& [link, name, target] : {
             std::tuple{directory / "file", directory / "file", restored / "a.db"},
             {directory / "elsewhere", directory / "elsewhere" / "a.db", restored.path()},
         }) {
        jwtgate::store::files_in_place known(*sql, name);
        BOOST_TEST(fault_of(known) == "");
        std::filesystem::remove(link);
        BOOST_TEST(fault_of(known) == why);
        std::filesystem::create_symlink(target, link);
        BOOST_TEST(fault_of(known) == why);
    }
}

BOOST_FIXTURE_TEST_CASE(tells_when_the_directory_was_moved, opened)
{
    BOOST_TEST(lost() == "");
    auto const elsewhere = directory.path().native() + "_elsewhere";
    std::filesystem::rename(directory.path(), elsewhere);
    BOOST_TEST(lost() == why);
    std::filesystem::rename(elsewhere, directory.path());
    BOOST_TEST(lost() == "");
}

BOOST_AUTO_TEST_SUITE_END()
