#include "api/application.hpp"

#include "support/fake_domain.hpp"
#include "support/request.hpp"
#include "web/page.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <boost/test/unit_test.hpp>

#include <map>

namespace jwtgate::api {
namespace {

using namespace std::chrono_literals;
using fields = std::vector<http::field>;

struct answer {
    std::string head;
    std::string body;

    std::string status() const { return head.substr(9, 3); }

    bool has(std::string_view line) const
    {
        return head.find("\r\n" + std::string(line)) != std::string::npos;
    }

    std::map<std::string, std::string> cookies() const
    {
        std::map<std::string, std::string> found;
        constexpr std::string_view start = "\r\nSet-Cookie: ";
        for (auto at = head.find(start); at != std::string::npos; at = head.find(start, at + 1)) {
            auto const name = at + start.size();
            auto const equals = head.find('=', name);
            found[head.substr(name, equals - name)] =
                head.substr(equals + 1, head.find(';', equals) - equals - 1);
        }
        return found;
    }
};

constexpr std::string_view credentials_of_alice = R"({"username":"Alice","password":"correct horse"})";

struct fixture {
    test::fake_domain domain;
    site const shared = make_site(domain.log);
    application served{domain.make_service(), shared};

    fixture() { domain.add_user("alice", "correct horse", {"admin", "dev"}); }

    static site make_site(core::log const& log)
    {
        session_cookies cookies({.secure = false});
        credentials where({.access_cookie = cookies.access(), .refresh_cookie = cookies.refresh()});
        return {cookies, where, trusted_proxies({}), log};
    }

    answer ask(
        std::string_view method,
        std::string_view path,
        fields given = {},
        std::string_view body = "",
        std::string_view query = ""
    )
    {
        given.push_back({"Host", "site.example"});
        if (!body.empty()) given.push_back({"Content-Type", "application/json"});
        test::request req(method, path, std::move(given));
        req.body = body;
        req.query = query;
        http::out_buffer out;
        http::response res(out, {});
        if (auto work = served.handle(req, res); work.valid()) test::run_task(std::move(work));
        BOOST_TEST_REQUIRE(res.finished());
        std::string const text(out.begin(), out.end());
        auto const end = text.find("\r\n\r\n");
        return {text.substr(0, end + 2), text.substr(end + 4)};
    }

