#include "jwtgate/jwt/hmac.hpp"

#include "jwt/constant_time.hpp"
#include <jwtgate/jwt/base64url.hpp>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <new>
#include <utility>

namespace jwtgate::jwt {
namespace {

struct algorithm_names {
    std::string_view jose;
    std::array<char, 7> digest;
};

constexpr std::array<algorithm_names, 3> names{
    {{"HS256", {"SHA256"}}, {"HS384", {"SHA384"}}, {"HS512", {"SHA512"}}}};

algorithm_names const& names_of(algorithm alg) noexcept
{
    return names[static_cast<std::size_t>(alg)];
}

// Fetched once and kept until the process ends: a fetch costs more than a MAC.
EVP_MAC* hmac_method() noexcept
{
    static EVP_MAC* const method = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    return method;
}

unsigned char const* octets(std::string_view bytes) noexcept
{
    return reinterpret_cast<unsigned char const*>(bytes.data());
}

EVP_MAC_CTX* duplicate(EVP_MAC_CTX const* state)
{
    if (auto* const copy = EVP_MAC_CTX_dup(state)) return copy;
    throw std::bad_alloc{};
}

// RFC 4231 section 4.7: its key is longer than any block.
struct vector {
    algorithm alg;
    std::string_view code;
};

constexpr std::array<vector, 3> vectors{{
    {algorithm::hs256, "YOQxWR7gtn8Niiaqy_W3f44LxiE3KMUUBUYEDw7jf1Q"},
    {algorithm::hs384, "Ts4IRIWBPpCI0sY6BBvFtE-e8QEqK1iPPNEfBQM6xMYMLvarQDD-gpYkjfFj9ElS"},
    {algorithm::hs512,
     "gLJCY8fBo-u3FJPB3XvotJtG0fQbSu7BEhsBN4P481JrVtA34F8lmL0P0iFdah5SleZPc_Y_CuyLkVqYXXhlmA"},
}};

bool passes(hmac_key& key, std::string_view expected) noexcept
{
    auto const code = key.sign("Test Using Larger Than Block-Size Key - Hash Key First");
    if (!code) return false;
    std::array<char, base64url_encoded_size(std::tuple_size_v<mac>)> text;
    auto const size = base64url_encode(mac_bytes(*code, key.alg()), text.data());
    return std::string_view{text.data(), size} == expected;
}

}  // namespace

std::string_view name(algorithm alg) noexcept
{
    return names_of(alg).jose;
}

std::optional<algorithm> algorithm_from_name(std::string_view text) noexcept
{
    for (auto alg : {algorithm::hs256, algorithm::hs384, algorithm::hs512})
        if (name(alg) == text) return alg;
    return std::nullopt;
}

void hmac_key::free_context::operator()(evp_mac_ctx_st* context) const noexcept
{
    EVP_MAC_CTX_free(context);
}

result<hmac_key> hmac_key::make(algorithm alg, std::string_view secret)
{
    if (secret.size() < mac_size(alg)) return errc::key_too_short;

    auto digest = names_of(alg).digest;
    std::array const parameters{
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
        OSSL_PARAM_construct_end()};
    if (hmac_method() == nullptr) return errc::crypto_failure;  // as this OpenSSL is configured
    context state{EVP_MAC_CTX_new(hmac_method())};
    if (!state) return errc::crypto_failure;
    if (EVP_MAC_init(state.get(), octets(secret), secret.size(), parameters.data()) != 1)
        return errc::crypto_failure;
    return hmac_key{alg, std::move(state)};
}

hmac_key::hmac_key(hmac_key const& other) : alg_{other.alg_}, context_{duplicate(other.context_.get())} {}

hmac_key& hmac_key::operator=(hmac_key const& other)
{
    return *this = hmac_key{other};
}

result<mac> hmac_key::sign(std::string_view message) noexcept
{
    mac code{};
    if (!compute(message, code)) return errc::crypto_failure;
    return code;
}

bool hmac_key::verify(std::string_view message, std::string_view signature) noexcept
{
    mac expected;
    if (signature.size() != mac_size(alg_) || !compute(message, expected)) return false;
    auto const is_genuine =
        equal_in_constant_time(mac_bytes(expected, alg_).data(), signature.data(), signature.size());
    explicit_bzero(expected.data(), expected.size());  // what a forger would like to know
    return is_genuine;
}

// Restarting without key and parameters keeps the prepared state: neither is hashed nor fetched again.
bool hmac_key::compute(std::string_view message, mac& out) noexcept
{
    std::size_t written = 0;
    auto* const state = context_.get();
    return EVP_MAC_init(state, nullptr, 0, nullptr) == 1 &&
           EVP_MAC_update(state, octets(message), message.size()) == 1 &&
           EVP_MAC_final(state, out.data(), &written, out.size()) == 1 && written == mac_size(alg_);
}

bool hmac_self_test() noexcept
{
    std::array<char, 131> secret;
    secret.fill('\xaa');
    return std::all_of(vectors.begin(), vectors.end(), [&](vector const& expected) {
        auto key = hmac_key::make(expected.alg, {secret.data(), secret.size()});
        return key && passes(*key, expected.code) && passes(*key, expected.code);
    });
}

}  // namespace jwtgate::jwt
