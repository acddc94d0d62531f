#include "core/secret.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace {

using jwtgate::core::secret;

bool all_zero(char const* bytes, std::size_t size)
{
    return std::all_of(bytes, bytes + size, [](char c) { return c == '\0'; });
}

std::string const long_text = "a password that is too long to live inside of a string object";

static_assert(!std::is_copy_constructible_v<secret> && !std::is_copy_assignable_v<secret>);
static_assert(std::is_nothrow_move_constructible_v<secret> && std::is_nothrow_move_assignable_v<secret>);

}  // namespace

BOOST_AUTO_TEST_SUITE(core_secret)

// What a move leaves behind is what these two cases look at.
// NOLINTBEGIN(bugprone-use-after-move,clang-analyzer-cplusplus.Move)

BOOST_AUTO_TEST_CASE(takes_the_bytes_over_and_leaves_none_behind)
{
    for (auto const& text : {std::string("short"), long_text, std::string(), std::string("a\0b", 3)}) {
        auto given = text;
        secret const taken{std::move(given)};
        BOOST_TEST(taken.reveal() == text);
        BOOST_TEST(given.empty());
        BOOST_TEST(all_zero(given.data(), given.capacity()));
    }
}

BOOST_AUTO_TEST_CASE(a_move_empties_the_other)
{
    for (auto const& text : {std::string("short"), long_text}) {
        secret one{std::string(text)};
        secret two{std::move(one)};
        BOOST_TEST(two.reveal() == text);
        BOOST_TEST(one.reveal().empty());
        secret three{std::string("another")};
        three = std::move(two);
        BOOST_TEST(three.reveal() == text);
        BOOST_TEST(two.reveal().empty());
    }
}

// NOLINTEND(bugprone-use-after-move,clang-analyzer-cplusplus.Move)

BOOST_AUTO_TEST_CASE(assigning_to_itself_changes_nothing)
{
    secret one{std::string("same")};
    auto& alias = one;
    one = std::move(alias);
    BOOST_TEST(one.reveal() == "same");
}

BOOST_AUTO_TEST_CASE(wipe_clears_the_whole_storage)
{
    for (auto text : {std::string("short"), long_text}) {
        text.resize(3);
        auto const* const storage = text.data();
        auto const size = text.capacity();
        jwtgate::core::wipe(text);
        BOOST_TEST(text.empty());
        BOOST_TEST(text.data() == storage);
        BOOST_TEST(all_zero(storage, size));
    }
    std::array<char, 4> bytes{'a', 'b', 'c', 'd'};
    jwtgate::core::wipe(bytes.data(), 3);
    BOOST_TEST(std::string_view(bytes.data(), 4) == std::string_view("\0\0\0d", 4));
}

BOOST_AUTO_TEST_CASE(equal_means_the_same_bytes)
{
    using namespace std::string_view_literals;

    struct row {
        std::string_view a;
        std::string_view b;
        bool equal;
    };

    for (auto const& [a, b, equal] : {
             row{""sv, ""sv, true},
             row{"a"sv, "a"sv, true},
             row{"a"sv, ""sv, false},
             row{"a"sv, "A"sv, false},
             row{"abc"sv, "abd"sv, false},
             row{"xbc"sv, "abc"sv, false},
             row{"a\0b"sv, "a\0b"sv, true},
             row{"a\0b"sv, "a\0c"sv, false},
             row{"abc"sv, "abcd"sv, false},
         }) {
        BOOST_TEST_CONTEXT(a << " and " << b)
        BOOST_TEST(jwtgate::core::equal_in_constant_time(a, b) == equal);
    }
}

BOOST_AUTO_TEST_SUITE_END()
