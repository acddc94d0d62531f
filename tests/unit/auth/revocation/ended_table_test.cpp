#include "auth/revocation/ended_table.hpp"

#include "auth/revocation/revocation_key.hpp"
#include "unit/auth/revocation/readers.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace {

using namespace jwtgate::auth;
using jwtgate::auth::test::beside_readers;

std::uint64_t spread(std::uint64_t number)
{
    return revocation_key(std::to_string(number));
}

// All in one line of a page, however often that is split.
std::uint64_t same_line(std::uint64_t number)
{
    return (spread(number) & (UINT64_MAX >> 6U)) | (std::uint64_t{63} << 58U);
}

// All in one page until its keys are told apart by their bits 12 and above.
std::uint64_t same_page(std::uint64_t number)
{
    return (spread(number) & ~std::uint64_t{0xfff}) | 2U;
}

std::vector<std::uint64_t> first_keys(std::uint64_t (*key_of)(std::uint64_t), std::uint64_t count)
{
    std::vector<std::uint64_t> keys;
    for (std::uint64_t i = 0; i < count; ++i) keys.push_back(key_of(i));
    return keys;
}

int missing_of(ended_table const& table, std::span<std::uint64_t const> keys)
{
    return static_cast<int>(std::ranges::count_if(keys, [&](auto key) { return !table.find(key); }));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(auth_ended_table)

BOOST_AUTO_TEST_CASE(finds_what_was_put_and_nothing_else)
{
    ended_table table;
    BOOST_TEST(!table.find(2).has_value());
    BOOST_TEST(table.size() == 0U);
    table.put(2, ending::decided);
    BOOST_TEST(table.size() == 1U);
    table.put(UINT64_MAX - 1, ending::stored);
    BOOST_TEST((table.find(2) == ending::decided));
    BOOST_TEST((table.find(UINT64_MAX - 1) == ending::stored));
    BOOST_TEST(!table.find(6).has_value());
    table.put(2, ending::stored);
    BOOST_TEST((table.find(2) == ending::stored));
    table.put(2, ending::decided);
    BOOST_TEST((table.find(2) == ending::decided));
    BOOST_TEST(table.size() == 2U);
}

BOOST_AUTO_TEST_CASE(keeps_everything_while_it_grows)
{
    for (auto const key_of : {spread, same_line, same_page}) {
        ended_table table;
        constexpr std::uint64_t count = 100'000;
        for (std::uint64_t i = 0; i < count; ++i)
            table.put(key_of(i), i % 2 == 0 ? ending::decided : ending::stored);
        std::uint64_t right = 0;
        std::uint64_t wrong = 0;
        for (std::uint64_t i = 0; i < count; ++i)
            right += table.find(key_of(i)) == (i % 2 == 0 ? ending::decided : ending::stored) ? 1 : 0;
        for (std::uint64_t i = count; i < 2 * count; ++i) wrong += table.find(key_of(i)) ? 1 : 0;
        BOOST_TEST(right == count);
        BOOST_TEST(wrong == 0U);
    }
}

BOOST_AUTO_TEST_CASE(is_used_again_when_it_has_been_cleared)
{
    ended_table table;
    for (std::uint64_t round = 0; round < 3; ++round) {
        for (std::uint64_t i = 0; i < 30'000; ++i) table.put(spread(30'000 * round + i), ending::stored);
        std::uint64_t found = 0;
        for (std::uint64_t i = 0; i < 90'000; ++i) found += table.find(spread(i)) ? 1 : 0;
        BOOST_TEST(found == 30'000U);
        table.clear();
        BOOST_TEST(table.size() == 0U);
        BOOST_TEST(!table.find(spread(30'000 * round)).has_value());
    }
}

BOOST_AUTO_TEST_CASE(readers_find_every_key_from_the_moment_it_was_put)
{
    constexpr std::uint64_t count = 300'000;
    auto const keys = first_keys(spread, count + 1);
    ended_table table;
    std::atomic<std::uint64_t> done = 0;
    auto const reader = [&](std::uint64_t step) {
        return [&, step, old = std::uint64_t{0}]() mutable {
            auto const known = done.load();
            int missed = table.find(keys[count]) ? 1 : 0;
            missed +=
                missing_of(table, std::span{keys}.first(known).last(std::min<std::uint64_t>(known, 50)));
            if (known > 0) missed += table.find(keys[old = (old + step) % known]) ? 0 : 1;
            return missed;
        };
    };
    beside_readers({reader(1), reader(7), reader(1'009)}, [&] {
        for (std::uint64_t i = 0; i < count; ++i) {
            table.put(keys[i], ending::decided);
            done = i + 1;
        }
    });
}

// All keys begin in one page: it is split every few hundred of them, and the spare one is filled again.
BOOST_AUTO_TEST_CASE(readers_miss_nothing_in_a_page_that_is_split_all_the_time)
{
    constexpr std::uint64_t count = 200'000;
    auto const keys = first_keys(same_page, count);
    ended_table table;
    table.put(keys[0], ending::stored);
    auto const read = [&] { return table.find(keys[0]) ? 0 : 1; };
    beside_readers({read, read, read}, [&] {
        for (auto const key : keys) table.put(key, ending::stored);
    });
}

BOOST_AUTO_TEST_CASE(readers_find_what_was_put_since_it_was_cleared)
{
    constexpr std::uint64_t each = 5'000;
    constexpr std::uint64_t rounds = 40;
    auto const keys = first_keys(spread, each * rounds);
    ended_table table;
    std::atomic<std::uint64_t> done = 0;
    std::atomic<std::uint64_t> round = 0;
    // What it finds missing counts only when no clearing has begun meanwhile.
    auto const read = [&] {
        auto const now = round.load();
        auto const known = done.load();
        if (known <= now * each) return 0;
        bool const found = table.find(keys[known - 1]).has_value();
        return found || round != now ? 0 : 1;
    };
    beside_readers({read, read, read}, [&] {
        for (std::uint64_t i = 0; i < each * rounds; ++i) {
            if (i % each == 0) {
                round = i / each;
                table.clear();
            }
            table.put(keys[i], ending::decided);
            done = i + 1;
        }
    });
}

BOOST_AUTO_TEST_SUITE_END()
