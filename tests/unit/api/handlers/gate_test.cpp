#include "unit/api/served_site.hpp"
#include <jwtgate/jwt/signer.hpp>

#include <boost/test/unit_test.hpp>

namespace jwtgate::api {

BOOST_FIXTURE_TEST_SUITE(api_handlers_gate, plain_site)

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

BOOST_AUTO_TEST_CASE(the_gate_says_where_to_log_in_and_come_back_from)
{
    auto const redirect = [this](fields given) {
        auto const got = ask("GET", "/auth", std::move(given));
        BOOST_TEST(got.status() == "401");
        return got.value("X-Auth-Redirect");
    };
    BOOST_TEST(redirect({}) == "/");
    BOOST_TEST(
        redirect({{"X-Original-URL", "https://site.example/a?b=c&d#e"}}) ==
        "/?rd=https%3A%2F%2Fsite.example%2Fa%3Fb%3Dc%26d%23e"
    );
    BOOST_TEST(
        redirect(
            {{"X-Forwarded-Proto", "https"}, {"X-Forwarded-Host", "site.example"}, {"X-Forwarded-Uri", "/a"}}
        ) == "/?rd=https%3A%2F%2Fsite.example%2Fa"
    );
    for (auto const url :
         {"https://evil.example/", "//evil.example/", "https://site.example\\@evil.example/", "x"})
        BOOST_TEST(redirect({{"X-Original-URL", url}}) == "/", url);
    auto const longest = "https://site.example/" + std::string(2014, 'a');
    BOOST_TEST(redirect({{"X-Original-URL", longest}}).size() == 2048U);
    auto const longer = longest + 'a';
    BOOST_TEST(redirect({{"X-Original-URL", longer}}) == "/");
    auto const cookie = cookie_field(log_in());
    BOOST_TEST(ask("GET", "/auth", {{"Cookie", cookie}}).value("X-Auth-Redirect").empty());
    BOOST_TEST(ask("GET", "/auth", {{"Cookie", cookie}}, "", "role=no").value("X-Auth-Redirect").empty());
}

BOOST_AUTO_TEST_CASE(behind_its_path_stands_the_query_of_the_original_request)
{
    auto const status = [this,
                         cookie = cookie_field(log_in())](std::string_view path, std::string_view query) {
        return ask("GET", path, {{"Cookie", cookie}}, "", query).status();
    };
    BOOST_TEST(status("/auth/app", "id=7&page=2") == "200");
    BOOST_TEST(status("/auth/app", "id=7&role=ops") == "403");
    BOOST_TEST(status("/auth/", "id=7") == "403");
    BOOST_TEST(status("/auth", "id=7") == "403");
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
        BOOST_TEST(ask("GET", "/auth/", {{"Cookie", cookie}}, "", query).status() == status, query);
    }
    BOOST_TEST(ask("GET", "/auth", {}, "", "role=admin").status() == "401");
    BOOST_TEST(ask("GET", "/auth", {}, "", "roles=admin").status() == "403");
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

BOOST_AUTO_TEST_CASE(a_token_whose_cookie_browsers_would_drop_is_not_renewed)
{
    auto const now = domain.clock.now().time_since_epoch().count();
    jwt::key_ring const keys{domain.keys};
    auto const set_for = [&](std::size_t length) {
        auto const name = std::string(length, 'a');
        auto const token = jwt::signer{keys}.sign({
            .issued_at = now,
            .id = "id",
            .type = "access",
            .subject = name,
            .csrf = "value",
            .expires_at = now + 60,
            .session = "session",
            .refreshable_until = now + 7200,
        });
        auto const got = ask("GET", "/auth", {{"Cookie", "access_token_cookie=" + token.value()}});
        BOOST_TEST(got.status() == "200");
        return got.set_cookies().size();
    };
    BOOST_TEST(set_for(64) == 2U);
    BOOST_TEST(set_for(3000) == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
