#include "unit/api/served_site.hpp"

#include <boost/test/unit_test.hpp>

namespace jwtgate::api {
namespace {

http::field const allowed{"Origin", "https://app.example"};
http::field const other{"Origin", "https://other.example"};
http::field const cross_site{"Sec-Fetch-Site", "cross-site"};
http::field const wants_put{"Access-Control-Request-Method", "PUT"};

/// The page of another site may use it.
struct open_site : served_site {
    open_site() : served_site({.secure = false}, {"https://app.example"}) {}
};

bool lets_read(answer const& got)
{
    return got.has("Access-Control-Allow-Origin: https://app.example\r\n") &&
           got.has("Access-Control-Allow-Credentials: true\r\n") && got.has("Vary: Origin\r\n");
}

bool says_nothing(answer const& got)
{
    return !got.has("Access-Control-") && !got.has("Vary");
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(api_cross_origin, open_site)

BOOST_AUTO_TEST_CASE(a_preflight_names_what_may_be_sent)
{
    for (auto const& [path, methods] : {
             std::pair{"/password", "PUT"},
             {"/login", "POST"},
             {"/sessions", "GET, HEAD, DELETE"},
             {"/sessions/abc", "DELETE"},
             {"/logout", "POST, GET"},
         }) {
        auto const got = ask("OPTIONS", path, {allowed, cross_site, wants_put});
        BOOST_TEST_CONTEXT(path)
        {
            BOOST_TEST(got.status() == "204");
            BOOST_TEST(lets_read(got));
            BOOST_TEST(got.has("Access-Control-Allow-Methods: " + std::string(methods) + "\r\n"));
            BOOST_TEST(got.has("Access-Control-Allow-Headers: content-type, x-csrf-token, authorization\r\n")
            );
            BOOST_TEST(got.has("Access-Control-Max-Age: 600\r\n"));
            BOOST_TEST(got.has("Cache-Control: no-store\r\n"));
            BOOST_TEST(!got.has("Content-Length"));
            BOOST_TEST(got.body.empty());
        }
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_preflight_of_an_allowed_origin_is_refused_as_ever)
{
    for (auto const& given :
         {fields{other, wants_put},
          fields{wants_put},
          fields{allowed},
          fields{allowed, allowed, wants_put}}) {
        auto const got = ask("OPTIONS", "/login", given);
        BOOST_TEST(got.status() == "405");
        BOOST_TEST(got.has("Allow: POST\r\n"));
        BOOST_TEST(!got.has("Access-Control-Allow-Methods"));
    }
    BOOST_TEST(ask("OPTIONS", "/none", {allowed, wants_put}).status() == "404");
}

BOOST_AUTO_TEST_CASE(an_allowed_origin_sends_unsafe_requests_and_reads_every_answer)
{
    auto const in = ask("POST", "/login", {allowed, cross_site}, credentials_of_alice);
    BOOST_TEST(in.status() == "200");
    BOOST_TEST(lets_read(in));
    auto const cookies = in.cookies();
    auto const cookie = cookie_field(cookies);
    BOOST_TEST(lets_read(ask("GET", "/me", {allowed, cross_site, {"Cookie", cookie}})));
    auto const refused = ask("POST", "/refresh", {allowed, cross_site, {"Cookie", cookie}});
    BOOST_TEST(error_of(refused) == "csrf");
    BOOST_TEST(lets_read(refused));
    BOOST_TEST(lets_read(ask("GET", "/none", {allowed})));
    auto const csrf = cookies.at("csrf_access_token");
    auto const out =
        ask("POST", "/logout", {allowed, cross_site, {"Cookie", cookie}, {"X-CSRF-TOKEN", csrf}});
    BOOST_TEST(out.status() == "200");
    BOOST_TEST(lets_read(out));
}

BOOST_AUTO_TEST_CASE(nobody_else_does)
{
    for (auto const& given :
         {fields{other, cross_site},
          fields{other},
          fields{cross_site},
          fields{{"Origin", "null"}},
          fields{allowed, allowed}}) {
        auto const got = ask("POST", "/login", given, credentials_of_alice);
        BOOST_TEST(error_of(got) == "cross_site");
        BOOST_TEST(says_nothing(got));
    }
    BOOST_TEST(says_nothing(ask("GET", "/", {other})));
    BOOST_TEST(says_nothing(ask("POST", "/login", {}, credentials_of_alice)));
}

BOOST_AUTO_TEST_CASE(a_logout_by_get_is_still_only_for_what_a_user_asked_for)
{
    auto const got = ask("GET", "/logout", {allowed, cross_site});
    BOOST_TEST(error_of(got) == "cross_site");
    BOOST_TEST(lets_read(got));
}

BOOST_AUTO_TEST_CASE(the_gate_lets_unsafe_requests_of_an_allowed_origin_through)
{
    auto const cookie = cookie_field(log_in());
    for (auto const& [origin, status] : {std::pair{allowed, "200"}, {other, "403"}}) {
        auto const got =
            ask("GET", "/auth", {origin, cross_site, {"X-Original-Method", "POST"}, {"Cookie", cookie}});
        BOOST_TEST(got.status() == status);
        BOOST_TEST(says_nothing(got));
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
