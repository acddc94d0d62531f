#include "api/metrics/metrics_application.hpp"

#include "api/metrics/metrics_text.hpp"
#include "support/request.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace jwtgate::api {
namespace {

struct fixture {
    metrics_registry counted;
    metrics_application served{counted, [] { return server_figures{.connections = 42}; }};

    std::string ask(std::string_view method, std::string_view path)
    {
        test::request const req(method, path);
        http::out_buffer out;
        http::response res(out, {.head = method == "HEAD"});
        BOOST_TEST(!served.handle(req, res).valid());
        BOOST_TEST(res.finished());
        return {out.begin(), out.end()};
    }
};

bool has(std::string const& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

std::string status_of(std::string const& answer)
{
    return answer.substr(9, 3);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(api_metrics_metrics_application, fixture)

BOOST_AUTO_TEST_CASE(answers_get_with_the_metrics_and_head_without)
{
    auto const body = metrics_text(counted, {.connections = 42});
    auto const got = ask("GET", "/metrics");
    BOOST_TEST(status_of(got) == "200");
    BOOST_TEST(has(got, "\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"));
    BOOST_TEST(got.ends_with("\r\n\r\n" + body));
    auto const head = ask("HEAD", "/metrics");
    BOOST_TEST(head == got.substr(0, got.size() - body.size()));
}

BOOST_AUTO_TEST_CASE(has_no_other_method_and_no_other_path)
{
    for (auto const* method : {"POST", "PUT", "DELETE", "OPTIONS", "get"}) {
        auto const got = ask(method, "/metrics");
        BOOST_TEST(status_of(got) == "405");
        BOOST_TEST(has(got, "\r\nAllow: GET, HEAD\r\n"));
    }
    for (auto const* path : {"/", "/metrics/", "/metrics2", "/auth", "/healthz", "/login", "/user"})
        BOOST_TEST(status_of(ask("GET", path)) == "404");
}

BOOST_AUTO_TEST_CASE(words_the_refusals_of_its_server)
{
    http::out_buffer out;
    http::response res(out, {.close = true});
    served.refuse(http::refusal::header_too_large, "", res);
    BOOST_TEST(status_of({out.begin(), out.end()}) == "431");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
