#include "jwtgate/jwt/signer.hpp"

#include "jwt/json/claims_json.hpp"
#include "jwt/json/header.hpp"
#include "jwt/json/json_scanner.hpp"
#include <jwtgate/jwt/base64url.hpp>

#include <algorithm>
#include <array>
#include <new>
#include <utility>

namespace jwtgate::jwt {
namespace {

constexpr auto longest_payload = base64url_decoded_size(max_token_size);

result<void> check_object(std::string text) noexcept
{
    json_scanner scanner{text};
    if (!scanner.document([&](json_name const&) { return scanner.skip(); })) return scanner.refusal();
    return {};
}

result<std::string> as_string(result<std::size_t> size, std::span<char const> token)
{
    if (!size) return size.error();
    return std::string{token.data(), *size};
}

}  // namespace

signer::signer(key_ring const& keys) : ring_{keys}
{
    adopt(ring_.keys());
}

result<std::size_t> signer::sign(claims const& what, std::span<char> out) noexcept
{
    auto const key = signing_key();
    if (!key) return key.error();
    return seal(**key, what, out);
}

result<std::string> signer::sign(claims const& what)
{
    std::array<char, max_token_size> token;
    return as_string(sign(what, token), token);
}

result<std::string> signer::sign_json(std::string_view payload)
{
    if (payload.size() > longest_payload) return errc::buffer_too_small;
    if (auto const valid = check_object(std::string{payload}); !valid) return valid.error();
    auto const key = signing_key();
    if (!key) return key.error();
    std::array<char, max_token_size> token;
    return as_string(seal(**key, payload, token), token);
}

result<std::size_t> signer::sign_with(
    std::string_view key_id, claims const& what, std::span<char> out
) noexcept
{
    auto const key = find(key_id);
    if (!key) return key.error();
    return seal(**key, what, out);
}

result<std::string> signer::sign_with(std::string_view key_id, claims const& what)
{
    std::array<char, max_token_size> token;
    return as_string(sign_with(key_id, what, token), token);
}

result<mac> signer::mac_of(std::string_view text) noexcept
{
    auto const key = signing_key();
    if (!key) return key.error();
    return (*key)->hmac.sign(text);
}

result<mac> signer::mac_with(std::string_view key_id, std::string_view text) noexcept
{
    auto const key = find(key_id);
    if (!key) return key.error();
    return (*key)->hmac.sign(text);
}

std::string_view signer::key_id() noexcept
{
    auto const key = signing_key();
    return key ? std::string_view{(*key)->id} : std::string_view{};
}

result<std::size_t> signer::seal(own_key& key, claims const& what, std::span<char> out) noexcept
{
    std::array<char, longest_payload> json;
    auto const size = write_claims(what, json);
    if (!size) return size.error();
    return seal(key, std::string_view{json.data(), *size}, out);
}

result<std::size_t> signer::seal(own_key& key, std::string_view payload, std::span<char> out) noexcept
{
    auto const text_size = key.header.size() + base64url_encoded_size(payload.size());
    auto const total = text_size + 1 + base64url_encoded_size(mac_size(key.hmac.alg()));
    if (total > std::min(out.size(), max_token_size)) return errc::buffer_too_small;

    std::ranges::copy(key.header, out.data());
    base64url_encode(payload, out.data() + key.header.size());
    auto const code = key.hmac.sign({out.data(), text_size});
    if (!code) return code.error();
    out[text_size] = '.';
    base64url_encode(mac_bytes(*code, key.hmac.alg()), out.data() + text_size + 1);
    return total;
}

result<signer::own_key*> signer::signing_key() noexcept
{
    if (!follow_ring()) return errc::crypto_failure;
    return &keys_.front();
}

result<signer::own_key*> signer::find(std::string_view key_id) noexcept
{
    if (!follow_ring()) return errc::crypto_failure;
    auto const found = std::ranges::find(keys_, key_id, &own_key::id);
    if (found == keys_.end()) return errc::unknown_key;
    return &*found;
}

void signer::adopt(key_set const& keys)
{
    std::vector<own_key> own;
    for (auto const& key : keys.keys())
        own.push_back({key.id, key.hmac, encoded_header(key.hmac.alg(), key.id) + '.'});
    keys_ = std::move(own);
}

/// False when the states of a new key set cannot be copied; the old ones are gone then, and the next call
/// tries again.
bool signer::follow_ring() noexcept
{
    if (!ring_.advance() && !keys_.empty()) return true;
    keys_.clear();
    try {
        adopt(ring_.keys());
    } catch (std::bad_alloc const&) {
        return false;
    }
    return true;
}

}  // namespace jwtgate::jwt
