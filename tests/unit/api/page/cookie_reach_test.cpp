#include "api/page/cookie_reach.hpp"

#include <boost/test/unit_test.hpp>

#include <vector>

namespace jwtgate::api {
namespace {

constexpr asked_site login{.host = "login.site.example:8443", .scheme = "https"};

struct example {
    std::string_view domain;
    std::string_view url;
    unreached why;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(api_page_cookie_reach)

BOOST_AUTO_TEST_CASE(cookies_reach_their_host_or_whatever_lies_in_their_domain)
{
    for (auto const& [domain, url, why] : std::vector<example>{
             {"", "/x", unreached::no},
             {"", "https://login.site.example/", unreached::no},
             {"", "https://LOGIN.site.example:9/", unreached::no},
             {"", "https://app.site.example/", unreached::domain},
             {"site.example", "https://app.site.example/", unreached::no},
             {"site.example", "https://a.b.site.example:1/", unreached::no},
             {"site.example", "https://site.example/", unreached::no},
             {"site.example", "https://othersite.example/", unreached::domain},
             {"site.example", "https://example/", unreached::domain},
             {"other.example", "/x", unreached::domain},
         }) {
        cookie_settings const cookies{.domain = std::string(domain)};
        BOOST_TEST((reach_of(cookies, login, url) == why), domain << ' ' << url);
    }
}

BOOST_AUTO_TEST_CASE(secure_cookies_reach_no_plain_http_but_that_of_this_machine)
{
    cookie_settings const secure{};
    BOOST_TEST((reach_of(secure, login, "http://login.site.example/") == unreached::scheme));
    BOOST_TEST((reach_of({.secure = false}, login, "http://login.site.example/") == unreached::no));
    for (auto const host : {"localhost", "127.0.0.1", "127.9.9.9", "[::1]", "a.localhost"}) {
        auto const url = std::string("http://").append(host).append(":8080/");
        BOOST_TEST((reach_of(secure, {.host = host}, url) == unreached::no), url);
    }
}

BOOST_AUTO_TEST_CASE(a_destination_is_called_by_its_host_and_port)
{
    BOOST_TEST(authority_of(login, "/x") == "login.site.example:8443");
    BOOST_TEST(authority_of(login, "https://app.example:1/x?y") == "app.example:1");
    BOOST_TEST(authority_of(login, "https://app.example") == "app.example");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
