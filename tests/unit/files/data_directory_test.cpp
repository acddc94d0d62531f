#include "files/data_directory.hpp"

#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

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
    fs::path path = directory.path() / "data";

    std::string refusal() const
    {
        new_files made;
        try {
            make_data_directory(path, made);
        } catch (std::runtime_error const& error) {
            return error.what();
        }
        made.keep();
        return "";
    }

    std::string said(std::string const& reason) const
    {
        return "data directory " + path.string() + ": " + reason;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(files_data_directory, fixture)

BOOST_AUTO_TEST_CASE(a_missing_one_is_made_for_its_owner)
{
    BOOST_TEST(refusal() == "");
    BOOST_TEST((fs::status(path).permissions() == fs::perms::owner_all));
}

BOOST_AUTO_TEST_CASE(only_its_owner_may_write_it)
{
    fs::create_directory(path);
    for (mode_t const mode : {0700U, 0750U, 0755U, 0711U, 0500U, 02755U, 01700U}) {
        chmod(path.c_str(), mode);
        BOOST_TEST(refusal() == "", mode);
    }
    for (mode_t const mode : {0777U, 0775U, 0770U, 0720U, 0702U, 0757U, 01777U, 02770U}) {
        chmod(path.c_str(), mode);
        BOOST_TEST(refusal() == said("others than its owner may write it; chmod 700 it"), mode);
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_directory_is_refused)
{
    std::ofstream(path) << "mine";
    BOOST_TEST(refusal() == said("is not a directory"));
    BOOST_TEST(fs::file_size(path) == 4U);
}

BOOST_AUTO_TEST_CASE(under_nothing_it_is_not_made)
{
    path = directory.path() / "none" / "data";
    BOOST_TEST(refusal().starts_with(said("cannot be reached or made as user ")));
    BOOST_TEST(refusal().ends_with(": No such file or directory"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::files
