#include "api/dto.hpp"

#include "api/errors.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/test/unit_test.hpp>

namespace jwtgate::api {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

struct example {
    std::string_view body;
    core::error_code outcome;
};

std::chrono::sys_seconds at(std::int64_t epoch)
{
    return std::chrono::sys_seconds{std::chrono::seconds{epoch}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(api_dto)

BOOST_AUTO_TEST_CASE(reads_name_and_password_exactly_as_sent)
{
    auto const read = read_credentials(R"({"username":"Al","password":" p\u00e9\ud83d\ude00 ","x":[1]})");
    BOOST_TEST_REQUIRE(!read.has_error());
    BOOST_TEST(read->user_name == "Al");
    BOOST_TEST(read->password.reveal() == " p\xc3\xa9\xf0\x9f\x98\x80 ");
}

BOOST_AUTO_TEST_CASE(says_what_is_wrong_with_credentials)
{
    std::vector<example> const table{
        {R"({"password":"p"})", errc::user_name_missing},
        {R"({"username":null,"password":"p"})", errc::user_name_missing},
        {R"({"username":"u"})", errc::password_missing},
        {R"({"username":1,"password":"p"})", errc::wrong_member_type},
        {R"({"username":"u","password":["p"]})", errc::wrong_member_type},
        {R"({"username":"u\u0000","password":"p"})", errc::nul_inside},
        {R"({"username":"u","password":"p\u0000x"})", errc::nul_inside},
        {R"({"username":"u","password":"p","password":"q"})", errc::duplicate_member},
        {R"(username=u&password=p)", errc::bad_json},
    };
    for (auto const& row : table) {
        BOOST_TEST_CONTEXT(row.body) BOOST_TEST(read_credentials(row.body).error() == row.outcome);
    }
}

BOOST_AUTO_TEST_CASE(an_error_is_msg_and_code)
{
    BOOST_TEST(
        error_json("Missing cookie \"a\"", "token_missing") ==
        R"({"msg":"Missing cookie \"a\"","error":"token_missing"})"
    );
}

BOOST_AUTO_TEST_CASE(a_token_answer_is_what_rfc_6749_says)
{
    auth::grant const granted{{"aaa", "c1", 3600s}, "rrr", "c2", 30s};
    BOOST_TEST(
        token_json(granted) ==
        R"({"access_token":"aaa","refresh_token":"rrr","token_type":"Bearer","expires_in":3600})"
    );
}

BOOST_AUTO_TEST_CASE(a_name_cannot_break_out_of_its_string)
{
    BOOST_TEST(protected_json("a\"\n") == R"({"logged_in_as":"a\"\n"})");
}

BOOST_AUTO_TEST_CASE(me_tells_user_session_times_and_the_token_as_it_is)
{
    jwt::claims claims;
    claims.subject = "alice";
    claims.roles = jwt::string_list{"admin", "dev"};
    claims.fresh = true;
    claims.expires_at = 2000;
    auth::session session;
    session.id = "s1";
    session.created = at(1000);
    session.refresh_expires = at(9000);
    // {"alg":"HS256"} and {"sub":"alice"}
    constexpr auto token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2ln";
    auto const shown = json::parse(
        identity_json({.claims = claims, .session = session, .token = token, .refresh_at = at(1500)})
    );
    auto const expected = json::parse(R"({"username":"alice","roles":["admin","dev"],
        "session":{"id":"s1","created":1000,"expires":9000},"fresh":true,"expires":2000,"refresh_at":1500,
        "token":{"header":{"alg":"HS256"},"claims":{"sub":"alice"}}})");
    BOOST_TEST(json::serialize(shown) == json::serialize(expected));
}

BOOST_AUTO_TEST_CASE(me_tells_null_when_implicit_refresh_will_not_happen)
{
    jwt::claims const claims;
    auth::session const session;
    auto const shown = json::parse(
        identity_json({.claims = claims, .session = session, .token = "e30.e30.x", .refresh_at = {}})
    );
    BOOST_TEST(shown.at("refresh_at").is_null());
    BOOST_TEST(shown.at("roles").as_array().empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
