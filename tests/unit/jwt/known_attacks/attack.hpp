#pragma once

#include "unit/jwt/tokens.hpp"
#include <jwtgate/jwt/verifier.hpp>

#include <array>
#include <string>
#include <string_view>

namespace jwtgate::jwt::tests {

inline constexpr std::array algorithms{algorithm::hs256, algorithm::hs384, algorithm::hs512};

/// A secret that is long enough for every algorithm.
inline constexpr std::string_view long_secret =
    "one secret of sixty-four bytes, good for every HMAC there is....";
static_assert(long_secret.size() == 64);

inline boost::system::error_code const accepted;

/// What a verifier of the one key `secret` says of a token.
inline boost::system::error_code answer_to(std::string_view token)
{
    return refusal(verifier{one_key(), {}}.verify(token, now));
}

inline boost::system::error_code answer_to_header(std::string_view header)
{
    return answer_to(signed_token(header, good_payload));
}

inline boost::system::error_code answer_to_claim(std::string_view name, std::string_view value)
{
    return answer_to(signed_token(good_header, payload_with(name, value)));
}

/// `{"alg":"..."}`
inline std::string header_of(std::string_view alg)
{
    return R"({"alg":")" + std::string{alg} + "\"}";
}

/// What a token's signature covers, with a payload that counts.
inline std::string input_of(std::string_view header)
{
    return encoded(header) + '.' + encoded(good_payload);
}

/// A token with the signature of this secret, which need not be ours.
inline std::string token_by(std::string_view with, std::string_view header, algorithm alg = algorithm::hs256)
{
    auto const input = input_of(header);
    return input + '.' + encoded(mac_of(input, with, alg));
}

/// One key of a JWK Set.
inline std::string jwk(std::string_view id, algorithm alg, std::string_view with)
{
    return R"({"kty":"oct","kid":")" + std::string{id} + R"(","alg":")" + std::string{name(alg)} +
           R"(","k":")" + encoded(with) + "\"}";
}

inline std::string jwk_set(std::string const& keys)
{
    return R"({"keys":[)" + keys + "]}";
}

/// Why a key file is refused; a set that is read reads as "Success".
inline boost::system::error_code answer_to_key_file(std::string_view text)
{
    auto const set = key_set::parse(text);
    return set ? boost::system::error_code{} : make_error_code(set.error().code);
}

/// Why a set of one key with these members, and a kid, is refused.
inline boost::system::error_code answer_to_key(std::string_view members)
{
    return answer_to_key_file(jwk_set(R"({"kid":"a",)" + std::string{members} + '}'));
}

/// The same with this text as the `k` of an HMAC key.
inline boost::system::error_code answer_to_k(std::string_view k)
{
    return answer_to_key(
        R"("kty":"oct","alg":"HS256","k":)" + boost::json::serialize(boost::json::string{k})
    );
}

}  // namespace jwtgate::jwt::tests
