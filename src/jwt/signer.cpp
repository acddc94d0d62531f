#include "jwtgate/jwt/signer.hpp"

#include "jwt/json/claims_json.hpp"
#include "jwt/json/header.hpp"
#include "jwt/json/json_scanner.hpp"
#include <jwtgate/jwt/base64url.hpp>

#include <algorithm>
#include <array>
#include <new>

namespace jwtgate::jwt {
namespace {

constexpr auto longest_payload = base64url_decoded_size(max_token_size);

result<void> check_object(std::string text) noexcept
{
    json_scanner scanner{text};
    if (!scanner.document([&](json_name const&) { return scanner.skip(); })) return scanner.refusal();
    return {};
}

}  // namespace

signer::signer(key_ring const& keys) : ring_{keys}
{
    adopt(ring_.keys().signing_key());
}

result<std::size_t> signer::sign(claims const& what, std::span<char> out) noexcept
{
    std::array<char, longest_payload> json;
    auto const size = write_claims(what, json);
    if (!size) return size.error();
    return seal({json.data(), *size}, out);
}

result<std::string> signer::sign(claims const& what)
{
    std::array<char, max_token_size> token;
    auto const size = sign(what, token);
    if (!size) return size.error();
    return std::string{token.data(), *size};
}

result<std::string> signer::sign_json(std::string_view payload)
{
    if (payload.size() > longest_payload) return errc::buffer_too_small;
    if (auto const valid = check_object(std::string{payload}); !valid) return valid.error();
    std::array<char, max_token_size> token;
    auto const size = seal(payload, token);
    if (!size) return size.error();
    return std::string{token.data(), *size};
}

result<mac> signer::mac_of(std::string_view text) noexcept
{
    if (!follow_ring()) return errc::crypto_failure;
    return hmac_->sign(text);
}

std::string_view signer::key_id() noexcept
{
    follow_ring();
    return key_id_;
}

result<std::size_t> signer::seal(std::string_view payload, std::span<char> out) noexcept
{
    if (!follow_ring()) return errc::crypto_failure;
    auto const text_size = header_.size() + base64url_encoded_size(payload.size());
    auto const total = text_size + 1 + base64url_encoded_size(mac_size(hmac_->alg()));
    if (total > std::min(out.size(), max_token_size)) return errc::buffer_too_small;

    std::ranges::copy(header_, out.data());
    base64url_encode(payload, out.data() + header_.size());
    auto const code = hmac_->sign({out.data(), text_size});
    if (!code) return code.error();
    out[text_size] = '.';
    base64url_encode(mac_bytes(*code, hmac_->alg()), out.data() + text_size + 1);
    return total;
}

void signer::adopt(key const& first)
{
    auto header = encoded_header(first.hmac.alg(), first.id) + '.';
    auto id = first.id;
    hmac_ = first.hmac;
    header_ = std::move(header);
    key_id_ = std::move(id);
}

/// False when the state of a new key cannot be copied; the next call tries again.
bool signer::follow_ring() noexcept
{
    if (!ring_.advance() && hmac_) return true;
    hmac_.reset();
    try {
        adopt(ring_.keys().signing_key());
    } catch (std::bad_alloc const&) {
        return false;
    }
    return true;
}

}  // namespace jwtgate::jwt
