#include "api/control/control_application.hpp"

#include "support/fake_domain.hpp"
#include "support/request.hpp"
#include "support/run_task.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace jwtgate::api {
namespace {

struct fixture {
    test::fake_domain domain;
    std::string changed;
    control_application served{auth::user_admin(domain.shared()), [this](std::string const& file) {
                                   changed = file;
                                   return key_reply{"refused", "noted"};
                               }};

    std::string ask(std::string_view method, std::string_view path, std::string_view body)
    {
        test::request req(method, path);
        req.body = body;
        http::out_buffer out;
        http::response res(out, {});
        if (auto work = served.handle(req, res); work.valid()) test::run_task(std::move(work));
        return {out.begin(), out.end()};
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(api_control_control_application, fixture)

BOOST_AUTO_TEST_CASE(a_changed_key_file_is_followed_and_the_outcome_told)
{
    auto const answer = ask("POST", "/keys", R"({"key_file":"/a/keys.json"})");
    BOOST_TEST(changed == "/a/keys.json");
    BOOST_TEST(answer.starts_with("HTTP/1.1 200 "));
    BOOST_TEST(answer.ends_with("\r\n\r\n{\"refused\":\"refused\",\"note\":\"noted\"}"));
}

BOOST_AUTO_TEST_CASE(a_user_command_is_run)
{
    auto const answer = ask("POST", "/user", R"({"action":"list","name":"","roles":[],"password":""})");
    BOOST_TEST(answer.ends_with("\r\n\r\n{\"refused\":\"\",\"users\":[]}"));
    BOOST_TEST(changed == "");
}

BOOST_AUTO_TEST_CASE(what_no_command_sends_is_refused)
{
    BOOST_TEST(ask("POST", "/keys", "[]").starts_with("HTTP/1.1 400 "));
    BOOST_TEST(ask("POST", "/keys", R"({"key_file":1})").find(" 200 ") == std::string::npos);
    BOOST_TEST(ask("GET", "/keys", "").starts_with("HTTP/1.1 404 "));
    BOOST_TEST(ask("POST", "/other", "{}").starts_with("HTTP/1.1 404 "));
    BOOST_TEST(changed == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
