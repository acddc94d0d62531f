#include "api/cross_site.hpp"

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
        row.fields.push_back({"Host", "site.example"});
        test::request const req("POST", "/login", row.fields);
        BOOST_TEST(is_cross_site(req) == row.cross_site, label);
    }
}

BOOST_AUTO_TEST_CASE(compares_the_port_of_host_too)
{
    test::request const same(
        "POST", "/login", {{"Host", "127.0.0.1:8080"}, {"Origin", "http://127.0.0.1:8080"}}
    );
    test::request const other(
        "POST", "/login", {{"Host", "127.0.0.1:8080"}, {"Origin", "http://127.0.0.1:8081"}}
    );
    test::request const six("POST", "/login", {{"Host", "[::1]:8080"}, {"Origin", "http://[::1]:8080"}});
    BOOST_TEST(!is_cross_site(same));
    BOOST_TEST(is_cross_site(other));
    BOOST_TEST(!is_cross_site(six));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
