#include "unit/api/served_site.hpp"
#include <jwtgate/jwt/base64url.hpp>

#include <boost/json/array.hpp>
#include <boost/test/unit_test.hpp>

namespace jwtgate::api {
namespace {

using namespace std::chrono_literals;

struct device {
    std::map<std::string, std::string> cookies;

    std::string sid() const
    {
        auto const token = cookies.at("access_token_cookie");
        auto const first = token.find('.');
        auto const payload = token.substr(first + 1, token.rfind('.') - first - 1);
        std::string json(jwt::base64url_decoded_size(payload.size()), ' ');
        BOOST_TEST_REQUIRE(!!jwt::base64url_decode(payload, json.data()));
        return std::string(boost::json::parse(json).at("sid").as_string());
    }
};

struct two_devices : plain_site {
    device here = log_in_at(0s);
    device there = log_in_at(1s);

    device log_in_at(std::chrono::seconds later)
    {
        domain.time.advance(later);
        return {log_in()};
    }

    answer end(device const& from, std::string const& path, std::string_view query = "")
    {
        auto const cookie = cookie_field(from.cookies);
        auto const& csrf = from.cookies.at("csrf_access_token");
        return ask("DELETE", path, {{"Cookie", cookie}, {"X-CSRF-TOKEN", csrf}}, "", query);
    }

    bool lets_in(device const& from)
    {
        auto const cookie = cookie_field(from.cookies);
        return ask("GET", "/protected", {{"Cookie", cookie}}).status() == "200";
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(api_handlers_account_sessions, two_devices)

BOOST_AUTO_TEST_CASE(lists_ones_sessions_and_marks_this_one)
{
    auto& row = domain.store.sessions.at(here.sid());
    row.address = "192.0.2.7";
    row.user_agent = "an \xff agent";
    row.rotated_at += 5s;
    auto const cookie = cookie_field(here.cookies);
    auto const got = ask("GET", "/sessions", {{"Cookie", cookie}});
    BOOST_TEST(got.status() == "200");
    auto const body = boost::json::parse(got.body);
    auto const& sessions = body.at("sessions").as_array();
    BOOST_TEST_REQUIRE(sessions.size() == 2U);
    BOOST_TEST(sessions[0].at("id").as_string() == there.sid());
    BOOST_TEST(!sessions[0].at("current").as_bool());
    boost::json::object const expected{
        {"id", here.sid()},
        {"created", row.created.time_since_epoch().count()},
        {"last_used", row.rotated_at.time_since_epoch().count()},
        {"address", "192.0.2.7"},
        {"user_agent", "an ? agent"},
        {"current", true}};
    BOOST_TEST(sessions[1] == expected);
}

BOOST_AUTO_TEST_CASE(a_list_renews_an_access_cookie_that_is_due)
{
    auto const cookie = cookie_field(here.cookies);
    domain.time.advance(45min);
    BOOST_TEST(ask("GET", "/sessions", {{"Cookie", cookie}}).cookies().size() == 2U);
}

BOOST_AUTO_TEST_CASE(ends_another_session_at_once_and_once)
{
    auto const path = "/sessions/" + there.sid();
    auto const got = end(here, path);
    BOOST_TEST(got.status() == "204");
    BOOST_TEST(got.body.empty());
    BOOST_TEST(got.cookies().empty());
    BOOST_TEST(!lets_in(there));
    BOOST_TEST(lets_in(here));
    BOOST_TEST(end(here, path).status() == "404");
}

BOOST_AUTO_TEST_CASE(ending_the_session_that_asks_is_a_logout)
{
    auto const got = end(here, "/sessions/" + here.sid());
    BOOST_TEST(got.status() == "204");
    BOOST_TEST(got.cookies().size() == 4U);
    BOOST_TEST(!lets_in(here));
    BOOST_TEST(lets_in(there));
    domain.store.away = true;
    auto const unwritten = end(there, "/sessions/" + there.sid());
    BOOST_TEST(unwritten.status() == "503");
    BOOST_TEST(unwritten.cookies().size() == 4U);
    BOOST_TEST(!lets_in(there));
}

BOOST_AUTO_TEST_CASE(ends_no_session_that_is_not_ones_own)
{
    domain.add_user("bob", "another horse");
    auto const bobs = ask("POST", "/login", {}, R"({"username":"bob","password":"another horse"})");
    device const bob{bobs.cookies()};
    for (auto const& id :
         {bob.sid(), std::string("never-seen"), std::string("a%20b"), std::string(1025, 'a')}) {
        auto const got = end(here, "/sessions/" + id);
        BOOST_TEST(got.status() == "404", id);
        BOOST_TEST(error_of(got) == "no_such_session", id);
    }
    for (auto const* const path : {"/sessions/", "/sessions/a/b"})
        BOOST_TEST(error_of(end(here, path)) == "not_found", path);
    BOOST_TEST(lets_in(bob));
    BOOST_TEST(domain.store.ended.empty());
}

BOOST_AUTO_TEST_CASE(ends_all_and_deletes_the_cookies)
{
    auto const got = end(here, "/sessions");
    BOOST_TEST(got.status() == "204");
    BOOST_TEST(got.cookies().size() == 4U);
    BOOST_TEST(!lets_in(here));
    BOOST_TEST(!lets_in(there));
}

BOOST_AUTO_TEST_CASE(ends_all_but_the_current_one)
{
    auto const got = end(here, "/sessions", "keep=current");
    BOOST_TEST(got.status() == "204");
    BOOST_TEST(got.cookies().empty());
    BOOST_TEST(lets_in(here));
    BOOST_TEST(!lets_in(there));
}

BOOST_AUTO_TEST_CASE(a_query_that_is_not_understood_ends_nothing)
{
    for (auto const* const query : {"keep=all", "keep", "keep=", "Keep=current", "keep=current&x=1", "x"}) {
        auto const got = end(here, "/sessions", query);
        BOOST_TEST(got.status() == "400", query);
        BOOST_TEST(error_of(got) == "bad_request", query);
    }
    BOOST_TEST(domain.store.ended.empty());
}

BOOST_AUTO_TEST_CASE(an_end_needs_the_csrf_value)
{
    auto const cookie = cookie_field(here.cookies);
    for (auto const& path : {std::string("/sessions"), "/sessions/" + there.sid()})
        BOOST_TEST(error_of(ask("DELETE", path, {{"Cookie", cookie}})) == "csrf", path);
    BOOST_TEST(error_of(ask("DELETE", "/sessions")) == "token_missing");
    BOOST_TEST(domain.store.ended.empty());
}

BOOST_AUTO_TEST_CASE(other_methods_are_named)
{
    BOOST_TEST(ask("PUT", "/sessions").has("Allow: GET, HEAD, DELETE\r\n"));
    BOOST_TEST(ask("GET", "/sessions/abc").has("Allow: DELETE\r\n"));
    BOOST_TEST(ask("POST", "/password").has("Allow: PUT\r\n"));
}

BOOST_AUTO_TEST_CASE(what_the_store_cannot_do_is_503_and_changes_nothing)
{
    domain.store.away = true;
    auto const cookie = cookie_field(here.cookies);
    BOOST_TEST(ask("GET", "/sessions", {{"Cookie", cookie}}).status() == "503");
    BOOST_TEST(end(here, "/sessions").status() == "503");
    BOOST_TEST(end(here, "/sessions").cookies().empty());
    BOOST_TEST(lets_in(here));
    BOOST_TEST(lets_in(there));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
