#include "api/client_address.hpp"

#include "support/request.hpp"

#include <boost/asio/ip/network_v6.hpp>
#include <boost/test/unit_test.hpp>

namespace jwtgate::api {
namespace {

trusted_proxies proxies(std::vector<std::string> const& networks)
{
    std::vector<boost::asio::ip::network_v6> parsed;
    for (auto const& text : networks) parsed.push_back(boost::asio::ip::make_network_v6(text));
    return trusted_proxies(parsed);
}

struct example {
    std::string_view peer;
    std::vector<http::field> fields;
    std::string client;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(api_client_address)

BOOST_AUTO_TEST_CASE(is_the_rightmost_hop_that_is_no_trusted_proxy)
{
    auto const trusted = proxies({"::ffff:127.0.0.1/128", "::1/128", "::ffff:10.0.0.0/104", "2001:db8::/32"});
    std::vector<example> const table{
        {"203.0.113.9", {}, "203.0.113.9"},
        {"203.0.113.9", {{"X-Forwarded-For", "198.51.100.1"}}, "203.0.113.9"},
        {"127.0.0.1", {}, "127.0.0.1"},
        {"127.0.0.1", {{"X-Forwarded-For", "198.51.100.1"}}, "198.51.100.1"},
        {"127.0.0.1", {{"x-forwarded-for", "  198.51.100.1\t"}}, "198.51.100.1"},
        {"127.0.0.1", {{"X-Forwarded-For", "6.6.6.6, 198.51.100.1"}}, "198.51.100.1"},
        {"127.0.0.1", {{"X-Forwarded-For", "6.6.6.6, 198.51.100.1, 10.1.2.3"}}, "198.51.100.1"},
        {"127.0.0.1", {{"X-Forwarded-For", "6.6.6.6"}, {"X-Forwarded-For", "198.51.100.1"}}, "198.51.100.1"},
        {"127.0.0.1", {{"X-Forwarded-For", "198.51.100.1"}, {"X-Forwarded-For", "10.0.0.1"}}, "198.51.100.1"},
        {"127.0.0.1", {{"X-Forwarded-For", "10.0.0.1, 10.0.0.2"}}, "10.0.0.1"},
        {"127.0.0.1", {{"X-Forwarded-For", "198.51.100.1, evil"}}, "127.0.0.1"},
        {"127.0.0.1", {{"X-Forwarded-For", ""}}, "127.0.0.1"},
        {"127.0.0.1", {{"X-Forwarded-For", ","}}, "127.0.0.1"},
        {"::1", {{"X-Forwarded-For", "2001:db8::5, 2001:db8::6"}}, "2001:db8::5"},
        {"::1", {{"X-Forwarded-For", "2001:db9::5"}}, "2001:db9::5"},
        {"", {{"X-Forwarded-For", "198.51.100.1"}}, "198.51.100.1"},
        {"", {}, ""},
    };
    for (auto const& row : table) {
        test::request req("GET", "/", row.fields);
        req.peer_address = row.peer;
        BOOST_TEST_CONTEXT(row.peer << " -> " << row.client) BOOST_TEST(trusted.client_of(req) == row.client);
    }
}

BOOST_AUTO_TEST_CASE(believes_nobody_but_a_unix_socket_when_no_proxy_is_trusted)
{
    auto const trusted = proxies({});
    test::request req("GET", "/", {{"X-Forwarded-For", "198.51.100.1"}});
    req.peer_address = "127.0.0.1";
    BOOST_TEST(trusted.client_of(req) == "127.0.0.1");
    req.peer_address = "";
    BOOST_TEST(trusted.client_of(req) == "198.51.100.1");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
