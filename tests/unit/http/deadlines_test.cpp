#include "http/deadlines.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>

namespace {

using namespace jwtgate::http;
using namespace std::chrono_literals;
using phase = deadlines::phase;

struct named : deadlines::waiter {
    named(std::string& log, char letter) : log_{log}, letter_{letter} {}

    void expire() noexcept override { log_ += letter_; }

    std::string& log_;
    char letter_;
};

struct fixture {
    deadlines::time_point const start{};
    deadlines waits{{5s, 75s, 10s, 20s, 30s, 2s}};  // first, idle, header, body, write, linger
    std::string expired;
    named a{expired, 'a'};
    named b{expired, 'b'};
    named c{expired, 'c'};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(http_deadlines, fixture)

BOOST_AUTO_TEST_CASE(each_phase_has_its_own_time)
{
    struct row {
        phase what;
        std::chrono::milliseconds lasts;
    };

    for (auto const& [what, lasts] :
         {row{phase::first, 5s},
          row{phase::idle, 75s},
          row{phase::header, 10s},
          row{phase::body, 20s},
          row{phase::write, 30s},
          row{phase::linger, 2s}}) {
        expired.clear();
        waits.arm(a, what, start);
        waits.sweep(start + lasts - 1ms);
        BOOST_TEST(expired == "");
        waits.sweep(start + lasts);
        BOOST_TEST(expired == "a");
    }
}

BOOST_AUTO_TEST_CASE(expires_once)
{
    waits.arm(a, phase::header, start);

    waits.sweep(start + 10s);
    waits.sweep(start + 100s);

    BOOST_TEST(expired == "a");
}

BOOST_AUTO_TEST_CASE(expires_in_the_order_in_which_they_came)
{
    waits.arm(b, phase::header, start);
    waits.arm(a, phase::header, start + 1s);
    waits.arm(c, phase::header, start + 2s);

    waits.sweep(start + 11s);
    BOOST_TEST(expired == "ba");
    waits.sweep(start + 12s);
    BOOST_TEST(expired == "bac");
}

BOOST_AUTO_TEST_CASE(arming_again_starts_anew)
{
    waits.arm(a, phase::header, start);
    waits.arm(b, phase::header, start + 1s);
    waits.arm(a, phase::header, start + 5s);

    waits.sweep(start + 11s);
    BOOST_TEST(expired == "b");
    waits.sweep(start + 15s);
    BOOST_TEST(expired == "ba");
}

BOOST_AUTO_TEST_CASE(another_phase_replaces_the_one_before)
{
    waits.arm(a, phase::header, start);
    waits.arm(a, phase::idle, start);

    waits.sweep(start + 10s);
    BOOST_TEST(expired == "");
    waits.sweep(start + 75s);
    BOOST_TEST(expired == "a");
}

BOOST_AUTO_TEST_CASE(the_disarmed_never_expire)
{
    waits.arm(a, phase::header, start);
    deadlines::disarm(a);
    deadlines::disarm(a);
    deadlines::disarm(b);

    waits.sweep(start + 1h);

    BOOST_TEST(expired == "");
}

BOOST_AUTO_TEST_CASE(who_goes_is_forgotten)
{
    auto gone = std::make_unique<named>(expired, 'x');
    waits.arm(a, phase::header, start);
    waits.arm(*gone, phase::header, start);
    waits.arm(b, phase::header, start);

    gone.reset();
    waits.sweep(start + 10s);

    BOOST_TEST(expired == "ab");
}

BOOST_AUTO_TEST_CASE(a_phase_can_be_ended_early_for_all)
{
    waits.arm(a, phase::idle, start);
    waits.arm(b, phase::header, start);
    waits.arm(c, phase::idle, start);

    waits.end(phase::idle);

    BOOST_TEST(expired == "ac");
}

BOOST_AUTO_TEST_CASE(the_one_that_has_waited_longest_in_a_phase_can_be_ended_early)
{
    waits.arm(a, phase::idle, start);
    waits.arm(b, phase::header, start);
    waits.arm(c, phase::idle, start + 1s);
    waits.arm(a, phase::idle, start + 2s);  // it was not idle all the time

    BOOST_TEST((waits.longest_since(phase::idle) == start + 1s));
    waits.end_longest(phase::idle);
    BOOST_TEST(expired == "c");
    BOOST_TEST((waits.longest_since(phase::idle) == start + 2s));
    waits.end_longest(phase::idle);
    BOOST_TEST(expired == "ca");
    BOOST_TEST(!waits.longest_since(phase::idle).has_value());
    waits.end_longest(phase::idle);
    BOOST_TEST(expired == "ca");
}

BOOST_AUTO_TEST_SUITE_END()
