#include "files/file_lock.hpp"

#include "core/descriptor.hpp"
#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace jwtgate::files {
namespace {

namespace fs = std::filesystem;

struct fixture {
    test::temporary_directory directory;
    fs::path file = directory.path() / "lock";

    std::string refusal() const
    {
        try {
            file_lock::try_take(file);
        } catch (std::runtime_error const& error) {
            return error.what();
        }
        return "";
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(files_file_lock, fixture)

BOOST_AUTO_TEST_CASE(one_holds_it_until_it_goes)
{
    {
        auto const held = file_lock::try_take(file);
        BOOST_TEST(held.has_value());
        BOOST_TEST(!file_lock::try_take(file).has_value());
        BOOST_TEST((fs::status(file).permissions() == (fs::perms::owner_read | fs::perms::owner_write)));
    }
    BOOST_TEST(file_lock::try_take(file).has_value());
}

BOOST_AUTO_TEST_CASE(a_file_that_it_made_goes_unless_it_is_kept)
{
    file_lock::try_take(file);
    BOOST_TEST(!fs::exists(file));
    file_lock::try_take(file)->keep();
    BOOST_TEST(fs::exists(file));
    file_lock::try_take(file);
    BOOST_TEST(fs::exists(file));
}

BOOST_AUTO_TEST_CASE(who_does_not_get_it_leaves_it_alone)
{
    auto const held = file_lock::try_take(file);
    for (int tries = 0; tries < 3; ++tries) file_lock::try_take(file);
    BOOST_TEST(fs::exists(file));
}

BOOST_AUTO_TEST_CASE(a_holder_that_moved_on_releases_once)
{
    auto first = file_lock::try_take(file);
    auto const second = std::move(first);
    first.reset();  // NOLINT(bugprone-use-after-move): it holds nothing more
    BOOST_TEST(fs::exists(file));
    BOOST_TEST(!file_lock::try_take(file).has_value());
}

BOOST_AUTO_TEST_CASE(a_lock_on_a_file_of_another_name_is_none)
{
    std::ofstream(file) << "";
    core::descriptor const old(open(file.c_str(), O_RDWR | O_CLOEXEC));
    fs::rename(file, directory.path() / "gone");
    BOOST_REQUIRE_EQUAL(flock(old.number(), LOCK_EX), 0);
    auto const held = file_lock::try_take(file);
    BOOST_TEST(held.has_value());
    BOOST_TEST(!file_lock::try_take(file).has_value());
}

BOOST_AUTO_TEST_CASE(without_its_directory_it_is_worth_another_try)
{
    file = directory.path() / "none" / "lock";
    BOOST_TEST(!file_lock::try_take(file).has_value());
    BOOST_TEST(refusal() == "");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_opened_is_named)
{
    fs::create_directory(file);
    BOOST_TEST(refusal() == "cannot open lock file " + file.string() + ": Is a directory");
    fs::remove(file);
    fs::create_symlink(directory.path() / "other", file);
    BOOST_TEST(refusal() == "cannot open lock file " + file.string() + ": Too many levels of symbolic links");
    BOOST_TEST(!fs::exists(directory.path() / "other"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::files
