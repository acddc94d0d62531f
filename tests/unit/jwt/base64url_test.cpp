#include "jwtgate/jwt/base64url.hpp"

#include "tokens.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <random>
#include <string>
#include <utility>

namespace jwtgate::jwt::tests {
namespace {

result<std::string> decoded(std::string_view text)
{
    std::string bytes(base64url_decoded_size(text.size()), '\0');
    auto const size = base64url_decode(text, bytes.data());
    if (!size) return size.error();
    BOOST_TEST(*size == bytes.size());
    return bytes;
}

BOOST_AUTO_TEST_SUITE(jwt_base64url)

BOOST_AUTO_TEST_CASE(codes_the_vectors_of_rfc_4648_without_padding)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 8> vectors{{
        {"", ""},
        {"f", "Zg"},
        {"fo", "Zm8"},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg"},
        {"fooba", "Zm9vYmE"},
        {"foobar", "Zm9vYmFy"},
        {"\xfb\xff\xbf", "-_-_"},
    }};
    for (auto const& [bytes, text] : vectors) {
        BOOST_TEST(encoded(bytes) == text);
        BOOST_TEST(decoded(text).value() == bytes);
    }
}

BOOST_AUTO_TEST_CASE(codes_the_parts_of_rfc_7515_a_1)
{
    auto const example = vector("rfc7515_a1.json");
    std::string const token{example.at("token").as_string()};
    for (auto const* part : {"header", "payload"}) {
        std::string_view const bytes{example.at(part).as_string()};
        BOOST_TEST(token.find(encoded(bytes) + '.') != std::string::npos);
        BOOST_TEST(decoded(encoded(bytes)).value() == bytes);
    }
}

BOOST_AUTO_TEST_CASE(brings_back_bytes_of_every_length)
{
    std::mt19937 random{4648};  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same bytes every time
    for (std::size_t size = 0; size < 300; ++size) {
        std::string bytes(size, '\0');
        for (auto& byte : bytes) byte = static_cast<char>(random());
        BOOST_TEST(decoded(encoded(bytes)).value() == bytes);
    }
}

BOOST_AUTO_TEST_CASE(accepts_exactly_the_alphabet_at_every_place)
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (std::size_t place = 0; place < 8; ++place)
        for (int byte = 0; byte < 256; ++byte) {
            std::string text = "AAAAAAAA";
            text[place] = static_cast<char>(byte);
            auto const allowed = alphabet.find(text[place]) != std::string_view::npos;
            BOOST_TEST(decoded(text).has_value() == allowed);
        }
}

BOOST_AUTO_TEST_CASE(refuses_every_other_spelling)
{
    constexpr std::array texts{
        "A",
        "AAAAA",
        "Zg==",
        "Zg=",
        "Zm8=",
        "Zm9v=",
        "Zm9v\n",
        "Zm 9",
        " Zm9v",
        "Zm9v%3d",
        "+/+/",
        "Zg.",
        "=",
        "===="};
    for (std::string_view text : texts)
        BOOST_TEST(refusal(decoded(text)) == make_error_code(errc::bad_base64url), "accepted " << text);
    BOOST_TEST(refusal(decoded({"Zm\0v", 4})) == make_error_code(errc::bad_base64url));
}

BOOST_AUTO_TEST_CASE(refuses_unused_bits_that_are_not_zero)
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (std::size_t value = 0; value < alphabet.size(); ++value) {
        BOOST_TEST(decoded(std::string{"A"} + alphabet[value]).has_value() == (value % 16 == 0));
        BOOST_TEST(decoded(std::string{"AA"} + alphabet[value]).has_value() == (value % 4 == 0));
    }
}

BOOST_AUTO_TEST_CASE(sizes_are_those_of_the_results)
{
    for (std::size_t bytes = 0; bytes < 100; ++bytes)
        BOOST_TEST(base64url_decoded_size(base64url_encoded_size(bytes)) == bytes);
    static_assert(
        base64url_encoded_size(32) == 43 && base64url_encoded_size(48) == 64 &&
        base64url_encoded_size(64) == 86
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
