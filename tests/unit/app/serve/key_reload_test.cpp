#include "app/serve/key_reload.hpp"

#include "files/key_file.hpp"
#include "files/key_file_change.hpp"
#include "support/fake_domain.hpp"
#include "support/fake_random.hpp"
#include "support/stderr_capture.hpp"
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
    fs::path const file = directory.path() / "keys.json";
    core::random_source random = test::counting_random();
    jwt::key_ring ring{test::one_key("old")};
    core::log log{core::log_level::info, core::log_format::text};
    key_reload reload{file, ring, log};
    test::stderr_capture shown;

    void write(fs::path const& to, std::string_view kid)
    {
        files::key_file_change(to).write(files::new_key_set(jwt::algorithm::hs256, kid, random).reveal());
    }

    std::string signing() const { return ring.current()->signing_key().id; }

    /// The one line that was logged, from its level on.
    std::string logged() const
    {
        log.flush();
        auto const text = shown.text();
        BOOST_TEST(std::ranges::count(text, '\n') == 1);
        return text.substr(text.find(' ') + 1);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(app_serve_key_reload, fixture)

BOOST_AUTO_TEST_CASE(the_keys_of_the_file_come_into_force)
{
    write(file, "new");
    BOOST_TEST(reload.reload() == "");
    BOOST_TEST(signing() == "new");
    BOOST_TEST(logged() == "info keys reloaded keys=1 signs=new\n");
}

BOOST_AUTO_TEST_CASE(the_old_keys_stay_when_the_file_cannot_be_used)
{
    auto const reason = "key file " + file.string() + ": No such file or directory";
    BOOST_TEST(reload.reload() == reason);
    BOOST_TEST(signing() == "old");
    BOOST_TEST(logged() == "error keys not reloaded, the old ones stay reason=\"" + reason + "\"\n");
}

BOOST_AUTO_TEST_CASE(a_command_that_changed_the_file_is_followed_by_whatever_name)
{
    write(file, "new");
    auto const link = directory.path() / "link";
    fs::create_symlink(file, link);
    auto const reply = reload.follow(link.string());
    BOOST_TEST(reply.refused == "");
    BOOST_TEST(reply.note == "");
    BOOST_TEST(signing() == "new");
}

BOOST_AUTO_TEST_CASE(a_command_that_changed_another_file_is_told_so)
{
    write(file, "new");
    auto const other = directory.path() / "other.json";
    write(other, "other");
    auto const reply = reload.follow(other.string());
    BOOST_TEST(reply.refused == "");
    BOOST_TEST(
        reply.note == "the running server does not follow: its key file is another one, " + file.string()
    );
    BOOST_TEST(signing() == "old");
    log.flush();
    BOOST_TEST(shown.text() == "");
}

BOOST_AUTO_TEST_CASE(its_own_file_is_known_though_it_is_missing)
{
    fs::remove(file);
    auto const reply = reload.follow((directory.path() / "." / "keys.json").string());
    BOOST_TEST(reply.refused == "key file " + file.string() + ": No such file or directory");
    BOOST_TEST(reply.note == "");
    BOOST_TEST(reload.follow((directory.path() / "other.json").string()).refused == "");
}

BOOST_AUTO_TEST_CASE(a_command_is_told_why_its_change_is_not_in_force)
{
    std::ofstream(file) << "{}";
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    auto const reply = reload.follow(file.string());
    BOOST_TEST(reply.refused == "key file " + file.string() + ": keys is not a list of keys");
    BOOST_TEST(signing() == "old");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::app
