#include "api/handlers/several_cookies.hpp"

#include "unit/api/served_site.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace jwtgate::api {
namespace {

using namespace std::chrono_literals;
using jar = std::map<std::string, std::string>;

constexpr std::string_view access_name = "access_token_cookie";
constexpr std::string_view refresh_name = "refresh_token_cookie";

struct fixture : plain_site {
    jar const ended = end(log_in());
    jar const expired = outlive(log_in());
    jar const first = log_in();
    jar const second = log_in();

    jar end(jar session)
    {
        ask("GET", "/logout", {{"Cookie", cookie_field(session)}});
        return session;
    }

    jar outlive(jar session)
    {
        domain.time.advance(2h);
        return session;
    }

    answer ask_with(
        std::string_view method, std::string_view path, std::string const& cookie, std::string_view csrf
    )
    {
        return ask(method, path, {{"Cookie", cookie}, {"X-CSRF-TOKEN", csrf}});
    }
};

std::string one(std::string_view name, std::string_view value)
{
    return std::string(name).append("=").append(value).append("; ");
}

std::string message_of(answer const& got)
{
    return std::string(boost::json::parse(got.body).at("msg").as_string());
}

bool deletes(answer const& got, std::string_view name, std::string_view domain)
{
    auto const attribute = domain.empty() ? std::string{} : "Domain=" + std::string(domain) + ';';
    return std::ranges::count_if(got.set_cookies(), [&](std::string const& line) {
               bool const same =
                   line.starts_with(std::string(name) + "=; ") && line.find("Max-Age=0") != std::string::npos;
               return same && (domain.empty() ? line.find("Domain=") == std::string::npos
                                              : line.find(attribute) != std::string::npos);
           }) == 1;
}

constexpr std::string_view none_counts =
    R"(Several cookies "access_token_cookie" were sent, and none of them counts)";
constexpr std::string_view two_count =
    R"(Several cookies "access_token_cookie" were sent, of different sessions)";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(api_handlers_several_cookies, fixture)

BOOST_AUTO_TEST_CASE(the_access_cookie_that_counts_is_taken_whatever_stands_around_it)
{
    auto const a = first.at("access_token_cookie");
    auto const b = second.at("access_token_cookie");
    auto const old = expired.at("access_token_cookie");
    auto const gone = ended.at("access_token_cookie");
    auto const other = first.at("refresh_token_cookie");

    struct row {
        std::vector<std::string> values;
        std::string_view refusal;  // empty when it is taken
    };

    std::vector<row> const table{
        {{a, a}, {}},
        {{a, "junk"}, {}},
        {{"junk", a}, {}},
        {{old, a}, {}},
        {{gone, a}, {}},
        {{a, gone}, {}},
        {{other, a}, {}},
        {{"", a}, {}},
        {{"x", "y", "z", a}, {}},
        {{old, gone, other, a}, {}},
        {{"v", "x", "y", "z", a}, none_counts},
        {{a, b}, two_count},
        {{b, "junk", a}, two_count},
        {{old, gone}, none_counts},
        {{"junk", "rubbish"}, none_counts},
        {{old, "junk"}, none_counts},
    };
    for (auto const& [values, refusal] : table) {
        std::string cookie;
        for (auto const& value : values) cookie += one(access_name, value);
        auto const got = ask("GET", "/protected", {{"Cookie", cookie}});
        auto const gate = ask("GET", "/auth", {{"Cookie", cookie}});
        BOOST_TEST_CONTEXT(values.size() << " values, " << refusal)
        {
            BOOST_TEST(got.status() == (refusal.empty() ? "200" : "401"));
            BOOST_TEST(gate.status() == got.status());
            BOOST_TEST(gate.set_cookies().size() == got.set_cookies().size());
            if (!refusal.empty()) BOOST_TEST(message_of(got) == refusal);
            if (refusal.empty()) BOOST_TEST(got.set_cookies().empty());
        }
    }
}

BOOST_AUTO_TEST_CASE(of_one_session_the_access_token_that_lives_longest_is_taken)
{
    domain.time.advance(31min);
    auto const renewed = ask("GET", "/protected", {{"Cookie", cookie_field(first)}}).cookies();
    auto const both = one(access_name, first.at("access_token_cookie")) +
                      one(access_name, renewed.at("access_token_cookie"));
    auto const got = ask("GET", "/me", {{"Cookie", both}});
    BOOST_TEST(got.status() == "200");
    BOOST_TEST(got.set_cookies().empty());
    BOOST_TEST(boost::json::parse(got.body).at("fresh") == false);
}

BOOST_AUTO_TEST_CASE(a_refusal_of_several_deletes_that_name_in_every_form)
{
    host = "login.site.example";
    auto const a = first.at("access_token_cookie");
    auto const b = second.at("access_token_cookie");
    auto const got = ask("GET", "/protected", {{"Cookie", one(access_name, a) + one(access_name, b)}});
    for (auto const above : {"", "login.site.example", "site.example"})
        BOOST_TEST(deletes(got, access_name, above), above);
    BOOST_TEST(deletes(got, "csrf_access_token", ""));
    BOOST_TEST(got.set_cookies().size() == 4U);

    auto const foreign =
        ask("GET", "/protected", {{"Cookie", one(access_name, "junk") + one(access_name, "rubbish")}});
    BOOST_TEST(deletes(foreign, access_name, ""));
    BOOST_TEST(deletes(foreign, "csrf_access_token", ""));
    BOOST_TEST(foreign.set_cookies().size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_superseded_refresh_cookie_beside_the_one_that_counts_is_no_reuse)
{
    auto const csrf = first.at("csrf_refresh_token");
    auto const rotated = ask_with("POST", "/refresh", cookie_field(first), csrf).cookies();
    domain.time.advance(5min);
    auto const older = one(refresh_name, first.at("refresh_token_cookie"));
    auto const newer = one(refresh_name, rotated.at("refresh_token_cookie"));
    auto const again = ask_with("POST", "/refresh", older + newer, csrf);
    BOOST_TEST(again.status() == "200");
    domain.time.advance(5min);
    auto const newest = one(refresh_name, again.cookies().at("refresh_token_cookie"));
    BOOST_TEST(ask_with("POST", "/refresh", newest + older, csrf).status() == "200");
    domain.time.advance(5min);
    BOOST_TEST(error_of(ask_with("POST", "/refresh", older, csrf)) == "token_revoked");
}

BOOST_AUTO_TEST_CASE(a_refresh_cookie_of_an_ended_session_hides_none_that_counts)
{
    auto const me = boost::json::parse(ask("GET", "/me", {{"Cookie", cookie_field(second)}}).body);
    std::string const id(me.at("session").at("id").as_string());
    std::vector<auth::session_end> const ends{{.id = id, .keep_until = domain.clock.now()}};
    // As after some time: the store alone knows of the end.
    BOOST_TEST(!test::run_task(domain.store.end_sessions(ends)).has_error());
    auto const csrf = first.at("csrf_refresh_token");
    auto const dead = one(refresh_name, second.at("refresh_token_cookie"));
    auto const live = one(refresh_name, first.at("refresh_token_cookie"));
    BOOST_TEST(ask_with("POST", "/refresh", dead + live, csrf).status() == "200");
}

BOOST_AUTO_TEST_CASE(refresh_cookies_of_two_sessions_refresh_neither_and_go)
{
    host = "login.site.example";
    auto const both = one(refresh_name, first.at("refresh_token_cookie")) +
                      one(refresh_name, second.at("refresh_token_cookie"));
    auto const got = ask_with("POST", "/refresh", both, first.at("csrf_refresh_token"));
    BOOST_TEST(got.status() == "401");
    BOOST_TEST(
        message_of(got) == R"(Several cookies "refresh_token_cookie" were sent, of different sessions)"
    );
    for (auto const above : {"", "login.site.example", "site.example"})
        BOOST_TEST(deletes(got, refresh_name, above), above);
    BOOST_TEST(!deletes(got, access_name, ""));
    BOOST_TEST(
        ask_with("POST", "/refresh", cookie_field(first), first.at("csrf_refresh_token")).status() == "200"
    );
}

BOOST_AUTO_TEST_CASE(while_the_store_is_away_nobody_knows_which_session_lives)
{
    auto const both = one(refresh_name, first.at("refresh_token_cookie")) +
                      one(refresh_name, second.at("refresh_token_cookie"));
    domain.store.away = true;
    auto const got = ask_with("POST", "/refresh", both, first.at("csrf_refresh_token"));
    BOOST_TEST(got.status() == "503");
    BOOST_TEST(got.set_cookies().empty());
}

BOOST_AUTO_TEST_CASE(a_logout_ends_every_session_and_deletes_every_form)
{
    host = "login.site.example";
    auto const named = "__Host-" + std::string(access_name);
    auto const third = log_in();
    auto const cookie = cookie_field(first) + "; " + cookie_field(second) + "; " +
                        one(named, third.at("access_token_cookie"));
    auto const got = ask("GET", "/logout", {{"Cookie", cookie}});
    BOOST_TEST(got.status() == "200");
    for (auto const name :
         {"access_token_cookie", "refresh_token_cookie", "csrf_access_token", "csrf_refresh_token"}) {
        for (auto const above : {"", "login.site.example", "site.example"})
            BOOST_TEST(deletes(got, name, above), name << " " << above);
    }
    BOOST_TEST(deletes(got, named, ""));
    BOOST_TEST(got.set_cookies().size() == 13U);
    for (auto const* const session : {&first, &second, &third})
        BOOST_TEST(
            error_of(ask("GET", "/protected", {{"Cookie", cookie_field(*session)}})) == "token_revoked"
        );
}

BOOST_AUTO_TEST_CASE(a_logout_leaves_the_cookies_of_another_server_above_alone)
{
    host = "staging.site.example";
    auto const cookie =
        cookie_field(first) + "; access_token_cookie=of.another.server; csrf_access_token=its";
    auto const got = ask("GET", "/logout", {{"Cookie", cookie}});
    BOOST_TEST(deletes(got, access_name, ""));
    BOOST_TEST(!deletes(got, access_name, "site.example"));
    BOOST_TEST(!deletes(got, "csrf_access_token", "site.example"));
    BOOST_TEST(deletes(got, refresh_name, "site.example"));
    auto const strange =
        ask("GET", "/logout", {{"Cookie", "wiki_access_token_cookie=x; access_token_cookie=x"}});
    BOOST_TEST(strange.set_cookies().size() == 4U);
}

BOOST_AUTO_TEST_CASE(a_login_that_saw_several_leaves_one)
{
    host = "login.site.example";
    auto const with = [this](std::string const& cookie) {
        return ask("POST", "/login", {{"Cookie", cookie}}, credentials_of_alice);
    };
    BOOST_TEST(with(cookie_field(first)).set_cookies().size() == 5U);
    auto const a = one(access_name, first.at("access_token_cookie"));
    auto const got = with(a + one(access_name, ended.at("access_token_cookie")));
    BOOST_TEST(deletes(got, access_name, "site.example"));
    BOOST_TEST(deletes(got, access_name, "login.site.example"));
    BOOST_TEST(!deletes(got, access_name, ""));
    BOOST_TEST(got.set_cookies().size() == 7U);
    BOOST_TEST(ask("GET", "/protected", {{"Cookie", cookie_field(got.cookies())}}).status() == "200");
    BOOST_TEST(with(a + one(access_name, "junk")).set_cookies().size() == 5U);
    auto const wrong =
        ask("POST", "/login", {{"Cookie", a + a}}, R"({"username":"alice","password":"wrong"})");
    BOOST_TEST(wrong.set_cookies().empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
