#include "http/sockets/listening_socket.hpp"

#include "http/sockets/unix_address.hpp"
#include "unit/http/loopback.hpp"
#include "unit/http/scratch_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

using namespace jwtgate::http;
using namespace jwtgate::http::test;
namespace fs = std::filesystem;

server_config on(std::string address)
{
    return {.listen = {std::move(address)}, .threads = 1, .limits = {}, .own_user_only = false};
}

std::string failure_of(server_config config)
{
    try {
        running_server const server{std::move(config)};
        return "";
    } catch (std::runtime_error const& failure) {
        return failure.what();
    }
}

std::string answer_at(fs::path const& path)
{
    unix_address const address{path.string()};
    peer client{address.endpoint()};
    client.send(get("/"));
    return status_of(client.receive());
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(http_sockets_listening_socket, scratch_directory)

BOOST_AUTO_TEST_CASE(names_what_it_listens_on)
{
    auto const socket = "unix:" + (path() / "s").string();
    running_server const server{
        {.listen = {"127.0.0.1:0", "[::1]:0", socket}, .threads = 1, .limits = {}, .own_user_only = false}};

    BOOST_TEST(server.name(0).starts_with("http://127.0.0.1:"));
    BOOST_TEST(!server.name(0).ends_with(":0"));
    BOOST_TEST(server.name(1).starts_with("http://[::1]:"));
    BOOST_TEST(server.name(2) == socket);
}

BOOST_AUTO_TEST_CASE(refuses_addresses_that_are_none)
{
    for (std::string const spec :
         {"",
          "8080",
          ":8080",
          "localhost:80",
          "127.0.0.1",
          "127.0.0.1:",
          "127.0.0.1:65536",
          "127.0.0.1:+1",
          "127.0.0.1:8a",
          "::1:80",
          "[::1]",
          "[127.0.0.1]:80",
          "::1",
          "*:80"}) {
        BOOST_TEST(
            failure_of(on(spec)) ==
            "cannot listen on " + spec + ": not address:port, [ipv6]:port or unix:PATH"
        );
    }
}

BOOST_AUTO_TEST_CASE(an_address_in_use_is_told_in_one_line)
{
    running_server const server;
    auto const taken = "127.0.0.1:" + std::to_string(server.port());

    BOOST_TEST(failure_of(on(taken)) == "cannot listen on " + taken + ": Address already in use");
}

BOOST_AUTO_TEST_CASE(binds_all_or_none)
{
    running_server const server;
    auto const taken = "127.0.0.1:" + std::to_string(server.port());
    auto const socket = path() / "s";

    BOOST_TEST(failure_of({.listen = {"unix:" + socket.string(), taken}, .threads = 1, .limits = {}}) != "");
    BOOST_TEST(!fs::exists(socket));
}

BOOST_AUTO_TEST_CASE(a_port_is_free_again_after_the_end)
{
    auto server = std::make_unique<running_server>();
    auto const address = "127.0.0.1:" + std::to_string(server->port());
    peer client{server->port()};
    client.send(get("/"));
    client.receive();
    server.reset();

    BOOST_TEST(failure_of(on(address)) == "");
}

BOOST_AUTO_TEST_CASE(serves_a_unix_socket_and_removes_it_at_the_end)
{
    auto const socket = path() / "s";
    {
        running_server const server{on("unix:" + socket.string())};
        unix_address const address{socket.string()};
        peer client{address.endpoint()};
        client.send(get("/peer"));
        auto const answer = client.receive();
        BOOST_TEST(status_of(answer) == "200");
        BOOST_TEST(body_of(answer) == "");
    }
    BOOST_TEST(!fs::exists(socket));
}

BOOST_AUTO_TEST_CASE(serves_a_unix_socket_whose_path_is_long)
{
    auto const directory = path() / std::string(100, 'd');
    fs::create_directory(directory);
    auto const socket = directory / "s.sock";
    {
        running_server const server{on("unix:" + socket.string())};
        BOOST_TEST(answer_at(socket) == "200");
    }
    BOOST_TEST(!fs::exists(socket));
}

BOOST_AUTO_TEST_CASE(tells_when_a_unix_socket_cannot_be_made)
{
    auto const nowhere = "unix:" + (path() / "none" / "s").string();
    auto const nowhere_long = "unix:" + (path() / std::string(100, 'n') / "s").string();
    auto const name_too_long = "unix:" + (path() / std::string(120, 'n')).string();

    BOOST_TEST(failure_of(on(nowhere)) == "cannot listen on " + nowhere + ": No such file or directory");
    BOOST_TEST(
        failure_of(on(nowhere_long)) == "cannot listen on " + nowhere_long + ": No such file or directory"
    );
    BOOST_TEST(failure_of(on(name_too_long)) == "cannot listen on " + name_too_long + ": File name too long");
}

BOOST_AUTO_TEST_CASE(replaces_a_socket_that_nobody_listens_on)
{
    auto const socket = path() / "s";
    {
        boost::asio::io_context context;
        boost::asio::local::stream_protocol::acceptor const gone{context, {socket.string()}};
    }
    BOOST_REQUIRE(fs::is_socket(socket));

    running_server const server{on("unix:" + socket.string())};

    BOOST_TEST(answer_at(socket) == "200");
}

BOOST_AUTO_TEST_CASE(leaves_a_socket_in_use_alone)
{
    auto const socket = path() / "s";
    running_server const server{on("unix:" + socket.string())};

    BOOST_TEST(
        failure_of(on("unix:" + socket.string())) ==
        "cannot listen on unix:" + socket.string() + ": Address already in use"
    );
    BOOST_TEST(answer_at(socket) == "200");
}

BOOST_AUTO_TEST_CASE(leaves_a_file_that_is_no_socket_alone)
{
    auto const file = path() / "precious";
    std::ofstream{file} << "data";

    BOOST_TEST(
        failure_of(on("unix:" + file.string())) ==
        "cannot listen on unix:" + file.string() + ": Address already in use"
    );
    BOOST_TEST(fs::file_size(file) == 4U);
}

BOOST_AUTO_TEST_CASE(leaves_the_socket_of_a_successor_alone)
{
    auto const socket = path() / "s";
    auto first = std::make_unique<running_server>(on("unix:" + socket.string()));
    fs::remove(socket);
    running_server const successor{on("unix:" + socket.string())};

    first.reset();

    BOOST_TEST(answer_at(socket) == "200");
}

BOOST_AUTO_TEST_CASE(a_socket_has_the_mode_that_was_asked_for_whatever_the_umask)
{
    auto const deep = path() / std::string(100, 'd');
    std::filesystem::create_directory(deep);
    for (auto const& socket : {path() / "s", deep / "s"}) {
        for (mode_t const mode : {0600U, 0660U, 0666U}) {
            auto const before = ::umask(mode == 0600U ? 0U : 077U);
            running_server const server{
                {.listen = {"unix:" + socket.string()}, .threads = 1, .limits = {}, .socket_mode = mode}};
            ::umask(before);

            struct stat found = {};
            BOOST_REQUIRE(::stat(socket.c_str(), &found) == 0);
            BOOST_TEST((found.st_mode & 0777U) == mode);
            BOOST_TEST(answer_at(socket) == "200");
        }
    }
}

BOOST_AUTO_TEST_CASE(a_private_socket_serves_its_owner)
{
    auto const socket = path() / "s";
    running_server const server{
        {.listen = {"unix:" + socket.string()}, .threads = 1, .limits = {}, .own_user_only = true}};
    BOOST_TEST(answer_at(socket) == "200");
}

BOOST_AUTO_TEST_SUITE_END()
