#include "auth/revocation/word_space.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <stdexcept>
#include <system_error>
#include <vector>

namespace {

using jwtgate::auth::portions;
using jwtgate::auth::word_space;

constexpr std::size_t million = std::size_t{1} << 20U;

/// How many of its first bytes are in memory.
std::size_t resident(word_space const& space, std::size_t bytes)
{
    auto const page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    std::vector<unsigned char> pages(bytes / page);
    BOOST_REQUIRE(mincore(space.data(), bytes, pages.data()) == 0);
    return page *
           static_cast<std::size_t>(std::ranges::count_if(pages, [](auto each) { return (each & 1U) != 0; }));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(auth_word_space)

BOOST_AUTO_TEST_CASE(grows_in_place_and_keeps_what_it_holds)
{
    word_space space(4 * million, portions::huge);
    auto* const words = space.data();
    for (std::size_t size = 1; size <= 4 * million; size *= 2) {
        space.grow_to(size);
        BOOST_TEST(space.data() == words);
        BOOST_TEST(words[size - 1] == 0U);
        words[size - 1] = size;
    }
    for (std::size_t size = 1; size <= 4 * million; size *= 2) BOOST_TEST(words[size - 1] == size);
}

BOOST_AUTO_TEST_CASE(takes_memory_only_for_what_was_written)
{
    word_space space(64 * million, portions::huge);
    space.grow_to(1);
    space.data()[0] = 1;
    BOOST_TEST(resident(space, million) <= 64U * 1024);
}

BOOST_AUTO_TEST_CASE(gives_the_memory_back)
{
    for (auto const taken : {portions::small, portions::huge}) {
        word_space space(8 * million, taken);
        space.grow_to(8 * million);
        std::ranges::fill(std::span{space.data(), 8 * million}, 1);
        BOOST_TEST(resident(space, 64 * million) == 64 * million);
        space.clear();
        BOOST_TEST(resident(space, 64 * million) == 0U);
        BOOST_TEST(space.data()[5 * million] == 0U);
        space.data()[8 * million - 1] = 7;
        BOOST_TEST(space.data()[8 * million - 1] == 7U);
    }
}

BOOST_AUTO_TEST_CASE(refuses_more_than_was_set_aside)
{
    word_space space(million, portions::small);
    BOOST_CHECK_THROW(space.grow_to(million + 1), std::length_error);
    space.grow_to(million);
    space.data()[million - 1] = 1;
    BOOST_CHECK_THROW(
        word_space(std::numeric_limits<std::size_t>::max() / 64, portions::small), std::system_error
    );
}

BOOST_AUTO_TEST_SUITE_END()
