#include "auth/revocation/revocation_key.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>

using jwtgate::auth::revocation_key;

BOOST_AUTO_TEST_SUITE(auth_revocation_key)

BOOST_AUTO_TEST_CASE(is_a_word_whose_low_bits_are_free)
{
    for (auto const* const id : {"", "a", "abcdefgh", "abcdefghi", "zG9CK0bWRVyWZLHd9PpWjA"})
        BOOST_TEST((revocation_key(id) & 3U) == 2U);
}

// What is mapped by another process has to be found there. A change of these is a change of a format.
BOOST_AUTO_TEST_CASE(is_the_same_in_every_process)
{
    for (auto const& [id, key] : {
             std::pair<std::string_view, std::uint64_t>{"", 0x7c03'6b2e'f04b'0082U},
             {"a", 0x6cf6'7b21'04d9'a206U},
             {"12345678", 0xe4e2'65bf'f256'a09eU},
             {"zG9CK0bWRVyWZLHd9PpWjA", 0x027c'ddb6'e20b'f402U},
         })
        BOOST_TEST(revocation_key(id) == key);
}

BOOST_AUTO_TEST_CASE(every_byte_and_the_length_count)
{
    std::set<std::uint64_t> keys;
    std::size_t ids = 0;
    for (std::size_t length = 0; length <= 40; ++length) {
        std::string const id(length, '\0');
        keys.insert(revocation_key(id));
        ++ids;
        for (std::size_t at = 0; at < length; ++at) {
            for (unsigned bit = 0; bit < 8; ++bit) {
                auto changed = id;
                changed[at] = static_cast<char>(1U << bit);
                keys.insert(revocation_key(changed));
                ++ids;
            }
        }
    }
    BOOST_TEST(keys.size() == ids);
}

// Pages are chosen by the low bits and lines by the high ones: neither may depend on how ids are made.
BOOST_AUTO_TEST_CASE(spreads_ids_that_are_alike)
{
    constexpr int count = 64 * 200;
    std::array<int, 64> low{};
    std::array<int, 64> high{};
    for (int i = 0; i < count; ++i) {
        auto const key = revocation_key("session-number-" + std::to_string(i));
        ++low.at((key >> 2U) & 63U);
        ++high.at(key >> 58U);
    }
    for (auto const& bins : {low, high}) {
        auto const [least, most] = std::ranges::minmax(bins);
        BOOST_TEST(least > 120);
        BOOST_TEST(most < 280);
    }
}

BOOST_AUTO_TEST_SUITE_END()
