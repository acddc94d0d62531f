#pragma once

#include <jwtgate/jwt/error.hpp>
#include <jwtgate/jwt/hmac.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jwtgate::jwt {

/// Bytes of the longest `kid` of a key set.
inline constexpr std::size_t max_key_id_size = 128;

/// One key of a set, known by its `kid`.
struct key {
    std::string id;
    hmac_key hmac;
};

/// Why a key set was refused, and which key is to blame.
struct key_set_error {
    errc code;
    std::string detail;  ///< one line for a person, without any key material
};

/// What value() of a refused key set throws: boost::system::system_error with the code and the detail.
[[noreturn]] void throw_exception_from_error(key_set_error const& error, boost::source_location const& place);

/// An immutable list of HMAC keys: the first signs, all of them verify. Share it between threads, by a
/// key_ring: signers and verifiers copy the states that they use. References into it live as long as it does.
class key_set {
public:
    /// Reads a JWK Set of `oct` keys (RFC 7517 section 5, RFC 7518 section 6.4). Refused as a whole when one
    /// key has another kty, use, key_ops or alg than HMAC's, no k, no kid of 1 to max_key_id_size bytes, a
    /// kid that occurs twice, or fewer bytes than its hash; and when there is no key. Its own copies of the
    /// secrets are wiped. Codes: those of JSON, bad_key_set, duplicate_key_id, bad_base64url, key_too_short,
    /// crypto_failure.
    static boost::system::result<key_set, key_set_error> parse(std::string_view json);

    std::vector<key> const& keys() const noexcept { return keys_; }

    key const& signing_key() const noexcept { return keys_.front(); }

    /// The key with exactly this `kid`, or null.
    key const* find(std::string_view id) const noexcept;

private:
    explicit key_set(std::vector<key> keys) noexcept : keys_{std::move(keys)} {}

    std::vector<key> keys_;
};

/// The text of a JWK Set with one HMAC key, as parse reads it. Neither id nor secret is checked here: parse
/// does. The text holds the secret, and it is the caller's to wipe.
std::string make_key_set_json(algorithm alg, std::string_view id, std::string_view secret);

}  // namespace jwtgate::jwt
