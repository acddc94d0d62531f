#include "files/key_file_change.hpp"

#include "files/key_file.hpp"
#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

namespace jwtgate::files {
namespace {

namespace fs = std::filesystem;

struct fixture {
    test::temporary_directory directory;
    fs::path file = directory.path() / "keys.json";

    static std::string read(fs::path const& from)
    {
        std::ifstream in(from);
        return {std::istreambuf_iterator<char>(in), {}};
    }

    static unsigned mode(fs::path const& of) { return static_cast<unsigned>(fs::status(of).permissions()); }

    std::size_t files() const
    {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(directory.path()), {}));
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(files_key_file_change, fixture)

BOOST_AUTO_TEST_CASE(a_new_file_is_for_its_owner_only)
{
    key_file_change const change(file);
    BOOST_TEST(!change.is_there());
    change.write("one");
    BOOST_TEST(change.is_there());
    BOOST_TEST(read(file) == "one");
    BOOST_TEST(mode(file) == 0600U);
    BOOST_TEST(files() == 1U);
}

BOOST_AUTO_TEST_CASE(the_mode_of_the_old_file_stays)
{
    for (unsigned const wanted : {0600U, 0640U, 0400U}) {
        fs::remove(file);
        std::ofstream(file) << "old";
        chmod(file.c_str(), wanted);
        key_file_change(file).write("new");
        BOOST_TEST(read(file) == "new");
        BOOST_TEST(mode(file) == wanted);
    }
}

BOOST_AUTO_TEST_CASE(who_has_the_old_file_open_still_reads_the_old_text)
{
    std::ofstream(file) << "old";
    std::ifstream in(file);
    key_file_change(file).write("new");
    std::string text;
    in >> text;
    BOOST_TEST(text == "old");
    BOOST_TEST(read(file) == "new");
}

BOOST_AUTO_TEST_CASE(a_symbolic_link_is_followed)
{
    fs::create_directory(directory.path() / "real");
    auto const target = directory.path() / "real" / "ring.json";
    std::ofstream(target) << "old";
    fs::create_symlink("real/ring.json", file);
    key_file_change(file).write("new");
    BOOST_TEST(fs::is_symlink(file));
    BOOST_TEST(!fs::is_symlink(target));
    BOOST_TEST(read(target) == "new");
}

BOOST_AUTO_TEST_CASE(what_a_dangling_link_points_to_is_made)
{
    fs::create_directory(directory.path() / "real");
    fs::create_symlink("real/ring.json", directory.path() / "second");
    fs::create_symlink("second", file);
    key_file_change const change(file);
    BOOST_TEST(!change.is_there());
    change.write("new");
    BOOST_TEST(fs::is_symlink(file));
    BOOST_TEST(read(directory.path() / "real" / "ring.json") == "new");
}

BOOST_AUTO_TEST_CASE(links_in_a_circle_are_refused)
{
    fs::create_symlink("keys.json", file);
    BOOST_CHECK_THROW(key_file_change{file}, key_file_error);
}

BOOST_AUTO_TEST_CASE(what_a_crash_left_behind_is_replaced)
{
    auto const left = directory.path() / "keys.json.new";
    std::ofstream(left) << "a long text that was never finished";
    chmod(left.c_str(), 0644);
    key_file_change(file).write("new");
    BOOST_TEST(read(file) == "new");
    BOOST_TEST(mode(file) == 0600U);
    BOOST_TEST(files() == 1U);
}

BOOST_AUTO_TEST_CASE(a_change_that_fails_leaves_the_old_file)
{
    std::ofstream(file) << "old";
    auto const refused = [this](std::runtime_error const& error) {
        return error.what() == "key file " + fs::canonical(file).string() + ": would be larger than 1 MiB";
    };
    std::string const large(largest_key_file + 1, ' ');
    BOOST_CHECK_EXCEPTION(key_file_change(file).write(large), std::runtime_error, refused);
    BOOST_TEST(read(file) == "old");
    BOOST_TEST(files() == 1U);
}

BOOST_AUTO_TEST_CASE(a_directory_that_is_not_there_is_not_made)
{
    auto const lost = directory.path() / "none" / "keys.json";
    auto const refused = [&](key_file_error const& error) {
        return error.what() == "key file " + lost.string() + ": No such file or directory";
    };
    BOOST_CHECK_EXCEPTION(key_file_change{lost}, key_file_error, refused);
}

BOOST_AUTO_TEST_CASE(no_change_is_lost_to_another_one)
{
    constexpr std::size_t changes = 16;
    std::ofstream(file) << "";
    std::vector<std::jthread> at_once;
    for (std::size_t i = 0; i < changes; ++i) {
        at_once.emplace_back([this] {
            key_file_change const change(file);
            change.write(read(file) + "x");
        });
    }
    at_once.clear();
    BOOST_TEST(read(file) == std::string(changes, 'x'));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::files
