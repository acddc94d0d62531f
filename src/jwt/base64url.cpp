#include "jwtgate/jwt/base64url.hpp"

#include "jwt/base64url/alphabet.hpp"
#include "jwt/base64url/kernels.hpp"

namespace jwtgate::jwt {
namespace {

base64url::kernel const& fastest() noexcept
{
    static auto const& chosen = *base64url::kernels().front();
    return chosen;
}

}  // namespace

std::size_t base64url_encode(std::string_view bytes, char* out) noexcept
{
    fastest().encode(bytes, out);
    return base64url_encoded_size(bytes.size());
}

result<std::size_t> base64url_decode(std::string_view text, char* out) noexcept
{
    auto const valid = text.size() % 4 != 1 && fastest().decode(text, out);
    if (!valid || !base64url::ends_canonically(text)) return errc::bad_base64url;
    return base64url_decoded_size(text.size());
}

}  // namespace jwtgate::jwt
