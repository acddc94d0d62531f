#include "api/rules/original_request.hpp"

#include "support/request.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace jwtgate;
using namespace jwtgate::api;

namespace {

using fields = std::vector<http::field>;

constexpr http::field by_get{"X-Original-Method", "GET"};
constexpr http::field of_app{"X-Original-URL", "https://app.example/x"};

// "METHOD host path", or why not.
std::string read(fields given)
{
    test::request const question("GET", "/auth", std::move(given));
    auto const found = read_original(question);
    if (!found) return std::string(words_for(found.error()));
    return std::string(found->method).append(" ").append(found->host).append(" ").append(found->path.text());
}

std::string read_from(std::string_view url)
{
    return read({{"X-Original-URL", url}, by_get});
}

std::string refused(unclear why)
{
    return std::string(words_for(why));
}

fields forwarded(std::string_view uri)
{
    return {{"X-Forwarded-Host", "app.example"}, {"X-Forwarded-Uri", uri}, {"X-Forwarded-Method", "GET"}};
}

fields with(fields given, http::field more)
{
    given.push_back(more);
    return given;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(api_rules_original_request)

BOOST_AUTO_TEST_CASE(a_url_is_split_without_query_port_and_dot)
{
    for (auto const& [url, expected] : std::vector<std::pair<std::string_view, std::string>>{
             {"https://app.example/x", "GET app.example /x"},
             {"http://app.example/x?y=/../z#;", "GET app.example /x"},
             {"HTTPS://App.Example:8443/X/", "GET App.Example /X/"},
             {"https://app.example./x", "GET app.example /x"},
             {"https://app.example.:443/x", "GET app.example /x"},
             {"https://[::1]:8080/", "GET [::1] /"},
             {"https://127.0.0.1/", "GET 127.0.0.1 /"},
             {"https://app.example/%61", "GET app.example /a"},
         })
        BOOST_TEST(read_from(url) == expected, url);
}

BOOST_AUTO_TEST_CASE(what_is_no_url_is_refused)
{
    for (auto const* const url :
         {"",
          "/x",
          "app.example/x",
          "//app.example/x",
          "ftp://app.example/x",
          "https:/app.example/x",
          "https:\\\\app.example/x",
          "https://",
          "https:///x",
          "https://app.example",
          "https://app.example?/x",
          "https://app.example#/x",
          "https://app.example\\/x",
          "https://user@app.example/x",
          "https://app.example@evil.example/x",
          "https://app.example:80.evil.example/x",
          "https://app.example:x/x",
          "https://app%2eexample/x",
          "https://app.example ,/x",
          "https://app.example,evil.example/x",
          "https://.app.example/x",
          "https://app..example/x",
          "https://app.example../x",
          "https://./x",
          "https://:443/x",
          "https://[::1/x",
          "https://[::1].example/x",
          "https://\xc3\xa4.example/x",
          "https://app.example*",
          " https://app.example/x"})
        BOOST_TEST(read_from(url) == refused(unclear::host), url);
    BOOST_TEST(read_from("https://app.example/a/../b") == refused(unclear::dot_segment));
    BOOST_TEST(read_from("https://app.example//b") == refused(unclear::empty_segment));
}

BOOST_AUTO_TEST_CASE(both_ways_of_asking_are_understood)
{
    BOOST_TEST(read({of_app, by_get}) == "GET app.example /x");
    BOOST_TEST(read({{"x-original-url", "http://a/b"}, {"x-ORIGINAL-method", "PUT"}}) == "PUT a /b");
    BOOST_TEST(read(forwarded("/x?y")) == "GET app.example /x");
    BOOST_TEST(read(with(forwarded("/"), {"X-Forwarded-Proto", "wss"})) == "GET app.example /");
}

BOOST_AUTO_TEST_CASE(half_a_question_is_none)
{
    auto const missing = refused(unclear::missing);
    for (auto const& given : std::vector<fields>{
             {},
             {of_app},
             {by_get},
             {of_app, {"X-Forwarded-Method", "GET"}},
             {{"X-Original-URI", "/x"}, by_get},
             {{"X_Original_URL", "https://app.example/x"}, by_get},
             {{"X-Forwarded-Host", "app.example"}, by_get},
             {{"X-Forwarded-Host", "app.example"}, {"X-Forwarded-Uri", "/x"}},
             {{"X-Forwarded-Host", "app.example"}, {"X-Forwarded-Method", "GET"}},
             {{"X-Forwarded-Uri", "/x"}, {"X-Forwarded-Method", "GET"}},
             {{"X-Forwarded-Host", "app.example"}, {"X-Forwarded-Uri", "/x"}, by_get},
         })
        BOOST_TEST(read(given) == missing);
}

BOOST_AUTO_TEST_CASE(a_field_that_stands_twice_is_believed_in_neither_form)
{
    for (auto const& more : fields{of_app, by_get, {"x-original-method", "GET"}})
        BOOST_TEST(read({of_app, by_get, more}) == refused(unclear::several));
    for (auto const& more : forwarded("/x"))
        BOOST_TEST(read(with(forwarded("/x"), more)) == refused(unclear::several));
}

BOOST_AUTO_TEST_CASE(what_a_client_adds_has_to_agree_with_what_the_proxy_says)
{
    fields const asked{of_app, by_get};
    for (auto const& same : fields{
             {"X-Forwarded-Host", "APP.example:443"},
             {"X-Forwarded-Uri", "/x"},
             {"X-Forwarded-Method", "GET"}})
        BOOST_TEST(read(with(asked, same)) == "GET app.example /x");
    for (auto const& other : fields{
             {"X-Forwarded-Host", "evil.example"},
             {"X-Forwarded-Host", "app.example, app.example"},
             {"X-Forwarded-Host", ""},
             {"X-Forwarded-Uri", "/public"},
             {"X-Forwarded-Uri", "/x?"},
             {"X-Forwarded-Uri", "/%78"},
             {"X-Forwarded-Uri", ""},
             {"X-Forwarded-Method", "POST"},
             {"X-Forwarded-Method", "get"}})
        BOOST_TEST(read(with(asked, other)) == refused(unclear::contradiction), other.name << other.value);

    auto const by_other_proxy = forwarded("/x");
    BOOST_TEST(read(with(by_other_proxy, by_get)) == "GET app.example /x");
    BOOST_TEST(read(with(by_other_proxy, {"X-Original-Method", "PUT"})) == refused(unclear::contradiction));
    BOOST_TEST(read(with(by_other_proxy, of_app)) == refused(unclear::missing));
    BOOST_TEST(read(with(with(by_other_proxy, of_app), by_get)) == "GET app.example /x");
    auto const opened = with(with(by_other_proxy, {"X-Original-URL", "https://app.example/public"}), by_get);
    BOOST_TEST(read(opened) == refused(unclear::contradiction));
}

BOOST_AUTO_TEST_CASE(forwarded_hosts_and_uris_are_as_strict)
{
    for (auto const* const host : {"", "a, b", "a/b", "http://a", "a@b", ".", "a..b"}) {
        auto given = forwarded("/x");
        given[0].value = host;
        BOOST_TEST(read(given) == refused(unclear::host), host);
    }
    BOOST_TEST(read(forwarded("")) == refused(unclear::no_slash));
    BOOST_TEST(read(forwarded("http://app.example/x")) == refused(unclear::no_slash));
    BOOST_TEST(read(forwarded("//evil.example/x")) == refused(unclear::empty_segment));
    BOOST_TEST(read(forwarded("/x/%2e%2e/")) == refused(unclear::hidden_delimiter));
}

BOOST_AUTO_TEST_CASE(a_method_is_one_word_in_capitals)
{
    for (auto const* const method : {"", "get", "Get", "GET,POST", "GET POST", "G\xc3\x89T"})
        BOOST_TEST(read({of_app, {"X-Original-Method", method}}) == refused(unclear::method), method);
    for (auto const* const method : {"PROPFIND", "M-SEARCH", "X_1"})
        BOOST_TEST(read({of_app, {"X-Original-Method", method}}) == std::string(method) + " app.example /x");
}

BOOST_AUTO_TEST_CASE(a_preflight_is_options_with_both_of_its_fields)
{
    http::field const options{"X-Original-Method", "OPTIONS"};
    http::field const origin{"Origin", "https://other.example"};
    http::field const wish{"Access-Control-Request-Method", "PUT"};
    auto const is_preflight = [](fields given) {
        test::request const question("GET", "/auth", std::move(given));
        return read_original(question)->is_preflight;
    };
    BOOST_TEST(is_preflight({of_app, options, origin, wish}));
    BOOST_TEST(!is_preflight({of_app, by_get, origin, wish}));
    BOOST_TEST(!is_preflight({of_app, options, origin}));
    BOOST_TEST(!is_preflight({of_app, options, wish}));
    BOOST_TEST(!is_preflight({of_app, options, origin, wish, wish}));
    BOOST_TEST(!is_preflight({of_app, options, origin, origin, wish}));
    test::request const of_the_proxy("OPTIONS", "/auth", {of_app, by_get, origin, wish});
    BOOST_TEST(!read_original(of_the_proxy)->is_preflight);
}

BOOST_AUTO_TEST_SUITE_END()