    std::map<std::string, std::string> log_in()
    {
        return ask("POST", "/login", {}, credentials_of_alice).cookies();
    }
};

std::string cookie_field(std::map<std::string, std::string> const& cookies)
{
    std::string field;
    for (auto const& [name, value] : cookies)
        field.append(field.empty() ? "" : "; ").append(name).append("=").append(value);
    return field;
}

std::string error_of(answer const& got)
{
    return std::string(boost::json::parse(got.body).at("error").as_string());
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(api_application, fixture)

BOOST_AUTO_TEST_CASE(a_login_answers_with_four_cookies)
{
    auto const got = ask("POST", "/login", {}, credentials_of_alice);
    BOOST_TEST(got.status() == "200");
    BOOST_TEST(got.body == R"({"login":true})");
    BOOST_TEST(got.cookies().size() == 4U);
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

BOOST_AUTO_TEST_CASE(logout_ends_both_tokens_and_deletes_the_cookies)
{
    auto const cookies = log_in();
    auto const cookie = cookie_field(cookies);
    BOOST_TEST(error_of(ask("POST", "/logout", {{"Cookie", cookie}})) == "csrf");
    auto const got =
        ask("POST", "/logout", {{"Cookie", cookie}, {"X-CSRF-TOKEN", cookies.at("csrf_access_token")}});
    BOOST_TEST(got.body == R"({"msg":"Logout Successful"})");
    for (auto const& [name, value] : got.cookies()) BOOST_TEST(value.empty(), name);
    BOOST_TEST(got.cookies().size() == 4U);
    BOOST_TEST(error_of(ask("GET", "/protected", {{"Cookie", cookie}})) == "token_revoked");
    BOOST_TEST(ask("GET", "/auth", {{"Cookie", cookie}}).status() == "401");
    auto const refresh =
        ask("POST", "/refresh", {{"Cookie", cookie}, {"X-CSRF-TOKEN", cookies.at("csrf_refresh_token")}});
    BOOST_TEST(error_of(refresh) == "token_revoked");
}

BOOST_AUTO_TEST_CASE(logout_works_with_one_cookie_with_either_csrf_value_expired_or_without_any)
{
    auto cookies = log_in();
    auto const access = "access_token_cookie=" + cookies.at("access_token_cookie");
    auto const refresh = "refresh_token_cookie=" + cookies.at("refresh_token_cookie");
    auto const csrf = cookies.at("csrf_refresh_token");
    BOOST_TEST(ask("POST", "/logout", {{"Cookie", refresh}, {"X-CSRF-TOKEN", csrf}}).status() == "200");
    BOOST_TEST(error_of(ask("GET", "/me", {{"Cookie", access}})) == "token_revoked");

    cookies = log_in();
    auto const both = cookie_field(cookies);
    BOOST_TEST(
        ask("POST", "/logout", {{"Cookie", both}, {"X-CSRF-TOKEN", cookies.at("csrf_refresh_token")}}
        ).status() == "200"
    );

    cookies = log_in();
    auto const old = "access_token_cookie=" + cookies.at("access_token_cookie");
    domain.time.advance(2h);
    BOOST_TEST(ask("POST", "/logout", {{"Cookie", old}}).status() == "200");
    auto const live = "refresh_token_cookie=" + cookies.at("refresh_token_cookie");
    auto const dead =
        ask("POST", "/refresh", {{"Cookie", live}, {"X-CSRF-TOKEN", cookies.at("csrf_refresh_token")}});
    BOOST_TEST(error_of(dead) == "token_revoked");

    BOOST_TEST(ask("POST", "/logout").status() == "200");
    BOOST_TEST(ask("GET", "/logout").cookies().size() == 4U);
}

BOOST_AUTO_TEST_CASE(a_logout_that_cannot_be_written_down_is_503_and_deletes_the_cookies_all_the_same)
{
    auto const cookies = log_in();
    auto const cookie = cookie_field(cookies);
    domain.store.away = true;
    auto const got =
        ask("POST", "/logout", {{"Cookie", cookie}, {"X-CSRF-TOKEN", cookies.at("csrf_access_token")}});
    BOOST_TEST(got.status() == "503");
    BOOST_TEST(got.has("Retry-After: 1\r\n"));
    BOOST_TEST(got.cookies().size() == 4U);
    BOOST_TEST(error_of(ask("GET", "/protected", {{"Cookie", cookie}})) == "token_revoked");
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

BOOST_AUTO_TEST_CASE(the_gate_says_who_is_asking_without_a_body)
{
    auto const cookie = cookie_field(log_in());
    for (auto const method : {"GET", "POST", "DELETE", "HEAD", "PURGE"}) {
        auto const got = ask(method, "/auth", {{"Cookie", cookie}});
        BOOST_TEST_CONTEXT(method)
        {
            BOOST_TEST(got.status() == "200");
            BOOST_TEST(got.body.empty());
            BOOST_TEST(got.has("Content-Length: 0\r\n"));
            BOOST_TEST(got.has("Remote-User: alice\r\n"));
            BOOST_TEST(got.has("Remote-Groups: admin,dev\r\n"));
        }
    }
    auto const refused = ask("GET", "/auth");
    BOOST_TEST(refused.status() == "401");
    BOOST_TEST(refused.body.empty());
    BOOST_TEST(refused.has("WWW-Authenticate: Bearer realm=\"jwtgate\"\r\n"));
}

BOOST_AUTO_TEST_CASE(the_gate_is_behind_its_path_too)
{
    auto const cookie = cookie_field(log_in());
    for (auto const path : {"/auth", "/auth/", "/auth/app/x", "/auth//", "/auth/login"}) {
        BOOST_TEST(ask("GET", path, {{"Cookie", cookie}}).status() == "200", path);
        BOOST_TEST(ask("PROPFIND", path).status() == "401", path);
    }
    for (auto const path : {"/auth2", "/authx/", "/au", "/AUTH", "/auth%2Fx"})
        BOOST_TEST(ask("GET", path, {{"Cookie", cookie}}).status() == "404", path);
}

BOOST_AUTO_TEST_CASE(the_gate_refuses_what_another_site_may_change)
{
    auto const cookie = cookie_field(log_in());
    http::field const logged_in{"Cookie", cookie};
    http::field const foreign{"Sec-Fetch-Site", "cross-site"};
    BOOST_TEST(ask("POST", "/auth", {logged_in, foreign}).status() == "403");
    BOOST_TEST(ask("POST", "/auth/app", {logged_in, foreign}).status() == "403");
    BOOST_TEST(ask("POST", "/auth", {logged_in, {"Origin", "https://evil.example"}}).status() == "403");
    BOOST_TEST(ask("POST", "/auth", {logged_in, {"Origin", "https://site.example"}}).status() == "200");
    BOOST_TEST(ask("POST", "/auth", {logged_in}).status() == "200");
    BOOST_TEST(ask("GET", "/auth", {logged_in, foreign}).status() == "200");
    BOOST_TEST(ask("GET", "/auth", {logged_in, foreign, {"Upgrade", "websocket"}}).status() == "403");
    BOOST_TEST(ask("GET", "/auth", {logged_in, {"Upgrade", "websocket"}}).status() == "200");
    BOOST_TEST(ask("GET", "/auth", {logged_in, foreign, {"X-Forwarded-Method", "PUT"}}).status() == "403");
}

BOOST_AUTO_TEST_CASE(the_gate_knows_one_parameter_and_refuses_every_other)
{
    struct question {
        std::string_view query;
        std::string_view status;
    };

    auto const cookie = cookie_field(log_in());  // roles admin and dev
    for (auto const& [query, status] : std::vector<question>{
             {"", "200"},
             {"role=admin", "200"},
             {"role=ops&role=dev", "200"},
             {"role=dev&role=dev", "200"},
             {"r%6Fle=admin", "200"},
             {"%72%6f%6c%65=admin", "200"},
             {"r%6Fle=ops", "403"},
             {"role=%61dmin", "200"},
             {"&role=admin&", "200"},
             {"role=ops", "403"},
             {"role", "403"},
             {"role=", "403"},
             {"role=Admin", "403"},
             {"role=admin,dev", "403"},
             {"role=admin;role=dev", "403"},
             {"role=ops;role=admin", "403"},
             {"role=admin%20", "403"},
             {"role=+admin", "403"},
             {"role=%zz", "403"},
             {"roles=admin", "403"},
             {"Role=admin", "403"},
             {"ROLE=admin", "403"},
             {"group=admin", "403"},
             {"groups=admin", "403"},
             {"rol=admin", "403"},
             {"role[]=admin", "403"},
             {"role%00=admin", "403"},
             {"role%20=admin", "403"},
             {"role+=admin", "403"},
             {"r%256Fle=admin", "403"},
             {"r%6=admin", "403"},
             {"r%=admin", "403"},
             {"%=admin", "403"},
             {"=admin", "403"},
             {"=", "403"},
             {"?role=admin", "403"},
             {"admin", "403"},
             {";role=admin", "403"},
             {"role=admin&roles=admin", "403"},
             {"roles=admin&role=admin", "403"},
             {"role=admin&x", "403"},
             {"role=admin&x=1&role=dev", "403"},
         }) {
        BOOST_TEST(ask("GET", "/auth", {{"Cookie", cookie}}, "", query).status() == status, query);
        BOOST_TEST(ask("GET", "/auth/x", {{"Cookie", cookie}}, "", query).status() == status, query);
    }
    BOOST_TEST(ask("GET", "/auth", {}, "", "role=admin").status() == "401");
    BOOST_TEST(ask("GET", "/auth", {}, "", "roles=admin").status() == "403");
}

BOOST_AUTO_TEST_CASE(only_a_user_logs_out_by_a_link)
{
    auto const cookie = cookie_field(log_in());
    http::field const logged_in{"Cookie", cookie};
    for (http::field const why : std::vector<http::field>{
             {"Sec-Fetch-Site", "cross-site"},
             {"Sec-Fetch-Site", "same-site"},
             {"Sec-Fetch-Dest", "image"},
             {"Sec-Purpose", "prefetch;prerender"},
             {"Referer", "https://evil.example/"}}) {
        auto const got = ask("GET", "/logout", {logged_in, why});
        BOOST_TEST(error_of(got) == "cross_site", why.value);
        BOOST_TEST(got.cookies().empty(), why.value);
    }
    auto const head = ask("HEAD", "/logout", {logged_in});
    BOOST_TEST(head.status() == "405");
    BOOST_TEST(head.has("Allow: POST, GET\r\n"));
    BOOST_TEST(ask("GET", "/protected", {logged_in}).status() == "200");
    BOOST_TEST(ask("GET", "/logout", {logged_in, {"Referer", "https://site.example/app"}}).status() == "200");
    BOOST_TEST(error_of(ask("GET", "/protected", {logged_in})) == "token_revoked");
}

BOOST_AUTO_TEST_CASE(behind_a_trusted_proxy_the_host_is_the_one_that_it_was_asked_for)
{
    site const trusting{
        shared.cookies,
        shared.credentials,
        trusted_proxies({{boost::asio::ip::address_v6{}, 0}}),
        domain.log};
    application behind{domain.make_service(), trusting};
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

BOOST_AUTO_TEST_CASE(the_gate_lets_any_of_the_roles_pass_that_it_is_asked_for)
{
    auto const cookie = cookie_field(log_in());
    auto const status = [&](std::string_view query) {
        return ask("GET", "/auth", {{"Cookie", cookie}}, "", query).status();
    };
    BOOST_TEST(status("role=admin") == "200");
    BOOST_TEST(status("role=ops&role=d%65v") == "200");
    BOOST_TEST(status("role=ops") == "403");
    BOOST_TEST(status("role=") == "403");
    BOOST_TEST(status("role=%zz") == "403");
    BOOST_TEST(status("role=admin%00") == "403");
}

BOOST_AUTO_TEST_CASE(the_gate_looks_at_the_method_of_the_original_request)
{
    auto const cookie = cookie_field(log_in());
    auto const status = [&](std::string_view field, std::string_view method) {
        return ask("GET", "/auth", {{"Cookie", cookie}, {field, method}, {"Sec-Fetch-Site", "cross-site"}}
        ).status();
    };
    BOOST_TEST(status("X-Original-Method", "GET") == "200");
    BOOST_TEST(status("X-Original-Method", "POST") == "403");
    BOOST_TEST(status("X-Forwarded-Method", "DELETE") == "403");
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

BOOST_AUTO_TEST_CASE(a_login_is_json_and_nothing_else)
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
    BOOST_TEST(post({{"Content-Type", "application/x-www-form-urlencoded"}}) == "415");
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

BOOST_AUTO_TEST_CASE(the_page_learns_the_names_of_the_cookies)
{
    auto const page = ask("GET", "/").body;
    BOOST_TEST(page == web::index({"csrf_access_token", "csrf_refresh_token"}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
