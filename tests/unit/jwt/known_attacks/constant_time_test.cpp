#include "unit/jwt/known_attacks/attack.hpp"
#include "unit/jwt/support/steps.hpp"
#include <jwtgate/jwt/hmac.hpp>

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

namespace jwtgate::jwt::tests {
namespace {

/// The numbers of steps of `compare` for the good signature with one bit changed: early, half-way and late.
template <class Compare>
std::set<std::size_t> steps_over_places(std::string const& good, Compare compare)
{
    std::set<std::size_t> steps;
    for (auto place : {std::size_t{0}, good.size() / 2, good.size() - 1}) {
        auto bad = good;
        bad[place] = static_cast<char>(bad[place] ^ 1);
        steps.insert(steps_of([&] { return compare(bad); }));
    }
    return steps;
}

BOOST_AUTO_TEST_SUITE(jwt_known_attacks_constant_time)

BOOST_AUTO_TEST_CASE(
    the_counter_sees_a_comparison_that_ends_early, *boost::unit_test::precondition(steps_can_be_counted)
)
{
    std::string const good(32, 's');
    auto const steps = steps_over_places(good, [&](std::string const& bad) {
        std::size_t same = 0;
        while (same != good.size() && good[same] == bad[same]) ++same;
        return same == good.size();
    });
    BOOST_TEST(steps.size() == 3U);
}

// What can be shown is that the way through the code is the same one; a duration would depend on the machine.
BOOST_AUTO_TEST_CASE(
    cve_2024_25189_25190_25191_a_refusal_takes_the_same_steps_wherever_signatures_differ,
    *boost::unit_test::precondition(steps_can_be_counted)
)
{
    for (auto alg : algorithms) {
        auto key = hmac_key::make(alg, long_secret).value();
        std::string const good{mac_bytes(key.sign("message").value(), alg)};
        BOOST_REQUIRE(key.verify("message", good));
        auto const steps =
            steps_over_places(good, [&](std::string const& bad) { return key.verify("message", bad); });
        BOOST_TEST(steps.size() == 1U);
    }
}

// memcmp takes the same steps for as much as fits a vector register, on one machine and not on the next: so
// the source that compares MACs is read as well.
BOOST_AUTO_TEST_CASE(macs_are_not_compared_with_what_may_end_early)
{
    std::ifstream in{JWTGATE_VECTORS "/../../src/jwt/hmac.cpp"};
    std::string const text{std::istreambuf_iterator<char>{in}, {}};
    BOOST_REQUIRE(text.find("hmac_key::verify") != std::string::npos);
    std::regex const early{R"((^|[^_\w])(memcmp|bcmp|strn?cmp|equal|compare|mismatch)\s*\()"};
    BOOST_TEST(!std::regex_search(text, early));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
