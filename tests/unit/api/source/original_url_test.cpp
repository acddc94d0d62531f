#include "api/source/original_url.hpp"

#include "support/request.hpp"

#include <boost/test/unit_test.hpp>

namespace jwtgate::api {
namespace {

std::string asked_about(std::vector<http::field> fields)
{
    return original_url(test::request("GET", "/auth", std::move(fields)));
}

http::field const scheme{"X-Forwarded-Proto", "https"};
http::field const host{"X-Forwarded-Host", "app.example"};
http::field const path{"X-Forwarded-Uri", "/x?y"};

}  // namespace

BOOST_AUTO_TEST_SUITE(api_source_original_url)

BOOST_AUTO_TEST_CASE(is_said_by_one_field_or_by_three)
{
    BOOST_TEST(asked_about({{"x-original-url", "https://app.example/a"}}) == "https://app.example/a");
    BOOST_TEST(asked_about({scheme, host, path}) == "https://app.example/x?y");
    BOOST_TEST(
        asked_about({scheme, host, path, {"X-Original-URL", "https://b.example/"}}) == "https://b.example/"
    );
}

BOOST_AUTO_TEST_CASE(is_not_said_by_less_or_by_more)
{
    for (auto const& fields : std::vector<std::vector<http::field>>{
             {},
             {scheme, host},
             {scheme, path},
             {host, path},
             {scheme, host, path, path},
             {{"X-Original-URL", "https://a.example/"}, {"X-Original-URL", "https://b.example/"}},
             {{"X-Original-URL", ""}, scheme, host, path},
         })
        BOOST_TEST(asked_about(fields).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
