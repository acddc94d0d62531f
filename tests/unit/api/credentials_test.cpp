#include "api/credentials.hpp"

#include "api/errors.hpp"
#include "support/request.hpp"

#include <boost/test/unit_test.hpp>

namespace jwtgate::api {
namespace {

using enum token_location;

credentials looking_in(std::vector<token_location> locations)
{
    return credentials(
        {.locations = std::move(locations),
         .access_cookie = "acc",
         .refresh_cookie = "ref",
         .token_cookies = {"acc", "ref", "__Host-acc"},
         .device_cookie = "dev"}
    );
}

struct example {
    std::vector<token_location> locations;
    std::vector<http::field> fields;
    core::error_code outcome;
    std::string_view token = {};
};

std::string label_of(example const& row)
{
    std::string label = row.locations.front() == cookies ? "cookies first:" : "headers first:";
    for (auto const& field : row.fields) label.append(" ").append(field.name).append("=").append(field.value);
    return label;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(api_credentials)

BOOST_AUTO_TEST_CASE(the_first_location_that_holds_something_like_a_token_decides)
{
    std::vector<example> const table{
        {{cookies, headers}, {}, errc::token_missing},
        {{cookies, headers}, {{"Cookie", "acc=t"}}, {}, "t"},
        {{cookies, headers}, {{"Cookie", "a=b; acc=t; ref=r"}}, {}, "t"},
        {{cookies, headers}, {{"Cookie", "acc=t"}, {"Cookie", "acc=t"}}, {}, "t"},
        {{cookies, headers}, {{"Cookie", "acc=t; acc=u"}}, errc::several_cookies},
        {{cookies, headers}, {{"Cookie", "acc=t"}, {"Cookie", "acc=u"}}, errc::several_cookies},
        {{cookies, headers}, {{"Cookie", "acc="}}, errc::token_missing},
        {{cookies, headers}, {{"Cookie", "acc=; acc=t; acc=t"}}, {}, "t"},
        {{cookies, headers}, {{"Cookie", "Acc=t"}}, errc::token_missing},
        {{cookies, headers}, {{"Authorization", "Bearer h"}}, {}, "h"},
        {{cookies, headers}, {{"Authorization", "bearer  h"}}, {}, "h"},
        {{cookies, headers}, {{"Cookie", "acc=t"}, {"Authorization", "Bearer h"}}, {}, "t"},
        {{headers, cookies}, {{"Cookie", "acc=t"}, {"Authorization", "Bearer h"}}, {}, "h"},
        {{headers, cookies}, {{"Cookie", "acc=t"}, {"Authorization", "Basic eDp5"}}, {}, "t"},
        {{headers, cookies}, {{"Cookie", "acc=t"}, {"Authorization", "Bearer"}}, errc::bad_authorization},
        {{headers}, {{"Cookie", "acc=t"}}, errc::token_missing},
        {{cookies}, {{"Authorization", "Bearer h"}}, errc::token_missing},
        {{headers}, {{"Authorization", "Basic eDp5"}}, errc::token_missing},
        {{headers}, {{"Authorization", "Bearerh"}}, errc::token_missing},
        {{headers}, {{"Authorization", ""}}, errc::token_missing},
        {{headers}, {{"Authorization", "Bearer"}}, errc::bad_authorization},
        {{headers}, {{"Authorization", "Bearer "}}, errc::bad_authorization},
        {{headers}, {{"Authorization", "Bearer h i"}}, errc::bad_authorization},
        {{headers}, {{"Authorization", "Bearer h,i"}}, errc::bad_authorization},
        {{headers}, {{"Authorization", "Bearer h"}, {"Authorization", "Bearer h"}}, errc::bad_authorization},
    };
    for (auto const& row : table) {
        auto const found = looking_in(row.locations).access_token(test::request("GET", "/", row.fields));
        BOOST_TEST_CONTEXT(label_of(row))
        {
            BOOST_TEST(found.error() == row.outcome);
            if (found) BOOST_TEST(found->text == row.token);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_refresh_token_has_a_cookie_of_its_own)
{
    auto const found =
        looking_in({cookies}).refresh_token(test::request("POST", "/", {{"Cookie", "acc=t; ref=r"}}));
    BOOST_TEST_REQUIRE(!found.has_error());
    BOOST_TEST(found->text == "r");
    BOOST_TEST((found->location == cookies));
}

BOOST_AUTO_TEST_CASE(all_tokens_are_those_of_every_cookie_s_name_and_of_the_header)
{
    test::request const req(
        "POST",
        "/logout",
        {{"Cookie", "acc=t; x=y; acc=u; __Host-acc=v; acc="},
         {"Cookie", "ref=r"},
         {"Authorization", "Bearer h"}}
    );
    std::string texts;
    for (auto const& token : looking_in({headers, cookies}).all_tokens(req)) texts += token.text;
    BOOST_TEST(texts == "turvh");
    BOOST_TEST(looking_in({headers}).all_tokens(req).size() == 1U);
    BOOST_TEST(looking_in({cookies}).all_tokens(req).size() == 4U);
}

BOOST_AUTO_TEST_CASE(at_most_four_different_values_of_a_cookie_are_tried)
{
    auto const tried = [](std::string_view cookie, token_kind kind) {
        std::string texts;
        test::request const req("GET", "/", {{"Cookie", cookie}});
        for (auto const value : looking_in({cookies}).cookies_of(req, kind)) texts += value;
        return texts;
    };
    BOOST_TEST(tried("acc=1; acc=2; ref=3", token_kind::access) == "12");
    BOOST_TEST(tried("acc=1; ref=2; ref=3", token_kind::refresh) == "23");
    BOOST_TEST(tried("acc=1; acc=; acc=1; acc=2", token_kind::access) == "12");
    BOOST_TEST(tried("acc=1; acc=2; acc=3; acc=4; acc=5; acc=6", token_kind::access) == "1234");
}

BOOST_AUTO_TEST_CASE(says_that_there_are_several_of_which_name)
{
    auto const where = looking_in({cookies});
    BOOST_TEST(
        where.several_of(token_kind::access, errc::several_cookies) ==
        R"(Several cookies "acc" were sent, and none of them counts)"
    );
    BOOST_TEST(
        where.several_of(token_kind::refresh, errc::several_sessions) ==
        R"(Several cookies "ref" were sent, of different sessions)"
    );
}

BOOST_AUTO_TEST_CASE(says_where_it_looked)
{
    test::request const none("GET", "/");
    test::request const basic("GET", "/", {{"Authorization", "Basic eDp5"}});
    BOOST_TEST(looking_in({cookies}).missing_access_token(none) == R"(Missing cookie "acc")");
    BOOST_TEST(looking_in({headers}).missing_access_token(none) == "Missing Authorization Header");
    BOOST_TEST(
        looking_in({cookies, headers}).missing_access_token(basic) ==
        R"(Missing JWT in cookies or headers (Missing cookie "acc"; Missing Authorization Header))"
    );
    BOOST_TEST(
        looking_in({headers, cookies}).missing_refresh_token(none) ==
        R"(Missing JWT in headers or cookies (Missing Authorization Header; Missing cookie "ref"))"
    );
    BOOST_TEST(
        looking_in({headers}).missing_access_token(basic) ==
        "Missing 'Bearer' type in 'Authorization' header. Expected 'Authorization: Bearer <JWT>'"
    );
    BOOST_TEST(
        looking_in({headers}).missing_refresh_token(basic) ==
        "Missing 'Bearer' type in 'Authorization' header. Expected 'Authorization: Bearer <JWT>'"
    );
}

BOOST_AUTO_TEST_CASE(csrf_is_asked_for_unsafe_methods_with_a_cookie_only)
{
    auto const where = looking_in({cookies, headers});
    jwt::claims claims;
    claims.csrf = "value";
    auto const check = [&](std::string_view method, std::vector<http::field> fields, token_location from) {
        return where.check_csrf(test::request(method, "/", std::move(fields)), from, claims).error();
    };
    core::error_code const fine;
    core::error_code const missing = errc::csrf_missing;
    core::error_code const mismatch = errc::csrf_mismatch;
    BOOST_TEST(check("GET", {}, cookies) == fine);
    BOOST_TEST(check("POST", {}, headers) == fine);
    BOOST_TEST(check("POST", {}, cookies) == missing);
    BOOST_TEST(check("DELETE", {{"X-CSRF-TOKEN", ""}}, cookies) == missing);
    BOOST_TEST(check("POST", {{"x-csrf-token", "value"}}, cookies) == fine);
    BOOST_TEST(check("POST", {{"X-CSRF-TOKEN", "Value"}}, cookies) == mismatch);
    BOOST_TEST(check("POST", {{"X-CSRF-TOKEN", "value2"}}, cookies) == mismatch);
    BOOST_TEST(check("POST", {{"X-CSRF-TOKEN", "value"}, {"X-CSRF-TOKEN", "x"}}, cookies) == mismatch);
    claims.csrf = "";
    BOOST_TEST(check("POST", {{"X-CSRF-TOKEN", "value"}}, cookies) == mismatch);
}

BOOST_AUTO_TEST_CASE(csrf_can_be_turned_off)
{
    credentials const where({.access_cookie = "acc", .refresh_cookie = "ref", .csrf_protect = false});
    BOOST_TEST(!where.check_csrf(test::request("POST", "/"), cookies, {}).has_error());
}

BOOST_AUTO_TEST_CASE(what_a_device_keeps_is_found_wherever_tokens_are_looked_for)
{
    using texts = std::vector<std::string>;
    test::request const req("POST", "/login", {{"Cookie", "dev=a; acc=t; dev=b; dev=a; dev=; xdev=c"}});
    BOOST_TEST((looking_in({cookies, headers}).devices(req) == texts{"a", "b"}));
    BOOST_TEST((looking_in({headers}).devices(req) == texts{"a", "b"}));
    test::request const many("POST", "/login", {{"Cookie", "dev=1; dev=2; dev=3; dev=4; dev=5"}});
    BOOST_TEST((looking_in({cookies}).devices(many) == texts{"1", "2", "3", "4"}));
    test::request const none("POST", "/login");
    BOOST_TEST(looking_in({cookies}).devices(none).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
