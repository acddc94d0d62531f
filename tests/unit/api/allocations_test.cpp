#include "api/application.hpp"
#include "api/rules/rule_text.hpp"
#include "http/server.hpp"
#include "support/allocation_count.hpp"
#include "unit/api/served_site.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <boost/test/unit_test.hpp>

#include <openssl/crypto.h>

#include <memory>
#include <string>
#include <thread>

namespace jwtgate::api {
namespace {

/// The site's application behind a server with one worker, and one connection to it.
class kept_connection {
public:
    kept_connection(plain_site& asked, site const& shared)
        : server_{{.listen = {"127.0.0.1:0"}, .limits = {}}, asked.domain.log}
    {
        auto const name = server_.bind().front();
        server_.start([&] {
            return std::make_unique<application>(asked.make_domain(), shared, asked.counted);
        });
        auto const port = static_cast<unsigned short>(std::stoul(name.substr(name.rfind(':') + 1)));
        socket_.connect({boost::asio::ip::address_v4::loopback(), port});
    }

    /// The head of the answer.
    std::string ask(std::string_view request)
    {
        boost::asio::write(socket_, boost::asio::buffer(request));
        std::string answer;
        boost::asio::read_until(socket_, boost::asio::dynamic_buffer(answer), "\r\n\r\n");
        return answer;
    }

private:
    http::server server_;
    boost::asio::io_context context_;
    boost::asio::ip::tcp::socket socket_{context_};
};

void check_no_allocation(kept_connection& client, std::string const& request)
{
    for (int i = 0; i < 3; ++i) BOOST_TEST(client.ask(request).starts_with("HTTP/1.1 200 "));

    auto const before = test::allocations_elsewhere();
    for (int i = 0; i < 100; ++i) BOOST_TEST(client.ask(request).starts_with("HTTP/1.1 200 "));
    auto const made = test::allocations_elsewhere() - before;
    BOOST_TEST(made.ours == 0U);
    BOOST_TEST(made.of_openssl == 0U);
}

BOOST_FIXTURE_TEST_SUITE(api_allocations, plain_site)

BOOST_AUTO_TEST_CASE(the_gate_lets_in_without_an_allocation_on_a_kept_connection)
{
    BOOST_TEST_REQUIRE(test::counts_openssl());
    auto const request = "GET /auth HTTP/1.1\r\nHost: site.example\r\nX-Original-URI: /app/?x=y\r\nCookie: " +
                         cookie_field(log_in()) + "\r\n\r\n";
    kept_connection client{*this, shared};
    check_no_allocation(client, request);
}

BOOST_AUTO_TEST_CASE(rules_decide_without_an_allocation)
{
    BOOST_TEST_REQUIRE(test::counts_openssl());
    auto const request =
        "GET /auth HTTP/1.1\r\nHost: site.example\r\nX-Original-Method: GET\r\nX-Original-URL: "
        "https://app.example/a/path/longer/than/a/short/string?x=y\r\nCookie: " +
        cookie_field(log_in()) + "\r\n\r\n";
    site ruled = shared;
    ruled.proxies = trusted_proxies({{boost::asio::ip::address_v6{}, 0}});
    ruled.rules = rule_set(
        {parse_rule("app.example/admin/* role:ops"),
         parse_rule("GET app.example/public/* public"),
         parse_rule("app.example/* role:dev,ops")}
    );
    kept_connection client{*this, ruled};
    check_no_allocation(client, request);
}

BOOST_AUTO_TEST_CASE(the_count_sees_an_allocation_of_another_thread)
{
    auto const before = test::allocations_elsewhere();
    std::thread([] { OPENSSL_free(OPENSSL_malloc(1)), std::make_unique<std::string>(100, 'x'); }).join();
    auto const made = test::allocations_elsewhere() - before;
    BOOST_TEST(made.ours >= 2U);
    BOOST_TEST(made.of_openssl >= 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::api
