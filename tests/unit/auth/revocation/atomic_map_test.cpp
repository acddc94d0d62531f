#include "auth/revocation/atomic_map.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

namespace {

using jwtgate::auth::atomic_map;

// Keys that all begin their search in the same few slots, of every table size.
std::uint64_t colliding(std::uint64_t number)
{
    return (number << 32U) + 1023;
}

std::uint64_t spread(std::uint64_t number)
{
    return number * 0x9e37'79b9'7f4a'7c15U;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(auth_atomic_map)

BOOST_AUTO_TEST_CASE(finds_what_was_put_and_nothing_else)
{
    atomic_map map;
    BOOST_TEST(!map.find(1).has_value());
    BOOST_TEST(map.is_empty());
    map.put(1, -5);
    BOOST_TEST(!map.is_empty());
    map.put(UINT64_MAX, 0);
    BOOST_TEST(map.find(1).value() == -5);
    BOOST_TEST(map.find(UINT64_MAX).value() == 0);
    BOOST_TEST(!map.find(2).has_value());
    map.put(1, INT64_MAX);
    BOOST_TEST(map.find(1).value() == INT64_MAX);
}

BOOST_AUTO_TEST_CASE(keeps_everything_while_it_grows)
{
    for (auto const key_of : {colliding, spread}) {
        atomic_map map;
        constexpr std::uint64_t count = 5'000;
        for (std::uint64_t i = 1; i <= count; ++i) map.put(key_of(i), static_cast<std::int64_t>(i));
        std::uint64_t right = 0;
        for (std::uint64_t i = 1; i <= count; ++i)
            right += map.find(key_of(i)) == static_cast<std::int64_t>(i) ? 1 : 0;
        BOOST_TEST(right == count);
        BOOST_TEST(!map.find(key_of(count + 1)).has_value());
    }
}

BOOST_AUTO_TEST_CASE(readers_find_every_key_from_the_moment_it_was_put)
{
    constexpr std::uint64_t count = 200'000;
    atomic_map map;
    std::atomic<std::uint64_t> done = 0;
    std::atomic<int> missed = 0;
    auto const read = [&] {
        while (done < count) {
            auto const known = done.load();
            for (auto i = known > 50 ? known - 50 : 1; i <= known; ++i) {
                if (map.find(spread(i)) != static_cast<std::int64_t>(i)) ++missed;
            }
            if (map.find(spread(count + 1))) ++missed;
        }
    };
    std::vector<std::jthread> readers;
    readers.reserve(3);
    for (int i = 0; i < 3; ++i) readers.emplace_back(read);
    for (std::uint64_t i = 1; i <= count; ++i) {
        map.put(spread(i), static_cast<std::int64_t>(i));
        done = i;
    }
    readers.clear();
    BOOST_TEST(missed == 0);
}

BOOST_AUTO_TEST_SUITE_END()
