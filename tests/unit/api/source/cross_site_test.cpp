#include "api/source/cross_site.hpp"

#include "support/request.hpp"

#include <boost/test/unit_test.hpp>

namespace jwtgate::api {

BOOST_AUTO_TEST_SUITE(api_cross_site)

BOOST_AUTO_TEST_CASE(everything_but_the_four_safe_methods_is_unsafe)
{
    for (auto const method : {"GET", "HEAD", "OPTIONS", "TRACE"}) BOOST_TEST(!is_unsafe(method), method);
    for (auto const method : {"POST", "PUT", "PATCH", "DELETE", "get", "PURGE", ""})
        BOOST_TEST(is_unsafe(method), method);
}

struct example {
    std::vector<http::field> fields;
    bool cross_site;
};

BOOST_AUTO_TEST_CASE(sec_fetch_site_decides_then_origin_then_referer)
{
    std::vector<example> const table{
        {{}, false},
        {{{"Sec-Fetch-Site", "same-origin"}}, false},
        {{{"Sec-Fetch-Site", "none"}}, false},
        {{{"Sec-Fetch-Site", "same-site"}}, true},
        {{{"Sec-Fetch-Site", "cross-site"}}, true},
        {{{"Sec-Fetch-Site", ""}}, true},
        {{{"Sec-Fetch-Site", "same-origin"}, {"Origin", "https://evil.example"}}, false},
        {{{"Origin", "https://site.example"}}, false},
        {{{"Origin", "https://SITE.example"}}, false},
        {{{"Origin", "https://site.example:443"}}, false},
        {{{"Origin", "http://site.example:443"}}, true},
        {{{"Origin", "https://site.example:8443"}}, true},
        {{{"Origin", "https://site.example.evil.example"}}, true},
        {{{"Origin", "https://evil.example"}}, true},
        {{{"Origin", "null"}}, true},
        {{{"Origin", ""}}, true},
        {{{"Origin", "site.example"}}, true},
        {{{"Origin", "https://site.example"}, {"Referer", "https://evil.example/"}}, false},
        {{{"Origin", "null"}, {"Referer", "https://site.example/"}}, true},
        {{{"Referer", "https://site.example/page?x#y"}}, false},
        {{{"Referer", "https://evil.example/?https://site.example"}}, true},
        {{{"Referer", "https://site.example@evil.example/"}}, true},
        {{{"Referer", "/page"}}, true},
    };
    for (auto row : table) {
        auto const label = row.fields.empty()
                               ? ""
                               : std::string(row.fields[0].name) + ": " + std::string(row.fields[0].value);
        test::request const req("POST", "/login", row.fields);
        BOOST_TEST(is_cross_site(req, "site.example") == row.cross_site, label);
    }
}

BOOST_AUTO_TEST_CASE(a_field_that_stands_twice_names_nobody)
{
    for (auto const& [name, value] : std::vector<std::pair<std::string_view, std::string_view>>{
             {"Sec-Fetch-Site", "same-origin"},
             {"Origin", "https://site.example"},
             {"Referer", "https://site.example/"}}) {
        test::request const once("POST", "/login", {{name, value}});
        test::request const twice("POST", "/login", {{name, value}, {name, value}});
        BOOST_TEST(!is_cross_site(once, "site.example"), name);
        BOOST_TEST(is_cross_site(twice, "site.example"), name);
    }
}

BOOST_AUTO_TEST_CASE(where_the_host_is_not_known_every_source_is_another)
{
    BOOST_TEST(is_cross_site(test::request("POST", "/", {{"Origin", "https://site.example"}}), ""));
    BOOST_TEST(is_cross_site(test::request("POST", "/", {{"Referer", "https://site.example/"}}), ""));
    BOOST_TEST(!is_cross_site(test::request("POST", "/"), ""));
}

BOOST_AUTO_TEST_CASE(a_proxy_asks_about_unsafe_requests_in_several_ways)
{
    struct question {
        std::string_view method;
        std::vector<http::field> fields;
        bool unsafe;
    };

    std::vector<question> const table{
        {"GET", {}, false},
        {"HEAD", {}, false},
        {"POST", {}, true},
        {"PROPFIND", {}, true},
        {"GET", {{"X-Original-Method", "GET"}}, false},
        {"GET", {{"X-Original-Method", "POST"}}, true},
        {"GET", {{"x-original-method", "DELETE"}}, true},
        {"GET", {{"X-Forwarded-Method", "PUT"}}, true},
        {"GET", {{"X-Original-Method", "GET"}, {"X-Forwarded-Method", "PUT"}}, true},
        {"GET", {{"X-Original-Method", "GET"}, {"X-Original-Method", "PUT"}}, true},
        {"POST", {{"X-Original-Method", "GET"}}, true},
        {"GET", {{"X-Original-Method", ""}}, true},
        {"GET", {{"X-Original-Method", "get"}}, true},
        {"GET", {{"Upgrade", "websocket"}}, true},
        {"GET", {{"upgrade", "WebSocket"}}, true},
        {"GET", {{"Upgrade", "h2c, websocket"}}, true},
        {"GET", {{"Upgrade", "websocket/13"}}, true},
        {"GET", {{"Upgrade", "h2c"}, {"Upgrade", "websocket"}}, true},
        {"GET", {{"Upgrade", "h2c"}}, false},
        {"GET", {{"Upgrade", ""}}, false},
        {"GET", {{"Sec-WebSocket-Version", "13"}}, true},
        {"GET", {{"Connection", "upgrade"}}, false},
    };
    for (auto const& row : table) {
        auto const label =
            row.fields.empty() ? std::string(row.method) : std::string(row.fields.back().value);
        BOOST_TEST(asks_for_unsafe(test::request(row.method, "/auth", row.fields)) == row.unsafe, label);
    }
}

BOOST_AUTO_TEST_CASE(a_get_that_changes_something_is_what_a_user_asked_for)
{
    struct visit {
        std::vector<http::field> fields;
        bool asked;
    };

    std::vector<visit> const table{
        {{}, true},
        {{{"Sec-Fetch-Site", "same-origin"}}, true},
        {{{"Sec-Fetch-Site", "none"}}, true},
        {{{"Sec-Fetch-Site", "same-site"}}, false},
        {{{"Sec-Fetch-Site", "cross-site"}}, false},
        {{{"Sec-Fetch-Site", "other"}}, false},
        {{{"Sec-Fetch-Site", "same-origin"}, {"Sec-Fetch-Dest", "document"}}, true},
        {{{"Sec-Fetch-Site", "same-origin"}, {"Sec-Fetch-Dest", "empty"}}, true},
        {{{"Sec-Fetch-Site", "same-origin"}, {"Sec-Fetch-Dest", "image"}}, false},
        {{{"Sec-Fetch-Site", "none"}, {"Sec-Fetch-Dest", "iframe"}}, false},
        {{{"Sec-Fetch-Dest", "document"}}, true},
        {{{"Sec-Fetch-Dest", "script"}}, false},
        {{{"Sec-Fetch-Dest", "style"}}, false},
        {{{"Sec-Fetch-Dest", "Document"}}, false},
        {{{"Sec-Fetch-Dest", ""}}, false},
        {{{"Sec-Fetch-Dest", "document"}, {"Sec-Fetch-Dest", "image"}}, false},
        {{{"Sec-Purpose", "prefetch"}}, false},
        {{{"Sec-Purpose", "prefetch;prerender"}}, false},
        {{{"Sec-Purpose", "prefetch;anonymous-client-ip"}}, false},
        {{{"sec-purpose", "Prerender"}}, false},
        {{{"Sec-Purpose", "other"}}, true},
        {{{"Purpose", "prefetch"}}, false},
        {{{"Purpose", "preview"}}, false},
        {{{"X-Moz", "prefetch"}}, false},
        {{{"X-Purpose", "preview"}}, false},
        {{{"X-Purpose", "PREFETCH"}}, false},
        {{{"Purpose", "x"}, {"Purpose", "prefetch"}}, false},
        {{{"Sec-Fetch-Site", "same-origin"}, {"Purpose", "prefetch"}}, false},
        {{{"X-Purpose", ""}}, true},
        {{{"Referer", "https://site.example/page?purpose=prefetch"}}, true},
        {{{"Referer", "https://evil.example/"}}, false},
        {{{"Referer", "https://site.example.evil.example/"}}, false},
        {{{"Referer", ""}}, false},
        {{{"Origin", "https://site.example"}}, true},
        {{{"Origin", "https://evil.example"}}, false},
        {{{"Origin", "null"}}, false},
        {{{"Origin", "https://site.example"}, {"Referer", "https://evil.example/"}}, false},
        {{{"Origin", "https://evil.example"}, {"Referer", "https://site.example/"}}, false},
        {{{"Sec-Fetch-Site", "same-origin"}, {"Referer", "https://evil.example/"}}, true},
    };
    for (auto const& row : table) {
        std::string label;
        for (auto const& field : row.fields) label.append(field.name).append(": ").append(field.value) += ' ';
        BOOST_TEST(
            is_asked_for(test::request("GET", "/logout", row.fields), "site.example") == row.asked, label
        );
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
