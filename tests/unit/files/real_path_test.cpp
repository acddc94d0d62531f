#include "files/real_path.hpp"

#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace jwtgate::files {
namespace {

namespace fs = std::filesystem;

struct fixture {
    test::temporary_directory directory;
    fs::path root = fs::canonical(directory.path());

    fixture()
    {
        fs::create_directories(root / "a" / "b");
        std::ofstream(root / "a" / "file") << "";
        fs::create_symlink("a", root / "to-a");
        fs::create_symlink("file", root / "a" / "to-file");
        fs::create_symlink("to-file", root / "a" / "to-to-file");
        fs::create_symlink(root / "a" / "none", root / "to-none");
        fs::create_symlink("../none", root / "a" / "to-upper-none");
        fs::create_symlink("round", root / "round");
    }

    std::string refusal(fs::path const& file) const
    {
        try {
            real_path(root / file);
        } catch (std::runtime_error const& error) {
            return error.what();
        }
        return "";
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(files_real_path, fixture)

BOOST_AUTO_TEST_CASE(a_file_has_one_path_whatever_it_is_called)
{
    struct row {
        char const* name;
        char const* real;
    };

    for (auto const& [name, real] : {
             row{"a/file", "a/file"},
             row{"./a//file", "a/file"},
             row{"a/b/../file", "a/file"},
             row{"to-a/file", "a/file"},
             row{"to-a/b/../to-file", "a/file"},
             row{"a/to-file", "a/file"},
             row{"a/to-to-file", "a/file"},
             row{"to-a/to-to-file", "a/file"},
             row{"a/none", "a/none"},
             row{"to-a/none", "a/none"},
             row{"to-none", "a/none"},
             row{"to-a/to-upper-none", "none"},
             row{"none/none", "none/none"},
         }) {
        BOOST_TEST(real_path(root / name) == root / real, name);
    }
}

BOOST_AUTO_TEST_CASE(a_relative_path_begins_where_the_program_runs)
{
    auto const before = fs::current_path();
    fs::current_path(root / "a" / "b");
    BOOST_TEST(real_path("../to-file") == root / "a" / "file");
    BOOST_TEST(real_path("new") == root / "a" / "b" / "new");
    fs::current_path(before);
}

BOOST_AUTO_TEST_CASE(what_leads_nowhere_has_none)
{
    BOOST_TEST(refusal("round") == "Too many levels of symbolic links");
    BOOST_TEST(refusal("a/file/below") == "Not a directory");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::files
