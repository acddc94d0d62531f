#include "fuzz/support/jwt.hpp"
#include <jwtgate/jwt/base64url.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

using namespace jwtgate::jwt;

namespace {

/// Memory of exactly this size, so that ASan finds whoever goes beyond it.
using exact_memory = std::vector<char>;

std::string_view view(exact_memory const& bytes)
{
    return {bytes.data(), bytes.size()};
}

// A text is accepted if and only if it is the one that its bytes have.
void check_decoding(std::string_view text)
{
    exact_memory out(base64url_decoded_size(text.size()));
    auto const size = base64url_decode(text, out.data());
    auto const expected = fuzz::decoded(text);
    fuzz::require(size.has_value() == expected.has_value());
    if (!size) return fuzz::require(size.error() == make_error_code(errc::bad_base64url));
    fuzz::require(*size == out.size() && view(out) == *expected);
    fuzz::require(fuzz::encoded(view(out)) == text);
}

void check_encoding(std::string_view bytes)
{
    exact_memory out(base64url_encoded_size(bytes.size()));
    fuzz::require(base64url_encode(bytes, out.data()) == out.size());
    fuzz::require(view(out) == fuzz::encoded(bytes));
    check_decoding(view(out));
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer gives the name
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string_view const input{reinterpret_cast<char const*>(data), size};
    check_decoding(input);
    check_encoding(input);
    return 0;
}
