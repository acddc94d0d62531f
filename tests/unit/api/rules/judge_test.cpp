#include "api/rules/judge.hpp"

#include "api/rules/rule_text.hpp"
#include "unit/api/served_site.hpp"

#include <boost/asio/ip/address_v6.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace jwtgate::api {
namespace {

/// The gate of a site with rules, asked by a proxy that is trusted. alice has the roles admin and dev.
struct ruled_site : plain_site {
    site ruled;
    application gatekeeper;
    std::string cookies = cookie_field(log_in());
    std::string_view gate_path = "/auth";

    ruled_site() : ruled_site(true) {}

    explicit ruled_site(bool trusts_everybody)
        : ruled{with_rules(shared, trusts_everybody)}, gatekeeper{make_domain(), ruled, counted}
    {}

    static site with_rules(site from, bool trusts_everybody)
    {
        std::vector<rule> rules;
        for (auto const* const text :
             {"app.example/public/* public",
              "app.example/api/* preflight",
              "GET,HEAD app.example/api/* user",
              "app.example/admin/* role:admin,ops",
              "app.example/ops/* role:ops",
              "app.example/* user"})
            rules.push_back(parse_rule(text));
        from.rules = rule_set(std::move(rules));
        if (trusts_everybody) from.proxies = trusted_proxies({{boost::asio::ip::address_v6{}, 0}});
        return from;
    }

    answer ask_gate(fields given, std::string_view query = "")
    {
        test::request req("GET", gate_path, std::move(given));
        req.query = query;
        http::out_buffer out;
        http::response res(out, {});
        BOOST_TEST(!gatekeeper.handle(req, res).valid());
        std::string const text(out.begin(), out.end());
        auto const end = text.find("\r\n\r\n");
        return {text.substr(0, end + 2), text.substr(end + 4)};
    }

    answer ask_about(
        std::string_view path,
        std::string_view cookie,
        std::string_view method = "GET",
        std::string_view query = ""
    )
    {
        auto const url = "https://app.example" + std::string(path);
        fields given{{"X-Original-URL", url}, {"X-Original-Method", method}};
        if (!cookie.empty()) given.push_back({"Cookie", cookie});
        return ask_gate(std::move(given), query);
    }

    std::string as_alice(std::string_view path, std::string_view method = "GET", std::string_view query = "")
    {
        return ask_about(path, cookies, method, query).status();
    }

