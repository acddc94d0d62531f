#include <jwtgate/jwt/base64url.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace jwtgate::jwt;

// What decodes has one spelling: its own.
// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer gives the name
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string_view const text{reinterpret_cast<char const*>(data), size};
    std::string bytes(base64url_decoded_size(size), '\0');
    auto const decoded = base64url_decode(text, bytes.data());
    if (!decoded) return 0;

    std::string again(base64url_encoded_size(*decoded), '\0');
    auto const length = base64url_encode({bytes.data(), *decoded}, again.data());
    if (*decoded != bytes.size() || length != size || again != text) std::abort();
    return 0;
}
