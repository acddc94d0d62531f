#include "api/source/allowed_origins.hpp"

#include "support/request.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace {

using namespace jwtgate;
using namespace jwtgate::api;

std::vector<std::string> const two{"https://app.example", "http://localhost:3000"};

std::string fields_of(std::vector<http::field> given)
{
    test::request const req("GET", "/", std::move(given));
    return std::string(allowed_origins(two).fields_for(req));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(api_allowed_origins)

BOOST_AUTO_TEST_CASE(each_gets_fields_of_its_own)
{
    for (auto const& origin : two) {
        BOOST_TEST(
            fields_of({{"Origin", origin}}) ==
            "Access-Control-Allow-Origin: " + origin +
                "\r\nAccess-Control-Allow-Credentials: true\r\nVary: Origin\r\n"
        );
    }
}

BOOST_AUTO_TEST_CASE(nobody_else_gets_any)
{
    for (auto const* const origin :
         {"",
          "null",
          "*",
          "https://app.example:443",
          "http://app.example",
          "https://app.example/",
          "https://app.example.evil.example",
          "https://evil.example",
          "https://xapp.example",
          "HTTPS://APP.EXAMPLE",
          "http://localhost:3001",
          "https://app.example https://app.example",
          "https://app.example, http://localhost:3000"})
        BOOST_TEST(fields_of({{"Origin", origin}}).empty());
    BOOST_TEST(fields_of({}).empty());
    BOOST_TEST(fields_of({{"Origin", two[0]}, {"Origin", two[0]}}).empty());
    test::request const req("GET", "/", {{"Origin", two[0]}});
    BOOST_TEST(!allowed_origins({}).allow(req));
}

BOOST_AUTO_TEST_CASE(a_preflight_says_for_which_method)
{
    BOOST_TEST(is_preflight(test::request("OPTIONS", "/", {{"Access-Control-Request-Method", "PUT"}})));
    BOOST_TEST(!is_preflight(test::request("OPTIONS", "/", {})));
    BOOST_TEST(!is_preflight(test::request("GET", "/", {{"Access-Control-Request-Method", "PUT"}})));
}

BOOST_AUTO_TEST_SUITE_END()
