#include "api/source/origin.hpp"

#include <boost/test/unit_test.hpp>

#include <string_view>
#include <vector>

namespace jwtgate::api {
namespace {

struct row {
    std::string_view url;
    std::string_view host;
    bool same;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(api_source_origin)

BOOST_AUTO_TEST_CASE(an_origin_is_exactly_scheme_host_and_port)
{
    constexpr std::string_view named = "site.example";
    constexpr std::string_view ported = "site.example:8443";
    std::vector<row> const table{
        {"https://site.example", named, true},
        {"http://site.example", named, true},
        {"HTTPS://SITE.example", named, true},
        {"https://site.example", "SITE.EXAMPLE", true},
        {"https://site.example:443", named, true},
        {"http://site.example:80", named, true},
        {"https://site.example", "site.example:443", true},
        {"https://site.example:443", "site.example:443", true},
        {"http://site.example:443", "site.example:443", true},
        {"https://site.example:8443", ported, true},
        {"https://site.example:80", named, false},
        {"http://site.example:443", named, false},
        {"https://site.example", ported, false},
        {"https://site.example:8443", named, false},
        {"https://site.example:08443", ported, false},
        {"https://site.example:8443.evil.example", ported, false},
        {"https://site.example:443.evil.example", named, false},
        {"http://site.example:80.x", named, false},
        {"http://site.example:80.x", "site.example:80", false},
        {"https://site.example:", named, false},
        {"https://site.example:", "site.example:", false},
        {"https://site.example:99999", "site.example:99999", false},
        {"https://site.example:8443:8443", ported, false},
        {"https://site.example/", named, false},
        {"https://site.example/page", named, false},
        {"https://site.example?", named, false},
        {"https://site.example#", named, false},
        {"https://site.example\\", named, false},
        {"https://site.example.", named, false},
        {"https://site.example.evil.example", named, false},
        {"https://evil.example", named, false},
        {"https://evil-site.example", named, false},
        {"https://sub.site.example", named, false},
        {"https://example", named, false},
        {"https://user@site.example", named, false},
        {"https://site.example@evil.example", named, false},
        {"https://:443", named, false},
        {"https://", named, false},
        {"https://", "", false},
        {"https:///site.example", named, false},
        {"https:site.example", named, false},
        {"https//site.example", named, false},
        {"//site.example", named, false},
        {"site.example", named, false},
        {"file://site.example", named, false},
        {"ftp://site.example", named, false},
        {"ws://site.example", named, false},
        {"chrome-extension://site.example", named, false},
        {"httpsx://site.example", named, false},
        {" https://site.example", named, false},
        {"https://site.example ", named, false},
        {"https://site.example https://evil.example", named, false},
        {"https://site.example,https://site.example", named, false},
        {"https://site%2Eexample", named, false},
        {"https://sit\xC3\xA9.example", named, false},
        {"null", named, false},
        {"", named, false},
        {"", "", false},
        {"http://127.0.0.1:8080", "127.0.0.1:8080", true},
        {"http://127.0.0.1:8081", "127.0.0.1:8080", false},
        {"http://[::1]:8080", "[::1]:8080", true},
        {"http://[::1]", "[::1]:80", true},
        {"http://[2001:DB8::1]", "[2001:db8::1]", true},
        {"http://[::1]:8081", "[::1]:8080", false},
        {"http://[::1]x", "[::1]", false},
        {"http://[::1]:80.x", "[::1]", false},
        {"http://[::1", "[::1", false},
        {"http://::1", "::1", false},
        {"http://[fe80::1%25eth0]", "[fe80::1%25eth0]", false},
    };
    for (auto const& [url, host, same] : table)
        BOOST_TEST(is_origin_of(url, host) == same, url << " to " << host);
}

BOOST_AUTO_TEST_CASE(of_a_referer_only_the_authority_counts)
{
    constexpr std::string_view host = "site.example:8080";
    std::vector<row> const table{
        {"http://site.example:8080", host, true},
        {"http://site.example:8080/", host, true},
        {"http://site.example:8080/page?x#y", host, true},
        {"http://site.example:8080/?a=b|c", host, true},
        {"http://site.example:8080/[", host, true},
        {"http://site.example:8080/%", host, true},
        {"http://site.example:8080/a b\xFF<>\"^`{}", host, true},
        {"http://site.example:8080?x=http://evil.example/", host, true},
        {"http://site.example:8080#http://evil.example/", host, true},
        {"HTTP://Site.Example:8080/", host, true},
        {"http://evil.example/?http://site.example:8080/", host, false},
        {"http://evil.example/http://site.example:8080/", host, false},
        {"http://site.example:8080@evil.example/", host, false},
        {"http://user:word@site.example:8080/", host, false},
        {"http://site.example:8080\\@evil.example/", host, false},
        {"http://site.example:8080.evil.example/", host, false},
        {"http://site.example/", host, false},
        {"http://site.example:/", "site.example", false},
        {"file://site.example:8080/", host, false},
        {"about:blank", host, false},
        {"/page", host, false},
        {"site.example:8080/", host, false},
        {"?://site.example:8080", host, false},
        {"", host, false},
        {"https://site.example:443/", "site.example", true},
        {"http://[::1]:8080/?[", "[::1]:8080", true},
    };
    for (auto const& [url, named, same] : table)
        BOOST_TEST(refers_to(url, named) == same, url << " to " << named);
}

BOOST_AUTO_TEST_CASE(what_stands_before_the_path_may_be_shown)
{
    BOOST_TEST(without_path("https://site.example/reset?code=secret") == "https://site.example");
    BOOST_TEST(without_path("https://site.example?code=secret") == "https://site.example");
    BOOST_TEST(without_path("https://site.example#secret") == "https://site.example");
    BOOST_TEST(without_path("https://site.example") == "https://site.example");
    BOOST_TEST(without_path("/reset?code=secret").empty());
    BOOST_TEST(without_path("null") == "null");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
