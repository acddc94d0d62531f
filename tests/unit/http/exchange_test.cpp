#include "http/exchange.hpp"

#include "core/run_task.hpp"
#include "unit/http/loopback.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace {

using namespace jwtgate;
using namespace jwtgate::http;
using namespace jwtgate::http::test;
using step = exchange::step;

constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";

/// An exchange without a connection; the test brings the bytes and takes them.
struct fixture {
    fixture() { tried.set_peer("192.0.2.1"); }

    ~fixture() { shared.pool.join(); }

    step come(std::string_view bytes)
    {
        std::ranges::copy(bytes, tried.in().space().begin());
        tried.in().commit(bytes.size());
        return tried.advance();
    }

    std::string take()
    {
        std::string sent(tried.out());
        tried.forget(sent.size());
        return sent;
    }

    stage shared;
    test_application site{shared};
    http::limits limits;
    core::log log{core::log_level::off, core::log_format::text};
    moment now{.time = {}, .date = "Date: Tue, 14 Nov 2023 22:13:20 GMT\r\n"};
    bool draining = false;
    exchange tried{{site, limits, log, now, draining}};
};

std::size_t answers_in(std::string_view sent)
{
    std::size_t count = 0;
    for (auto at = sent.find("HTTP/1.1 "); at != std::string_view::npos; at = sent.find("HTTP/1.1 ", at + 1))
        ++count;
    return count;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(http_exchange, fixture)

BOOST_AUTO_TEST_CASE(answers_all_that_has_come_in_order)
{
    auto const half = get("/peer").substr(0, 12);
    BOOST_TEST((come(get("/1") + get("/2") + half) == step::read));

    auto const sent = take();
    BOOST_TEST(answers_in(sent) == 2U);
    BOOST_TEST(sent.find("GET /1") < sent.find("GET /2"));
    BOOST_TEST(tried.requests() == 2U);
    BOOST_TEST(!tried.missing().in_body);
    BOOST_TEST(!tried.empty());

    BOOST_TEST((come(get("/peer").substr(half.size())) == step::read));
    BOOST_TEST(body_of(take()) == "192.0.2.1");
    BOOST_TEST(tried.empty());
}

BOOST_AUTO_TEST_CASE(what_comes_behind_a_handler_that_waits_is_answered_behind_it)
{
    BOOST_TEST((come(get("/1") + get("/wait") + get("/2")) == step::await_handler));
    BOOST_TEST(answers_in(take()) == 1U);

    shared.release.set_value();
    core::run_task(tried.run_handler());
    BOOST_TEST(body_of(take()) == "waited");

    BOOST_TEST((tried.advance() == step::read));
    BOOST_TEST(body_of(take()) == "GET /2");
}

BOOST_AUTO_TEST_CASE(a_handler_that_throws_is_told_and_ends_the_exchange)
{
    for (std::string const path : {"/throw", "/throw-late", "/nothing", "/split"}) {
        exchange failing{{site, limits, log, now, draining}};
        auto const bytes = get(path) + get("/behind");
        std::ranges::copy(bytes, failing.in().space().begin());
        failing.in().commit(bytes.size());

        BOOST_TEST((failing.advance() == step::end), path);
        std::string const sent(failing.out());
        BOOST_TEST(status_of(sent) == std::to_string(400 + static_cast<unsigned>(refusal::failed)), path);
        BOOST_TEST(has_field(sent, "Connection: close"), path);
        BOOST_TEST(answers_in(sent) == 1U, path);
    }
}

BOOST_AUTO_TEST_CASE(so_does_one_that_throws_later)
{
    BOOST_TEST((come(get("/throw-later")) == step::await_handler));
    core::run_task(tried.run_handler());

    BOOST_TEST(status_of(take()) == std::to_string(400 + static_cast<unsigned>(refusal::failed)));
    BOOST_TEST((tried.advance() == step::end));
    BOOST_TEST(take() == "");
}

BOOST_AUTO_TEST_CASE(what_is_no_request_is_refused_behind_those_that_are)
{
    BOOST_TEST((come(get("/1") + "GET / HTTP/3.0\r\n\r\n" + get("/2")) == step::end));

    auto const sent = take();
    BOOST_TEST(answers_in(sent) == 2U);
    auto const second = sent.substr(sent.rfind("HTTP/1.1 "));
    BOOST_TEST(
        status_of(second) == std::to_string(400 + static_cast<unsigned>(refusal::unsupported_version))
    );
    BOOST_TEST(has_field(second, "Connection: close"));
}

BOOST_AUTO_TEST_CASE(whoever_owns_it_may_end_it_with_a_reason)
{
    come("HEAD / HTTP/1.1\r\n");
    tried.refuse(refusal::timed_out);

    auto const sent = take();
    BOOST_TEST(status_of(sent) == std::to_string(400 + static_cast<unsigned>(refusal::timed_out)));
    BOOST_TEST(body_of(sent) == "");  // as an answer to HEAD
    BOOST_TEST((tried.advance() == step::end));
}

BOOST_AUTO_TEST_CASE(asks_once_for_a_body_that_waits_to_be_asked_for)
{
    std::string const head =
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n";
    BOOST_TEST((come(head) == step::read));
    BOOST_TEST(take() == continue_line);
    BOOST_TEST(tried.missing().in_body);

    BOOST_TEST((come("ab") == step::read));
    BOOST_TEST(take() == "");
    BOOST_TEST((come("cd" + head) == step::read));

    auto const sent = take();
    BOOST_TEST(body_of(sent).starts_with("abcd"));
    BOOST_TEST(sent.ends_with(continue_line));
}

BOOST_AUTO_TEST_CASE(much_is_sent_before_more_is_answered)
{
    BOOST_TEST((come(get("/large") + get("/1")) == step::flush));
    BOOST_TEST(tried.requests() == 1U);
    BOOST_TEST(body_of(take()).size() == test_application::large_size);

    BOOST_TEST((tried.advance() == step::read));
    BOOST_TEST(body_of(take()) == "GET /1");
}

BOOST_AUTO_TEST_CASE(while_the_server_drains_an_answer_is_the_last)
{
    draining = true;
    BOOST_TEST((come(get("/1") + get("/2")) == step::end));

    auto const sent = take();
    BOOST_TEST(answers_in(sent) == 1U);
    BOOST_TEST(has_field(sent, "Connection: close"));
}

BOOST_AUTO_TEST_CASE(what_was_sent_is_wiped)
{
    come(get("/1"));
    auto const all = std::string(tried.out());
    auto const* const place = tried.out().data();
    auto const half = all.size() / 2;

    tried.forget(half);
    BOOST_TEST(std::string_view(tried.out()) == all.substr(half));
    BOOST_TEST(std::string_view(place + all.size() - half, half) == std::string(half, '\0'));

    tried.forget(all.size() - half);
    BOOST_TEST(tried.out().empty());
    BOOST_TEST(std::string_view(place, all.size() - half) == std::string(all.size() - half, '\0'));
}

BOOST_AUTO_TEST_CASE(gives_back_what_a_large_answer_took)
{
    come(get("/large"));
    take();
    tried.shrink();
    BOOST_TEST(tried.out().capacity() < std::size_t{16} * 1024);
}

BOOST_AUTO_TEST_SUITE_END()
