#include "http/client.hpp"

#include "unit/http/loopback.hpp"

#include <boost/asio/error.hpp>
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <string>

namespace {

using namespace jwtgate::http;
using namespace jwtgate::http::test;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

struct fixture {
    fixture()
    {
        std::string name = (fs::temp_directory_path() / "jwtgate-http-XXXXXX").string();
        directory = ::mkdtemp(name.data());
        directory /= std::string(100, 'd');  // so that no path fits into an address
        fs::create_directory(directory);
        path = (directory / "control.sock").string();
    }

    fixture(fixture const&) = delete;
    fixture& operator=(fixture const&) = delete;

    ~fixture() { fs::remove_all(directory.parent_path()); }

    fs::path directory;
    std::string path;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(http_client, fixture)

BOOST_AUTO_TEST_CASE(posts_a_body_and_returns_status_and_body)
{
    running_server const server{
        {.listen = {"unix:" + path}, .threads = 1, .limits = {}, .own_user_only = true}};

    auto const echoed = post_over_unix(path, "/echo", R"({"a":1})", 10s);
    auto const failed = post_over_unix(path, "/throw", "", 10s);

    BOOST_TEST(echoed.value().status == 200U);
    BOOST_TEST(echoed.value().body == R"({"a":1})");
    BOOST_TEST(failed.value().status == 407U);
}

BOOST_AUTO_TEST_CASE(tells_when_no_server_is_there)
{
    BOOST_TEST(post_over_unix(path, "/", "", 10s).error() == boost::system::errc::no_such_file_or_directory);
    BOOST_TEST(
        post_over_unix("/nowhere/s", "/", "", 10s).error() == boost::system::errc::no_such_file_or_directory
    );
}

BOOST_AUTO_TEST_CASE(gives_up_after_its_time)
{
    running_server server{{.listen = {"unix:" + path}, .threads = 1, .limits = {}, .own_user_only = true}};

    auto const late = post_over_unix(path, "/wait", "", 100ms);

    BOOST_TEST(late.error() == boost::asio::error::timed_out);
    server.shared().release.set_value();
}

BOOST_AUTO_TEST_SUITE_END()
