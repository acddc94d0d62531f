#include "http/sockets/inherited_socket.hpp"

#include "unit/http/loopback.hpp"
#include "unit/http/scratch_directory.hpp"

#include <boost/asio/ip/udp.hpp>
#include <boost/test/unit_test.hpp>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>
#include <future>
#include <stdexcept>
#include <string>

namespace {

using namespace jwtgate::http;
using namespace jwtgate::http::test;
namespace asio = boost::asio;
namespace fs = std::filesystem;
using asio::ip::tcp;
using local = asio::local::stream_protocol;

/// A socket that stays with whoever starts servers on it.
template <class Protocol>
class held_socket {
public:
    explicit held_socket(typename Protocol::endpoint const& address) : acceptor_{context_, address} {}

    /// A descriptor of it for one more server.
    inherited_socket share() { return inherit(::dup(acceptor_.native_handle())); }

    /// What a server would take over.
    inherited_socket look()
    {
        auto seen = share();
        ::close(seen.descriptor);
        return seen;
    }

    auto address() const { return acceptor_.local_endpoint(); }

private:
    asio::io_context context_;
    typename Protocol::acceptor acceptor_;
};

using held_tcp = held_socket<tcp>;
using held_unix = held_socket<local>;

constexpr auto const* wrong_kind = "it is not a listening stream socket of IPv4, IPv6 or unix";

tcp::endpoint loopback()
{
    return {asio::ip::address_v4::loopback(), 0};
}

server_config on(inherited_socket socket)
{
    return {.listen = {"127.0.0.1:1"}, .inherited = {std::move(socket)}, .threads = 1, .limits = {}};
}

std::string refusal_of(int descriptor)
{
    try {
        inherit(descriptor);
    } catch (std::runtime_error const& wrong) {
        return wrong.what();
    }
    return "accepted";
}

bool is_open(int descriptor)
{
    return ::fcntl(descriptor, F_GETFD) >= 0;
}

std::string refused(int descriptor, std::string const& why)
{
    return "cannot listen on descriptor " + std::to_string(descriptor) + ": " + why;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(http_inherited_socket, scratch_directory)

BOOST_AUTO_TEST_CASE(says_what_it_listens_on)
{
    held_tcp v4{loopback()};
    held_tcp v6{{asio::ip::address_v6::loopback(), 0}};
    held_unix file{{(path() / "s").string()}};
    auto const name = "jwtgate-test-" + std::to_string(::getpid());
    held_unix abstract{{std::string(1, '\0') + name}};

    BOOST_TEST(v4.look().spec == "127.0.0.1:" + std::to_string(v4.address().port()));
    BOOST_TEST(v6.look().spec == "[::1]:" + std::to_string(v6.address().port()));
    BOOST_TEST(file.look().spec == "unix:" + (path() / "s").string());
    BOOST_TEST(abstract.look().spec == "unix:@" + name);
}

BOOST_AUTO_TEST_CASE(says_who_may_connect_to_a_unix_socket)
{
    held_tcp tcp_socket{loopback()};
    held_unix file{{(path() / "s").string()}};
    held_unix abstract{{std::string(1, '\0') + "jwtgate-test-" + std::to_string(::getpid())}};
    fs::permissions(path() / "s", fs::perms{0640});

    BOOST_TEST(tcp_socket.look().mode == 0U);
    BOOST_TEST(file.look().mode == 0640U);
    BOOST_TEST(abstract.look().mode == 0777U);
}

BOOST_AUTO_TEST_CASE(is_kept_from_child_processes)
{
    held_tcp held{loopback()};
    auto const taken = held.share();
    BOOST_TEST((::fcntl(taken.descriptor, F_GETFD) & FD_CLOEXEC) == FD_CLOEXEC);
    ::close(taken.descriptor);
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_listening_stream_socket)
{
    asio::io_context context;
    tcp::socket silent{context, loopback()};
    asio::ip::udp::socket datagrams{context, asio::ip::udp::endpoint{asio::ip::address_v4::loopback(), 0}};
    int const file = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    int const none = ::dup(file);
    ::close(none);

    for (int const socket : {silent.native_handle(), datagrams.native_handle()})
        BOOST_TEST(refusal_of(socket) == refused(socket, wrong_kind));
    BOOST_TEST(refusal_of(file) == refused(file, "Socket operation on non-socket"));
    BOOST_TEST(refusal_of(none) == refused(none, "Bad file descriptor"));
    ::close(file);
}

BOOST_AUTO_TEST_CASE(refuses_a_socket_of_packets)
{
    int const packets = ::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    sockaddr_un const unnamed{.sun_family = AF_UNIX, .sun_path = {}};
    BOOST_REQUIRE(::bind(packets, reinterpret_cast<sockaddr const*>(&unnamed), sizeof(sa_family_t)) == 0);
    BOOST_REQUIRE(::listen(packets, 1) == 0);

    BOOST_TEST(refusal_of(packets) == refused(packets, wrong_kind));
    ::close(packets);
}

BOOST_AUTO_TEST_CASE(stands_in_the_place_of_what_listen_says)
{
    held_tcp held{loopback()};
    running_server const server{on(held.share())};
    peer client{held.address()};

    client.send(get("/peer"));

    BOOST_TEST(server.name() == "http://127.0.0.1:" + std::to_string(held.address().port()));
    BOOST_TEST(body_of(client.receive()) == "127.0.0.1");
}

BOOST_AUTO_TEST_CASE(two_are_served_side_by_side)
{
    held_tcp one{loopback()};
    held_unix other{{(path() / "s").string()}};
    running_server const server{{.inherited = {one.share(), other.share()}, .limits = {}}};
    peer by_tcp{one.address()};
    peer by_file{other.address()};

    by_tcp.send(get("/"));
    by_file.send(get("/"));

    BOOST_TEST(status_of(by_tcp.receive()) == "200");
    BOOST_TEST(status_of(by_file.receive()) == "200");
    BOOST_TEST(server.name(1) == "unix:" + (path() / "s").string());
}

BOOST_AUTO_TEST_CASE(what_came_before_the_start_is_served)
{
    held_tcp held{loopback()};
    peer early{held.address()};
    early.send(get("/"));

    running_server const server{on(held.share())};

    BOOST_TEST(status_of(early.receive()) == "200");
}

BOOST_AUTO_TEST_CASE(what_comes_after_a_drain_is_left_to_the_successor)
{
    held_tcp held{loopback()};
    auto first = std::make_unique<running_server>(on(held.share()));
    first->drain();
    peer late{held.address()};
    late.send(get("/"));
    BOOST_TEST(!late.is_readable_within(std::chrono::milliseconds{50}));
    first.reset();

    running_server const successor{on(held.share())};

    BOOST_TEST(status_of(late.receive()) == "200");
}

BOOST_AUTO_TEST_CASE(what_waits_at_a_drain_is_left_to_the_successor)
{
    held_tcp held{loopback()};
    auto const shared = held.share();
    server_config full = on(shared);
    full.limits.connections = 1;
    auto first = std::make_unique<running_server>(full);
    peer busy{held.address()};
    busy.send(get("/wait"));
    first->shared().entered.get_future().wait();
    peer waiting{held.address()};
    waiting.send(get("/"));

    auto drained = std::async(std::launch::async, [&first] { first->drain(); });
    while (is_open(shared.descriptor)) continue;
    first->shared().release.set_value();
    BOOST_TEST(body_of(busy.receive_all()) == "waited");
    drained.get();
    first.reset();
    BOOST_TEST(!waiting.is_readable_within(std::chrono::milliseconds{0}));
    running_server const successor{on(held.share())};

    BOOST_TEST(status_of(waiting.receive()) == "200");
}

BOOST_AUTO_TEST_CASE(its_file_and_the_mode_of_that_stay_as_they_are)
{
    auto const file = path() / "s";
    held_unix held{{file.string()}};
    fs::permissions(file, fs::perms{0620});
    for (int life = 0; life < 2; ++life) {
        running_server server{on(held.share())};
        peer client{held.address()};
        client.send(get("/"));
        BOOST_TEST(status_of(client.receive()) == "200");
        server.drain();
    }

    BOOST_TEST(fs::is_socket(file));
    BOOST_CHECK(fs::status(file).permissions() == fs::perms{0620});
}

BOOST_AUTO_TEST_SUITE_END()
