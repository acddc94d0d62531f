#include "unit/api/served_site.hpp"

#include <boost/test/unit_test.hpp>

namespace jwtgate::api {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view good = R"({"current":"correct horse","new":"a longer secret"})";

struct logged_in : plain_site {
    std::map<std::string, std::string> here = log_in();
    std::map<std::string, std::string> there = log_in();

    answer change(std::string_view body, fields more = {})
    {
        auto const cookie = cookie_field(here);
        more.push_back({"Cookie", cookie});
        more.push_back({"X-CSRF-TOKEN", here.at("csrf_access_token")});
        return ask("PUT", "/password", std::move(more), body);
    }

    std::string status_of(std::map<std::string, std::string> const& cookies)
    {
        auto const cookie = cookie_field(cookies);
        return ask("GET", "/protected", {{"Cookie", cookie}}).status();
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(api_handlers_account_password, logged_in)

BOOST_AUTO_TEST_CASE(changes_the_password_and_ends_the_other_sessions)
{
    auto const got = change(good);
    BOOST_TEST(got.status() == "204");
    BOOST_TEST(got.body.empty());
    BOOST_TEST(status_of(here) == "200");
    BOOST_TEST(status_of(there) == "401");
    BOOST_TEST(ask("POST", "/login", {}, credentials_of_alice).status() == "401");
}

BOOST_AUTO_TEST_CASE(refuses_each_for_its_reason)
{
    struct refused {
        std::string_view body;
        std::string_view status;
        std::string_view code;
        std::string_view message;
    };

    for (auto const& each : std::vector<refused>{
             {R"({"current":"wrong","new":"a longer secret"})",
              "401",
              "bad_credentials",
              "Bad username or password"},
             {R"({"current":"correct horse","new":"correct horse"})",
              "422",
              "weak_password",
              "Password is the current one"},
             {R"({"current":"correct horse","new":"short"})",
              "422",
              "weak_password",
              "Password is too short: it needs at least 8 characters"},
             {R"({"current":"correct horse","new":"ALICE"})",
              "422",
              "weak_password",
              "Password is too short: it needs at least 8 characters"},
             {R"({"current":"correct horse"})", "400", "bad_request", "Missing new"},
             {R"({"new":"a longer secret"})", "400", "bad_request", "Missing current"},
             {R"({"current":1,"new":"a longer secret"})",
              "400",
              "bad_request",
              "A member that is needed is not a string"},
             {R"({"current":"a","new":"a\u0000b"})",
              "400",
              "bad_request",
              "A member that is needed has a NUL in it"},
             {R"({"current":"a","current":"b","new":"c"})",
              "400",
              "bad_request",
              "Body has a duplicate name"},
             {"[]", "400", "bad_request", "Body is not a JSON object"},
         }) {
        auto const got = change(each.body);
        BOOST_TEST(got.status() == each.status, each.body);
        BOOST_TEST(error_of(got) == each.code, each.body);
        BOOST_TEST(boost::json::parse(got.body).at("msg").as_string() == each.message, each.body);
    }
    BOOST_TEST(status_of(there) == "200");
    BOOST_TEST(ask("POST", "/login", {}, credentials_of_alice).status() == "200");
}

BOOST_AUTO_TEST_CASE(needs_a_fresh_token_and_its_csrf_value)
{
    auto const cookie = cookie_field(here);
    BOOST_TEST(error_of(ask("PUT", "/password", {{"Cookie", cookie}}, good)) == "csrf");
    BOOST_TEST(error_of(ask("PUT", "/password", {}, good)) == "token_missing");
    auto const csrf = here.at("csrf_refresh_token");
    here = ask("POST", "/refresh", {{"Cookie", cookie}, {"X-CSRF-TOKEN", csrf}}).cookies();
    auto const got = change(good);
    BOOST_TEST(got.status() == "401");
    BOOST_TEST(error_of(got) == "token_not_fresh");
    BOOST_TEST(ask("POST", "/login", {}, credentials_of_alice).status() == "200");
}

BOOST_AUTO_TEST_CASE(too_many_wrong_passwords_are_429_with_the_time_to_wait)
{
    // Without its device cookie, whose own count is another.
    here.erase("login_device");
    auto got = change(R"({"current":"wrong","new":"a longer secret"})");
    for (int i = 0; i < 20 && got.status() == "401"; ++i)
        got = change(R"({"current":"wrong","new":"a longer secret"})");
    BOOST_TEST(got.status() == "429");
    BOOST_TEST(got.has("Retry-After: "));
    BOOST_TEST(change(good).status() == "429");
    BOOST_TEST(status_of(there) == "200");
}

BOOST_AUTO_TEST_CASE(what_the_store_cannot_write_is_503)
{
    domain.store.away_for = "change_password";
    auto const got = change(good);
    BOOST_TEST(got.status() == "503");
    BOOST_TEST(got.has("Retry-After: 1\r\n"));
    BOOST_TEST(status_of(there) == "200");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
