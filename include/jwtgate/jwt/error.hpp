#pragma once

#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>

#include <type_traits>

namespace jwtgate::jwt {

/// Every reason to refuse a token, a key or a text, one value each. A verifier checks in this order: size,
/// form, header, key, signature, payload, claims; so what follows bad_signature is only ever said of a token
/// with a good signature. The numbers are not part of the interface. No message holds any of the input.
enum class errc {
    too_large = 1,      ///< longer than the policy allows
    malformed,          ///< not three non-empty parts with two dots (RFC 7515 section 7.1)
    bad_base64url,      ///< another character, padding, or not the canonical spelling (RFC 4648 section 3.5)
    bad_json,           ///< header or payload is not one strict JSON object in UTF-8 (RFC 8259), or a header
                        ///< has over 128 names
    duplicate_name,     ///< one name twice in an object, at any depth
    too_deep,           ///< more than 16 objects and arrays one in another
    critical_header,    ///< `crit` is present: no extension is understood (RFC 7515 section 4.1.11)
    unencoded_payload,  ///< `b64` is present and not true, which no JWT may have (RFC 7797 section 7)
    wrong_algorithm,    ///< `alg` is absent or not exactly the key's own
    wrong_type_header,  ///< `typ` is present and is not `JWT`
    unknown_key,        ///< no key with this `kid`
    bad_signature,      ///< the signature is not that of the key over this text
    missing_claim,      ///< one of sub, exp, iat, jti, type, sid is absent, or an iss or aud that is required
    wrong_claim_type,   ///< a claim has another type than its own, or is an empty string or an empty `aud`
    number_out_of_range,  ///< a time or counter that is not plain digits from 0 to 2^53: `-1`, `1.0`, `2e9`
    too_many_values,   ///< more roles or audiences than string_list holds, or over 128 names in open objects
    expired,           ///< `now >= exp + leeway` (RFC 7519 section 4.1.4)
    not_yet_valid,     ///< `nbf > now + max(leeway, setback_tolerance)` (RFC 7519 section 4.1.5)
    issued_in_future,  ///< `iat > now + max(leeway, setback_tolerance)`
    wrong_issuer,      ///< `iss` is not the one required
    wrong_audience,    ///< `aud` does not hold the one required, or is present and none is configured
    key_too_short,     ///< shorter than the hash of its algorithm (RFC 7518 section 3.2)
    bad_key_set,       ///< the key set's text is not a JWK Set of HMAC keys
    duplicate_key_id,  ///< two keys with one `kid`
    buffer_too_small,  ///< the caller's memory does not hold the result
    crypto_failure,    ///< OpenSSL refused; nothing was accepted
};

/// A value, or an error_code of error_category. Functions that are not noexcept may throw std::bad_alloc, and
/// otherwise only what they say.
template <class T>
using result = boost::system::result<T>;

/// The category of errc: its name is "jwtgate.jwt".
boost::system::error_category const& error_category() noexcept;

inline boost::system::error_code make_error_code(errc e) noexcept
{
    return {static_cast<int>(e), error_category()};
}

}  // namespace jwtgate::jwt

template <>
struct boost::system::is_error_code_enum<jwtgate::jwt::errc> : std::true_type {};
