#include "jwtgate/jwt/signer.hpp"

#include "jwt/claims_json.hpp"
#include "jwt/header.hpp"
#include <jwtgate/jwt/base64url.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace jwtgate::jwt {

signer::signer(std::shared_ptr<key_set const> const& keys)
    : hmac_{keys->signing_key().hmac}, header_{encoded_header(hmac_.alg(), keys->signing_key().id) + '.'}
{}

result<std::size_t> signer::sign(claims const& what, std::span<char> out) noexcept
{
    std::array<char, base64url_decoded_size(max_token_size)> json;
    auto const size = write_claims(what, json);
    if (!size) return size.error();

    auto const text_size = header_.size() + base64url_encoded_size(*size);
    auto const total = text_size + 1 + base64url_encoded_size(mac_size(hmac_.alg()));
    if (total > std::min(out.size(), max_token_size)) return errc::buffer_too_small;

    std::ranges::copy(header_, out.data());
    base64url_encode({json.data(), *size}, out.data() + header_.size());
    auto const code = hmac_.sign({out.data(), text_size});
    if (!code) return code.error();
    out[text_size] = '.';
    base64url_encode(mac_bytes(*code, hmac_.alg()), out.data() + text_size + 1);
    return total;
}

result<std::string> signer::sign(claims const& what)
{
    std::array<char, max_token_size> token;
    auto const size = sign(what, token);
    if (!size) return size.error();
    return std::string{token.data(), *size};
}

}  // namespace jwtgate::jwt
