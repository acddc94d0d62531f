#include "api/application.hpp"

#include "unit/api/served_site.hpp"
#include "web/page.hpp"

#include <boost/test/unit_test.hpp>

namespace jwtgate::api {

using namespace std::chrono_literals;

BOOST_FIXTURE_TEST_SUITE(api_application, plain_site)

BOOST_AUTO_TEST_CASE(a_login_answers_with_four_cookies_and_that_of_the_device)
{
    auto const got = ask("POST", "/login", {}, credentials_of_alice);
    BOOST_TEST(got.status() == "200");
    BOOST_TEST(got.body == R"({"login":true})");
    BOOST_TEST(got.cookies().size() == 5U);
    BOOST_TEST(got.has("Cache-Control: no-store\r\n"));
    BOOST_TEST(got.has("X-Content-Type-Options: nosniff\r\n"));
}

BOOST_AUTO_TEST_CASE(the_cookie_says_who_is_asking)
{
    auto const cookie = cookie_field(log_in());
    BOOST_TEST(ask("GET", "/protected", {{"Cookie", cookie}}).body == R"({"logged_in_as":"alice"})");
    auto const me = boost::json::parse(ask("GET", "/me", {{"Cookie", cookie}}).body);
    BOOST_TEST(me.at("username") == "alice");
    BOOST_TEST(me.at("fresh") == true);
    BOOST_TEST(me.at("token").at("header").at("alg") == "HS256");
    BOOST_TEST(me.at("token").at("claims").at("sub") == "alice");
    BOOST_TEST(me.at("expires").as_int64() - me.at("refresh_at").as_int64() == 1800);
}

BOOST_AUTO_TEST_CASE(a_program_gets_tokens_and_no_cookies)
{
    auto const got = ask("POST", "/token", {}, credentials_of_alice);
    BOOST_TEST(got.cookies().empty());
    auto const tokens = boost::json::parse(got.body);
    auto const bearer = "Bearer " + std::string(tokens.at("access_token").as_string());
    BOOST_TEST(ask("GET", "/protected", {{"Authorization", bearer}}).status() == "200");
    auto const again = "Bearer " + std::string(tokens.at("refresh_token").as_string());
    auto const rotated = ask("POST", "/refresh", {{"Authorization", again}});
    BOOST_TEST(rotated.cookies().empty());
    BOOST_TEST(boost::json::parse(rotated.body).at("token_type") == "Bearer");
    domain.time.advance(std::chrono::seconds{30});
    BOOST_TEST(error_of(ask("POST", "/refresh", {{"Authorization", again}})) == "token_revoked");
}

BOOST_AUTO_TEST_CASE(a_refresh_by_cookie_wants_the_refresh_token_s_csrf_value)
{
    auto const cookies = log_in();
    auto const cookie = cookie_field(cookies);
    BOOST_TEST(error_of(ask("POST", "/refresh", {{"Cookie", cookie}})) == "csrf");
    auto const wrong = cookies.at("csrf_access_token");
    BOOST_TEST(ask("POST", "/refresh", {{"Cookie", cookie}, {"X-CSRF-TOKEN", wrong}}).status() == "403");
    auto const right = cookies.at("csrf_refresh_token");
    auto const got = ask("POST", "/refresh", {{"Cookie", cookie}, {"X-CSRF-TOKEN", right}});
    BOOST_TEST(got.body == R"({"refresh":true})");
    BOOST_TEST(got.cookies().at("csrf_refresh_token") == right);
    BOOST_TEST(got.cookies().at("refresh_token_cookie") != cookies.at("refresh_token_cookie"));
}

BOOST_AUTO_TEST_CASE(an_access_cookie_about_to_expire_is_renewed_by_the_answer)
{
    auto const cookies = log_in();
    auto const cookie = cookie_field(cookies);
    BOOST_TEST(ask("GET", "/protected", {{"Cookie", cookie}}).cookies().empty());
    domain.time.advance(31min);
    for (auto const path : {"/protected", "/me", "/auth"}) {
        auto const renewed = ask("GET", path, {{"Cookie", cookie}}).cookies();
        BOOST_TEST_CONTEXT(path)
        {
            BOOST_TEST_REQUIRE(renewed.size() == 2U);
            BOOST_TEST(renewed.at("csrf_access_token") == cookies.at("csrf_access_token"));
            auto const me = ask("GET", "/me", {{"Cookie", cookie_field(renewed)}});
            BOOST_TEST(boost::json::parse(me.body).at("fresh") == false);
        }
    }
    auto const bearer = "Bearer " + cookies.at("access_token_cookie");
    BOOST_TEST(ask("GET", "/protected", {{"Authorization", bearer}}).cookies().empty());
    auto const out =
        ask("POST", "/logout", {{"Cookie", cookie}, {"X-CSRF-TOKEN", cookies.at("csrf_access_token")}});
    for (auto const& [name, value] : out.cookies()) BOOST_TEST(value.empty(), name);
    BOOST_TEST(ask("GET", "/protected", {{"Cookie", cookie}}).cookies().empty());
}

BOOST_AUTO_TEST_CASE(behind_a_trusted_proxy_the_host_is_the_one_that_it_was_asked_for)
{
    site const trusting{
        shared.cookies,
        shared.former,
        shared.credentials,
        trusted_proxies({{boost::asio::ip::address_v6{}, 0}}),
        allowed_origins({}),
        return_targets({}),
        domain.log,
        domain.clock,
        domain.random};
    application behind{make_domain(), trusting, counted};
    auto const status = [&](application& one, std::string_view forwarded) {
        test::request req(
            "POST",
            "/logout",
            {{"Host", "127.0.0.1"}, {"X-Forwarded-Host", forwarded}, {"Origin", "https://site.example"}}
        );
        http::out_buffer out;
        http::response res(out, {});
        if (auto work = one.handle(req, res); work.valid()) test::run_task(std::move(work));
        return std::string(out.data() + 9, 3);
    };
    BOOST_TEST(status(behind, "site.example") == "200");
    BOOST_TEST(status(behind, "evil.example") == "403");
    BOOST_TEST(status(behind, "site.example, site.example") == "403");
    BOOST_TEST(status(served, "site.example") == "403");
}

BOOST_AUTO_TEST_CASE(an_unsafe_request_of_another_site_is_refused_and_so_is_a_logout_by_its_image)
{
    fields const cross{{"Sec-Fetch-Site", "cross-site"}};
    BOOST_TEST(error_of(ask("POST", "/login", cross, credentials_of_alice)) == "cross_site");
    BOOST_TEST(error_of(ask("POST", "/logout", cross)) == "cross_site");
    BOOST_TEST(error_of(ask("GET", "/logout", cross)) == "cross_site");
    BOOST_TEST(ask("GET", "/logout", {{"Sec-Fetch-Site", "same-site"}}).status() == "403");
    BOOST_TEST(ask("GET", "/healthz", cross).status() == "200");
}

BOOST_AUTO_TEST_CASE(a_login_is_json_or_a_form_and_nothing_else)
{
    auto const post = [&](fields given) {
        given.push_back({"Host", "site.example"});
        test::request req("POST", "/login", std::move(given));
        req.body = credentials_of_alice;
        http::out_buffer out;
        http::response res(out, {});
        test::run_task(served.handle(req, res));
        return std::string(out.data() + 9, 3);
    };
    BOOST_TEST(post({{"Content-Type", "application/json; charset=utf-8"}}) == "200");
    BOOST_TEST(post({{"content-type", "Application/JSON;charset=\"UTF-8\""}}) == "200");
    BOOST_TEST(post({}) == "415");
    BOOST_TEST(post({{"Content-Type", "text/plain"}}) == "415");
    BOOST_TEST(post({{"Content-Type", "application/json; charset=latin1"}}) == "415");
    BOOST_TEST(post({{"Content-Type", "multipart/form-data; boundary=x"}}) == "415");
    BOOST_TEST(post({{"Content-Type", "application/json"}, {"Content-Encoding", "gzip"}}) == "415");
}

BOOST_AUTO_TEST_CASE(wrong_credentials_answer_alike)
{
    auto const wrong = ask("POST", "/login", {}, R"({"username":"alice","password":"wrong"})");
    auto const unknown = ask("POST", "/login", {}, R"({"username":"nobody","password":"wrong"})");
    BOOST_TEST(wrong.body == R"({"msg":"Bad username or password","error":"bad_credentials"})");
    BOOST_TEST(wrong.body == unknown.body);
    BOOST_TEST(wrong.head == unknown.head);
}

BOOST_AUTO_TEST_CASE(unknown_paths_are_404_and_unknown_methods_405_with_allow)
{
    BOOST_TEST(error_of(ask("GET", "/nowhere")) == "not_found");
    auto const got = ask("DELETE", "/logout");
    BOOST_TEST(got.status() == "405");
    BOOST_TEST(got.has("Allow: POST, GET\r\n"));
    BOOST_TEST(ask("DELETE", "/me").has("Allow: GET, HEAD\r\n"));
    BOOST_TEST(ask("GET", "/login").has("Allow: POST\r\n"));
}

BOOST_AUTO_TEST_CASE(every_part_of_the_page_has_a_route_and_the_policy)
{
    for (auto const& asset : web::assets()) {
        auto const got = ask("GET", asset.path);
        BOOST_TEST_CONTEXT(asset.path)
        {
            BOOST_TEST(got.status() == "200");
            BOOST_TEST((asset.path == "/" || got.body == asset.body));
            BOOST_TEST(got.has("Content-Security-Policy: default-src 'none'"));
        }
    }
}

BOOST_AUTO_TEST_CASE(the_page_learns_the_names_of_the_cookies_and_how_short_a_password_may_be)
{
    auto const got = ask("GET", "/");
    auto const csrf = got.cookies().at("login_csrf");
    web::server_facts const facts{
        .csrf_access_cookie = "csrf_access_token",
        .csrf_refresh_cookie = "csrf_refresh_token",
        .cookie_secure = false,
        .password_min_length = 8,
        .site_name = host};
    BOOST_TEST(got.body == web::index(facts, {.host = host, .form_csrf = csrf}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
