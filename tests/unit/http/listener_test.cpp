#include "http/listener.hpp"

#include "unit/http/loopback.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/resource.h>

#include <poll.h>
#include <vector>

using namespace jwtgate::http::test;

BOOST_AUTO_TEST_SUITE(http_listener)

BOOST_AUTO_TEST_CASE(goes_on_after_it_was_out_of_descriptors)
{
    running_server server;
    boost::asio::io_context context;
    boost::asio::ip::tcp::socket client{context, boost::asio::ip::tcp::v4()};
    rlimit before{};
    BOOST_REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
    rlimit const tight{
        .rlim_cur = static_cast<rlim_t>(client.native_handle()) + 1, .rlim_max = before.rlim_max};
    BOOST_REQUIRE(::setrlimit(RLIMIT_NOFILE, &tight) == 0);
    std::vector<int> holes;
    for (int hole = ::dup(0); hole >= 0; hole = ::dup(0)) holes.push_back(hole);

    client.connect({boost::asio::ip::address_v4::loopback(), server.port()});
    client.write_some(boost::asio::buffer(get("/")));
    pollfd wanted{.fd = client.native_handle(), .events = POLLIN, .revents = 0};
    auto const answered_without = ::poll(&wanted, 1, 200);
    for (int const hole : holes) ::close(hole);
    BOOST_REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
    auto const answered_with = ::poll(&wanted, 1, 5000);

    BOOST_TEST(answered_without == 0);
    BOOST_TEST(answered_with == 1);
}

BOOST_AUTO_TEST_SUITE_END()
