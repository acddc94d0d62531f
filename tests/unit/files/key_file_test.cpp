#include "files/key_file.hpp"

#include "support/fake_random.hpp"
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
    fs::path file = directory.path() / "keys.json";
    core::random_source random = test::counting_random();

    void write(std::string_view text, mode_t mode) const
    {
        std::ofstream(file) << text;
        chmod(file.c_str(), mode);
    }

    std::string refusal() const
    {
        try {
            load_keys(file);
        } catch (key_file_error const& error) {
            return error.what();
        }
        return "";
    }

    std::string said(std::string const& reason) const { return "key file " + file.string() + ": " + reason; }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(files_key_file, fixture)

BOOST_AUTO_TEST_CASE(a_new_key_is_as_long_as_its_hash)
{
    for (auto const alg : {jwt::algorithm::hs256, jwt::algorithm::hs384, jwt::algorithm::hs512}) {
        auto const keys = jwt::key_set::parse(new_key_set(alg, "one", random).reveal());
        BOOST_REQUIRE(keys.has_value());
        BOOST_TEST(keys->signing_key().id == "one");
        BOOST_TEST((keys->signing_key().hmac.alg() == alg));
    }
}

BOOST_AUTO_TEST_CASE(a_missing_file_is_made_once)
{
    auto const keys = [this] {
        new_files made;
        auto found = load_or_make_keys(file, random, made);
        made.keep();
        return found;
    };
    auto const first = keys();
    BOOST_TEST((fs::status(file).permissions() == (fs::perms::owner_read | fs::perms::owner_write)));
    BOOST_TEST(keys()->signing_key().id == first->signing_key().id);
    BOOST_TEST(load_keys(file)->keys().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_start_that_fails_takes_the_new_file_away)
{
    {
        new_files made;
        load_or_make_keys(file, random, made);
    }
    BOOST_TEST(fs::is_empty(directory.path()));
}

BOOST_AUTO_TEST_CASE(only_load_or_make_makes_it)
{
    BOOST_TEST(refusal() == said("No such file or directory"));
    BOOST_CHECK_THROW(read_key_file(file), key_file_error);
    BOOST_TEST(fs::is_empty(directory.path()));
}

BOOST_AUTO_TEST_CASE(a_file_that_others_may_use_is_refused)
{
    auto const text = new_key_set(jwt::algorithm::hs256, "one", random);
    for (mode_t const mode : {0604U, 0644U}) {
        write(text.reveal(), mode);
        BOOST_TEST(refusal() == said("others may read it; chmod 600 it"));
    }
    for (mode_t const mode : {0602U, 0620U}) {
        write(text.reveal(), mode);
        BOOST_TEST(refusal() == said("others than its owner may write it; chmod 600 it"));
    }
    for (mode_t const mode : {0600U, 0640U, 0400U}) {
        fs::remove(file);
        write(text.reveal(), mode);
        BOOST_TEST(refusal() == "");
        BOOST_TEST(read_key_file(file).reveal() == text.reveal());
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_key_file_is_refused)
{
    write("{\"keys\":[]}", 0600);
    BOOST_TEST(refusal() == said("keys is not a list of keys"));
    write(std::string(largest_key_file + 1, ' '), 0600);
    BOOST_TEST(refusal() == said("larger than 1 MiB"));
    fs::remove(file);
    fs::create_directory(file);
    BOOST_TEST(refusal() == said("not a regular file"));
    fs::remove(file);
    BOOST_REQUIRE_EQUAL(mkfifo(file.c_str(), 0600), 0);
    BOOST_TEST(refusal() == said("not a regular file"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::files
