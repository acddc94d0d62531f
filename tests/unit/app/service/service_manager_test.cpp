#include "app/service/service_manager.hpp"

#include "support/stderr_capture.hpp"
#include "support/temporary_directory.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/datagram_protocol.hpp>
#include <boost/test/unit_test.hpp>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>

namespace {

using namespace jwtgate;
using app::service_manager;
using boost::asio::local::datagram_protocol;

/// What a service manager receives on.
class receiver {
public:
    explicit receiver(std::string const& path) : socket_{context_, datagram_protocol::endpoint{path}}
    {
        socket_.non_blocking(true);
    }

    std::string next()
    {
        std::array<char, 256> bytes{};
        boost::system::error_code failure;
        auto const size = socket_.receive(boost::asio::buffer(bytes), 0, failure);
        return failure ? failure.message() : std::string(bytes.data(), size);
    }

private:
    boost::asio::io_context context_;
    datagram_protocol::socket socket_;
};

/// How many messages one more socket sends there before the receiver takes no more.
int sends_of_a_crowd(std::string const& path)
{
    boost::asio::io_context context;
    datagram_protocol::socket one{context, datagram_protocol{}};
    one.non_blocking(true);
    boost::system::error_code failure;
    int sent = -1;
    for (; !failure; ++sent) one.send_to(boost::asio::buffer("x"), {path}, 0, failure);
    return sent;
}

/// Complaints about a manager at this address that is told twice.
std::string complaints_about(std::string_view socket)
{
    test::stderr_capture const err;
    core::log const log{core::log_level::info, core::log_format::text};
    service_manager manager{socket, log};
    manager.ready();
    manager.stopping();
    log.flush();
    return err.text();
}

std::size_t lines_of(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(app_service_service_manager, test::temporary_directory)

BOOST_AUTO_TEST_CASE(is_told_each_state_in_a_message_of_its_own)
{
    auto const name = "jwtgate-test-" + std::to_string(::getpid());
    auto const file = (path() / "notify").string();
    core::log const log{core::log_level::off, core::log_format::text};

    struct row {
        std::string bound;
        std::string told;
    };

    for (auto const& [bound, told] : {row{file, file}, row{std::string(1, '\0') + name, "@" + name}}) {
        receiver there{bound};
        service_manager manager{told, log};
        manager.ready();
        manager.alive();
        manager.stopping();

        BOOST_TEST(there.next() == "READY=1");
        BOOST_TEST(there.next() == "WATCHDOG=1");
        BOOST_TEST(there.next() == "STOPPING=1");
        BOOST_TEST(there.next() == "Resource temporarily unavailable");
    }
}

BOOST_AUTO_TEST_CASE(is_told_when_a_reload_began)
{
    auto const file = (path() / "notify").string();
    receiver there{file};
    core::log const log{core::log_level::off, core::log_format::text};
    auto const now = [] {
        return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::microseconds{1};
    };

    auto const before = now();
    service_manager{file, log}.reloading();
    auto const after = now();

    std::string const begin = "RELOADING=1\nMONOTONIC_USEC=";
    auto const message = there.next();
    BOOST_TEST_REQUIRE(message.starts_with(begin));
    auto const time = std::stoll(message.substr(begin.size()));
    BOOST_TEST((before <= time && time <= after));
}

BOOST_AUTO_TEST_CASE(nobody_is_told_where_there_is_none)
{
    BOOST_TEST(complaints_about("") == "");
}

BOOST_AUTO_TEST_CASE(what_fails_is_said_once)
{
    for (auto const& nowhere :
         {(path() / "none").string(),
          std::string("@jwtgate-test-none"),
          std::string("vsock:2:1"),
          "/" + std::string(107, 'x')}) {
        auto const said = complaints_about(nowhere);
        BOOST_TEST(lines_of(said) == 1U, said);
        BOOST_TEST(said.find("the service manager cannot be told") != std::string::npos, said);
    }
}

BOOST_AUTO_TEST_CASE(one_that_reads_nothing_is_not_waited_for_long)
{
    auto const file = (path() / "notify").string();
    receiver const there{file};
    while (sends_of_a_crowd(file) > 0) continue;

    auto const said = complaints_about(file);

    BOOST_TEST(lines_of(said) == 1U, said);
    BOOST_TEST(said.find("temporarily unavailable") != std::string::npos, said);
}

BOOST_AUTO_TEST_SUITE_END()