    std::string as_nobody(std::string_view path, std::string_view method = "GET", std::string_view query = "")
    {
        return ask_about(path, "", method, query).status();
    }
};

struct untrusting_site : ruled_site {
    untrusting_site() : ruled_site(false) {}
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(api_rules_judge, ruled_site)

BOOST_AUTO_TEST_CASE(each_audience_is_let_in)
{
    BOOST_TEST(as_nobody("/public/x") == "200");
    BOOST_TEST(as_alice("/public/x") == "200");
    BOOST_TEST(as_nobody("/x") == "401");
    BOOST_TEST(as_alice("/x") == "200");
    BOOST_TEST(as_nobody("/admin/x") == "401");
    BOOST_TEST(as_alice("/admin/x") == "200");
    BOOST_TEST(as_nobody("/ops/x") == "401");
    BOOST_TEST(as_alice("/ops/x") == "403");
}

BOOST_AUTO_TEST_CASE(whoever_is_known_is_named_where_everybody_is_let_in)
{
    auto const known = ask_about("/public/x", cookies);
    BOOST_TEST(known.has("Remote-User: alice\r\n"));
    BOOST_TEST(known.has("Remote-Groups: admin,dev\r\n"));
    for (auto const* const cookie :
         {"", "access_token_cookie=x", "access_token_cookie=x; access_token_cookie=y"}) {
        auto const unknown = ask_about("/public/x", cookie);
        BOOST_TEST(unknown.status() == "200");
        BOOST_TEST(unknown.body.empty());
        BOOST_TEST(unknown.has("Cache-Control: no-store\r\n"));
        BOOST_TEST(unknown.has("Content-Length: 0\r\n"));
        for (auto const* const field : {"Remote-User", "Remote-Groups", "X-Auth-Session", "Set-Cookie"})
            BOOST_TEST(!unknown.has(field), field);
    }
}

BOOST_AUTO_TEST_CASE(without_a_rule_nobody_is_let_in_and_nobody_sent_to_the_login)
{
    for (auto const* const url :
         {"https://other.example/", "https://app.example.evil/public/x", "http://127.0.0.1/"}) {
        fields const asked{{"X-Original-URL", url}, {"X-Original-Method", "GET"}};
        BOOST_TEST(ask_gate(asked).status() == "403", url);
        BOOST_TEST(ask_gate({asked[0], asked[1], {"Cookie", cookies}}).status() == "403", url);
    }
}

BOOST_AUTO_TEST_CASE(what_is_not_clear_is_refused_whoever_asks)
{
    for (auto const* const path :
         {"/public/../admin/x",
          "/public/%2e%2e/ops/x",
          "/public/..%2fops/x",
          "/public/..;/ops/x",
          "/public/;/ops",
          "/public\\..\\ops",
          "/public/%5c..",
          "/public//ops",
          "//ops/x",
          "/public/x%00",
          "/public/x#",
          "/public/%23/../ops",
          "/PUBLIC/x",
          "/Ops/x",
          "/OPS",
          "/%6fPS/x",
          "/public/%",
          "/public/\xff",
          "",
          "public/x",
          "@evil.example/public/x"}) {
        BOOST_TEST(as_alice(path) == "403", path);
        BOOST_TEST(as_nobody(path) == "403", path);
    }
    BOOST_TEST(as_alice("/ops", "get") == "403");
    BOOST_TEST(ask_gate({{"Cookie", cookies}}).status() == "403");
    BOOST_TEST(ask_gate({{"Cookie", cookies}, {"X-Original-Method", "GET"}}).status() == "403");
}

BOOST_AUTO_TEST_CASE(a_client_cannot_ask_about_another_request_beside_the_proxy)
{
    fields const asked{
        {"X-Forwarded-Host", "app.example"}, {"X-Forwarded-Uri", "/ops/x"}, {"X-Forwarded-Method", "GET"}};
    auto const with = [&](fields more) {
        more.insert(more.end(), asked.begin(), asked.end());
        more.push_back({"Cookie", cookies});
        return ask_gate(std::move(more)).status();
    };
    BOOST_TEST(with({}) == "403");
    BOOST_TEST(with({{"X-Original-URL", "https://app.example/public/x"}}) == "403");
    BOOST_TEST(
        with({{"X-Original-URL", "https://app.example/public/x"}, {"X-Original-Method", "GET"}}) == "403"
    );
    BOOST_TEST(with({{"X-Forwarded-Uri", "/public/x"}}) == "403");
    BOOST_TEST(with({{"X-Forwarded-Host", "app.example"}}) == "403");
}

BOOST_AUTO_TEST_CASE(the_gate_is_asked_at_its_own_path_only)
{
    BOOST_TEST(as_alice("/public/x") == "200");
    for (auto const* const path : {"/auth/", "/auth/public/x", "/auth/ops"}) {
        gate_path = path;
        BOOST_TEST(as_alice("/public/x") == "403", path);
    }
}

BOOST_AUTO_TEST_CASE(roles_that_the_proxy_asks_for_are_needed_as_well)
{
    BOOST_TEST(as_alice("/admin/x", "GET", "role=dev") == "200");
    BOOST_TEST(as_alice("/admin/x", "GET", "role=ops") == "403");
    BOOST_TEST(as_alice("/ops/x", "GET", "role=dev") == "403");
    BOOST_TEST(as_alice("/public/x", "GET", "role=dev") == "200");
    BOOST_TEST(as_alice("/public/x", "GET", "role=ops") == "403");
    BOOST_TEST(as_nobody("/public/x", "GET", "role=dev") == "401");
    BOOST_TEST(as_nobody("/public/x", "GET", "roles=dev") == "403");
}

BOOST_AUTO_TEST_CASE(preflights_pass_where_a_rule_says_so)
{
    auto const preflight = [&](std::string_view url, fields more = {}) {
        more.push_back({"X-Original-URL", url});
        more.push_back({"X-Original-Method", "OPTIONS"});
        more.push_back({"Access-Control-Request-Method", "PUT"});
        return ask_gate(std::move(more));
    };
    http::field const origin{"Origin", "https://other.example"};
    auto const passed = preflight("https://app.example/api/x", {origin, {"Cookie", cookies}});
    BOOST_TEST(passed.status() == "200");
    BOOST_TEST(!passed.has("Remote-User"));
    BOOST_TEST(preflight("https://app.example/api/x").status() == "401");
    BOOST_TEST(preflight("https://app.example/admin/x", {origin}).status() == "401");
    BOOST_TEST(
        preflight("https://app.example/admin/x", {origin, {"X-Forwarded-Method", "GET"}}).status() == "403"
    );
    BOOST_TEST(as_nobody("/api/x", "OPTIONS") == "401");
    BOOST_TEST(as_nobody("/api/x", "GET") == "401");
}

BOOST_AUTO_TEST_CASE(other_sites_are_refused_before_any_rule)
{
    http::field const url{"X-Original-URL", "https://app.example/public/x"};
    http::field const foreign{"Sec-Fetch-Site", "cross-site"};
    BOOST_TEST(ask_gate({url, {"X-Original-Method", "POST"}, foreign}).status() == "403");
    BOOST_TEST(
        ask_gate({url, {"X-Original-Method", "GET"}, foreign, {"Upgrade", "websocket"}}).status() == "403"
    );
    BOOST_TEST(ask_gate({url, {"X-Original-Method", "GET"}, foreign}).status() == "200");
    BOOST_TEST(ask_gate({url, {"X-Original-Method", "POST"}}).status() == "200");
}

BOOST_FIXTURE_TEST_CASE(a_peer_that_is_no_trusted_proxy_is_refused, untrusting_site)
{
    BOOST_TEST(as_nobody("/public/x") == "403");
    BOOST_TEST(as_alice("/x") == "403");
}

BOOST_FIXTURE_TEST_CASE(without_rules_nothing_has_to_be_said, plain_site)
{
    auto const cookie = cookie_field(log_in());
    http::field const odd{"X-Original-URL", "https://app.example/../"};
    BOOST_TEST(ask("GET", "/auth", {{"Cookie", cookie}, odd}).status() == "200");
    BOOST_TEST(ask("GET", "/auth", {odd}).status() == "401");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
