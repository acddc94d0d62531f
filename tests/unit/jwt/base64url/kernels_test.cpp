#include "jwt/base64url/kernels.hpp"

#include <jwtgate/jwt/base64url.hpp>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <ostream>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>

namespace jwtgate::jwt::base64url {

static std::ostream& operator<<(std::ostream& out, kernel const* which)
{
    return out << which->name;
}

namespace {

constexpr std::string_view characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t longest = 512;
constexpr std::size_t alignments = 64;
constexpr char untouched = '\x5c';

// One bit after the other, with nothing in common with the kernels.
std::string encoded_bit_by_bit(std::string_view bytes)
{
    std::string text;
    for (std::size_t bit = 0; bit < bytes.size() * 8; bit += 6) {
        std::size_t value = 0;
        for (std::size_t i = bit; i < bit + 6; ++i) {
            auto const byte = i / 8 < bytes.size() ? static_cast<unsigned char>(bytes[i / 8]) : 0U;
            value = value << 1 | (byte >> (7 - i % 8) & 1U);
        }
        text += characters[value];
    }
    return text;
}

std::string random_bytes(std::size_t size)
{
    std::minstd_rand engine{static_cast<std::uint32_t>(size + 1)};
    std::string bytes(size, '\0');
    std::ranges::generate(bytes, [&] { return static_cast<char>(engine() >> 8); });
    return bytes;
}

/// Memory that ends where a page ends that nobody may touch, so that to read or write beyond it is the end.
class fenced_memory {
public:
    fenced_memory() : page_{static_cast<std::size_t>(sysconf(_SC_PAGESIZE))}
    {
        auto* const at = mmap(nullptr, 2 * page_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (at == MAP_FAILED) throw std::runtime_error{"mmap"};
        begin_ = static_cast<char*>(at);
        if (mprotect(begin_ + page_, page_, PROT_NONE) != 0) throw std::runtime_error{"mprotect"};
    }

    fenced_memory(fenced_memory const&) = delete;
    fenced_memory& operator=(fenced_memory const&) = delete;

    ~fenced_memory() { munmap(begin_, 2 * page_); }

    char* last(std::size_t size) noexcept { return begin_ + page_ - size; }

    std::string_view put(std::string_view text) noexcept
    {
        return {static_cast<char*>(std::memcpy(last(text.size()), text.data(), text.size())), text.size()};
    }

private:
    std::size_t page_;
    char* begin_ = nullptr;
};

auto const all = boost::unit_test::data::make(std::vector<kernel const*>(kernels().begin(), kernels().end()));

BOOST_AUTO_TEST_SUITE(jwt_base64url_kernels)

BOOST_AUTO_TEST_CASE(the_portable_one_is_always_there_and_comes_last)
{
    BOOST_TEST(kernels().back() == &scalar);
}

BOOST_DATA_TEST_CASE(codes_every_length_at_every_alignment, all, tested)
{
    std::array<char, alignments + longest> from;
    std::array<char, alignments + base64url_encoded_size(longest) + 1> to;
    for (std::size_t size = 0; size <= longest; ++size) {
        auto const bytes = random_bytes(size);
        auto const text = encoded_bit_by_bit(bytes);
        for (std::size_t shift = 0; shift < alignments; ++shift) {
            to.fill(untouched);
            std::ranges::copy(bytes, from.data() + shift);
            tested->encode({from.data() + shift, size}, to.data() + shift);
            BOOST_TEST_REQUIRE(std::string_view(to.data() + shift, text.size()) == text);
            BOOST_TEST_REQUIRE(to[shift + text.size()] == untouched);
        }
        if (text.size() > longest) continue;
        for (std::size_t shift = 0; shift < alignments; ++shift) {
            to.fill(untouched);
            std::ranges::copy(text, from.data() + shift);
            BOOST_TEST_REQUIRE(tested->decode({from.data() + shift, text.size()}, to.data() + shift));
            BOOST_TEST_REQUIRE(std::string_view(to.data() + shift, size) == bytes);
            BOOST_TEST_REQUIRE(to[shift + size] == untouched);
        }
    }
}

BOOST_DATA_TEST_CASE(encodes_every_value_of_a_byte_at_every_place, all, tested)
{
    std::array<char, base64url_encoded_size(150)> out;
    for (std::size_t size : {1, 2, 3, 23, 24, 25, 47, 48, 49, 97, 150})
        for (std::size_t place = 0; place < size; ++place)
            for (int value = 0; value < 256; ++value) {
                auto bytes = random_bytes(size);
                bytes[place] = static_cast<char>(value);
                auto const expected = encoded_bit_by_bit(bytes);
                tested->encode(bytes, out.data());
                BOOST_TEST_REQUIRE(std::string_view(out.data(), expected.size()) == expected);
            }
}

BOOST_DATA_TEST_CASE(accepts_exactly_the_alphabet_at_every_place, all, tested)
{
    std::array<char, 200> out;
    for (std::size_t size : {2, 3, 4, 31, 32, 34, 63, 64, 66, 131, 200})
        for (std::size_t place = 0; place < size; ++place)
            for (int value = 0; value < 256; ++value) {
                std::string text(size, 'k');
                text[place] = static_cast<char>(value);
                auto const is_character = characters.find(text[place]) != std::string_view::npos;
                BOOST_TEST_REQUIRE(
                    tested->decode(text, out.data()) == is_character, size << ' ' << place << ' ' << value
                );
            }
}

BOOST_DATA_TEST_CASE(every_character_has_its_value_at_every_place, all, tested)
{
    for (std::size_t size : {4, 32, 36, 64, 68, 132, 200})
        for (std::size_t place = 0; place < size; ++place)
            for (char c : characters) {
                std::string text(size, 'k');
                text[place] = c;
                std::string bytes(base64url_decoded_size(size), '\0');
                BOOST_TEST_REQUIRE(tested->decode(text, bytes.data()));
                BOOST_TEST_REQUIRE(encoded_bit_by_bit(bytes) == text);
            }
}

BOOST_DATA_TEST_CASE(touches_no_memory_but_what_it_is_given, all, tested)
{
    fenced_memory from;
    fenced_memory to;
    for (std::size_t size = 0; size <= longest; ++size) {
        auto const bytes = random_bytes(size);
        auto const text = encoded_bit_by_bit(bytes);
        tested->encode(from.put(bytes), to.last(text.size()));
        BOOST_TEST_REQUIRE(std::string_view(to.last(text.size()), text.size()) == text);
        BOOST_TEST_REQUIRE(tested->decode(from.put(text), to.last(size)));
        BOOST_TEST_REQUIRE(std::string_view(to.last(size), size) == bytes);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::base64url
