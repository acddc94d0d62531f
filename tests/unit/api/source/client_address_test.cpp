#include "api/source/client_address.hpp"

#include "support/request.hpp"

#include <boost/asio/ip/network_v6.hpp>
#include <boost/test/unit_test.hpp>

namespace jwtgate::api {
namespace {

trusted_proxies proxies(std::vector<std::string> const& networks)
{
    std::vector<boost::asio::ip::network_v6> parsed;
    parsed.reserve(networks.size());
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

BOOST_AUTO_TEST_CASE(reads_a_hop_as_proxies_write_it_and_writes_it_in_one_way)
{
    struct row {
        std::string hop;
        std::string client;
    };

    std::string const proxy = "127.0.0.1";  // a hop that is no address is not believed
    std::vector<row> const table{
        {"203.0.113.7", "203.0.113.7"},
        {"203.0.113.7:51234", "203.0.113.7"},
        {"203.0.113.7:0", "203.0.113.7"},
        {"203.0.113.7:65535", "203.0.113.7"},
        {"\"203.0.113.7\"", "203.0.113.7"},
        {"\"203.0.113.7:51234\"", "203.0.113.7"},
        {" \t203.0.113.7 \t", "203.0.113.7"},
        {"2001:db8::1", "2001:db8::1"},
        {"2001:DB8:0:0::1", "2001:db8::1"},
        {"2001:0db8:0:0:0:0:0:1", "2001:db8::1"},
        {"[2001:db8::1]", "2001:db8::1"},
        {"[2001:db8::1]:443", "2001:db8::1"},
        {"\"[2001:db8::1]:443\"", "2001:db8::1"},
        {"\"2001:db8::1\"", "2001:db8::1"},
        {"2001:db8::1:443", "2001:db8::1:443"},
        {"::ffff:203.0.113.7", "203.0.113.7"},
        {"::FFFF:CB00:7107", "203.0.113.7"},
        {"[::ffff:203.0.113.7]:443", "203.0.113.7"},
        {"fe80::1%eth0", "fe80::1"},
        {"[fe80::1%eth0]:443", "fe80::1"},
        {"fe80::1%" + std::string(7000, 'z'), "fe80::1"},
        {"::ffff:127.0.0.1", "127.0.0.1"},
        {"203.0.113.7:", proxy},
        {"203.0.113.7:65536", proxy},
        {"203.0.113.7:http", proxy},
        {"203.0.113.7:80:80", proxy},
        {"203.0.113.07", proxy},
        {"203.0.113", proxy},
        {"203.0.113.7/24", proxy},
        {"203.0.113.7 80", proxy},
        {"203.0.113.7%eth0", proxy},
        {"[203.0.113.7]", proxy},
        {"[203.0.113.7]:443", proxy},
        {"[2001:db8::1", proxy},
        {"2001:db8::1]", proxy},
        {"[2001:db8::1]443", proxy},
        {"[2001:db8::1]:", proxy},
        {"[2001:db8::1]:443x", proxy},
        {"[]", proxy},
        {"[]:443", proxy},
        {"2001:db8:::1", proxy},
        {"\"203.0.113.7", proxy},
        {"203.0.113.7\"", proxy},
        {R"(""203.0.113.7"")", proxy},
        {"\"\"", proxy},
        {"\"", proxy},
        {"for=203.0.113.7", proxy},
        {"unknown", proxy},
        {"_hidden", proxy},
        {"localhost", proxy},
        {"-", proxy},
        {std::string(7000, '7'), proxy},
    };
    auto const trusted = proxies({"::ffff:127.0.0.1/128"});
    for (auto const& [hop, client] : table) {
        for (std::string const& before : {std::string(), std::string("6.6.6.6, ")}) {
            auto const list = before + hop;
            test::request req("GET", "/", {{"X-Forwarded-For", list}});
            req.peer_address = proxy;
            bool const goes_on = !before.empty() && hop == "::ffff:127.0.0.1";
            BOOST_TEST(trusted.client_of(req) == (goes_on ? "6.6.6.6" : client), list.substr(0, 60));
        }
    }
}

BOOST_AUTO_TEST_CASE(the_peer_has_one_spelling_too)
{
    test::request req("GET", "/");
    for (auto const& [peer, client] : std::vector<std::pair<std::string_view, std::string_view>>{
             {"::ffff:203.0.113.7", "203.0.113.7"}, {"fe80::1%eth0", "fe80::1"}, {"::1", "::1"}}) {
        req.peer_address = peer;
        BOOST_TEST(proxies({}).client_of(req) == client);
    }
}

BOOST_AUTO_TEST_CASE(the_host_is_the_one_that_a_trusted_proxy_was_asked_for)
{
    struct row {
        std::string_view peer;
        std::vector<http::field> fields;
        std::string_view host;
    };

    constexpr std::string_view name = "X-Forwarded-Host";
    std::vector<row> const table{
        {"127.0.0.1", {}, "inner"},
        {"127.0.0.1", {{name, "site.example"}}, "site.example"},
        {"127.0.0.1", {{"x-forwarded-host", "site.example:8443"}}, "site.example:8443"},
        {"127.0.0.1", {{name, "[2001:db8::1]:443"}}, "[2001:db8::1]:443"},
        {"::ffff:127.0.0.1", {{name, "site.example"}}, "site.example"},
        {"", {{name, "site.example"}}, "site.example"},
        {"203.0.113.9", {{name, "site.example"}}, "inner"},
        {"203.0.113.9", {{name, "a, b"}}, "inner"},
        {"not an address", {{name, "site.example"}}, "inner"},
        {"127.0.0.1", {{name, "site.example, other.example"}}, ""},
        {"127.0.0.1", {{name, "site.example"}, {name, "site.example"}}, ""},
        {"127.0.0.1", {{name, ""}}, ""},
        {"127.0.0.1", {{name, "http://site.example"}}, ""},
        {"127.0.0.1", {{name, "user@site.example"}}, ""},
        {"127.0.0.1", {{name, "site.example/"}}, ""},
    };
    auto const trusted = proxies({"::ffff:127.0.0.1/128"});
    for (auto row : table) {
        row.fields.push_back({"Host", "inner"});
        test::request req("POST", "/", row.fields);
        req.peer_address = row.peer;
        BOOST_TEST(trusted.host_of(req) == row.host, row.peer << " " << row.fields[0].value);
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

BOOST_AUTO_TEST_CASE(the_scheme_is_what_a_trusted_proxy_says)
{
    auto const trusted = proxies({"::ffff:192.0.2.1/128"});
    auto const scheme = [&](std::vector<http::field> fields) {
        return std::string(trusted.scheme_of(test::request("GET", "/", std::move(fields))));
    };
    BOOST_TEST(scheme({{"X-Forwarded-Proto", "https"}}) == "https");
    BOOST_TEST(scheme({{"x-forwarded-proto", "HTTP"}}) == "http");
    BOOST_TEST(scheme({}).empty());
    BOOST_TEST(scheme({{"X-Forwarded-Proto", "https,http"}}).empty());
    BOOST_TEST(scheme({{"X-Forwarded-Proto", "https"}, {"X-Forwarded-Proto", "https"}}).empty());
    test::request foreign("GET", "/", {{"X-Forwarded-Proto", "https"}});
    foreign.peer_address = "192.0.2.2";
    BOOST_TEST(trusted.scheme_of(foreign).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
