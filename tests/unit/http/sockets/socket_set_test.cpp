#include "http/sockets/socket_set.hpp"

#include <boost/system/system_error.hpp>
#include <boost/test/unit_test.hpp>

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace jwtgate;
using http::socket_set;

using diary = std::vector<std::string>;

/// Writes down what it is told; what it does then is the test's to say.
class noted final : public socket_set::member {
public:
    noted(std::string name, diary& told) : name_{std::move(name)}, told_{told} {}

    noted(noted const&) = delete;
    noted& operator=(noted const&) = delete;

    ~noted() override { told_.push_back(name_ + " gone"); }

    void ready(std::uint32_t events) noexcept override
    {
        std::string what = events == 0 ? " again" : "";
        if ((events & EPOLLIN) != 0) what += " in";
        if ((events & EPOLLRDHUP) != 0) what += " end";
        if (what.empty()) what = " out";
        told_.push_back(name_ + what);
        if (then) then();
    }

    void pass_over() noexcept override { told_.push_back(name_ + " over"); }

    std::function<void()> then;

private:
    std::string name_;
    diary& told_;
};

struct fixture {
    fixture() { BOOST_TEST_REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) == 0); }

    fixture(fixture const&) = delete;
    fixture& operator=(fixture const&) = delete;

    ~fixture()
    {
        for (int const each : ends) ::close(each);
    }

    noted& add(std::string name, int socket)
    {
        auto made = std::make_unique<noted>(std::move(name), told);
        auto& member = *made;
        set.add(socket, std::move(made));
        set.pass();
        told.clear();
        return member;
    }

    static void send(int socket, std::string_view bytes)
    {
        BOOST_TEST_REQUIRE(::write(socket, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
    }

    diary told;
    std::array<int, 2> ends{};
    socket_set set;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(http_sockets_socket_set, fixture)

BOOST_AUTO_TEST_CASE(tells_once_that_something_has_come)
{
    add("a", ends[0]);
    BOOST_TEST(!set.pass());

    send(ends[1], "x");
    BOOST_TEST(set.pass());
    BOOST_TEST(!set.pass());  // though nobody has read it

    send(ends[1], "y");
    BOOST_TEST(set.pass());
    BOOST_TEST(told == (diary{"a in", "a in"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_end_of_a_pass_comes_behind_everybody)
{
    auto& a = add("a", ends[0]);
    auto& b = add("b", ends[1]);
    for (auto* const each : {&a, &b}) each->then = [this, each] { BOOST_TEST(set.await_pass_over(*each)); };
    send(ends[0], "x");
    send(ends[1], "x");

    set.pass();

    BOOST_TEST_REQUIRE(told.size() == 4U);
    BOOST_TEST(told[2] == told[0].substr(0, 1) + " over");
    BOOST_TEST(told[3] == told[1].substr(0, 1) + " over");
    BOOST_TEST(!set.await_pass_over(a));
    set.pass();
    BOOST_TEST(told.size() == 4U);
}

BOOST_AUTO_TEST_CASE(whoever_wants_to_be_called_again_is_so_in_the_next_pass)
{
    auto& a = add("a", ends[0]);
    a.then = [&] { set.call_again(a); };
    send(ends[1], "x");

    set.pass();
    BOOST_TEST(set.calls_again());
    BOOST_TEST(told == (diary{"a in"}), boost::test_tools::per_element());

    a.then = {};
    set.pass();
    BOOST_TEST(!set.calls_again());
    BOOST_TEST(told == (diary{"a in", "a again"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(whoever_goes_when_called_again_is_not_told_of_his_socket)
{
    auto& a = add("a", ends[0]);
    set.call_again(a);
    a.then = [&] { delete &a; };
    send(ends[1], "x");

    set.pass();

    BOOST_TEST(told.size() == 2U);
    BOOST_TEST(told.back() == "a gone");
    BOOST_TEST(!set.calls_again());
}

BOOST_AUTO_TEST_CASE(an_end_is_told)
{
    add("a", ends[0]);
    ::shutdown(ends[1], SHUT_WR);

    set.pass();

    BOOST_TEST(told == (diary{"a in end"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(takes_those_who_are_left_with_it)
{
    auto last = std::make_unique<socket_set>();
    last->add(ends[0], std::make_unique<noted>("a", told));
    auto again = std::make_unique<noted>("b", told);
    auto& b = *again;
    last->add(ends[1], std::move(again));
    last->call_again(b);

    last.reset();

    BOOST_TEST(told == (diary{"a gone", "b gone"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_no_socket_is_refused)
{
    BOOST_CHECK_THROW(set.add(-1, std::make_unique<noted>("a", told)), boost::system::system_error);
    BOOST_TEST(told == (diary{"a gone"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
