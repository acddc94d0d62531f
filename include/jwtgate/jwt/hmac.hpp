#pragma once

#include <jwtgate/jwt/error.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

struct evp_mac_ctx_st;

namespace jwtgate::jwt {

/// The three HMAC algorithms of RFC 7518 section 3.2.
enum class algorithm { hs256, hs384, hs512 };

/// "HS256" and so on, as in `alg`. Lives for ever.
std::string_view name(algorithm alg) noexcept;

/// The algorithm of this exact name (case matters), or none.
std::optional<algorithm> algorithm_from_name(std::string_view text) noexcept;

/// Bytes of the MAC, and the least length of a key.
constexpr std::size_t mac_size(algorithm alg) noexcept
{
    return alg == algorithm::hs256 ? 32 : alg == algorithm::hs384 ? 48 : 64;
}

/// A MAC: the first mac_size bytes count.
using mac = std::array<unsigned char, 64>;

/// The bytes of a MAC of this algorithm, for as long as it lives.
inline std::string_view mac_bytes(mac const& code, algorithm alg) noexcept
{
    return {reinterpret_cast<char const*>(code.data()), mac_size(alg)};
}

/// One key of one algorithm with its prepared state (RFC 2104). A copy has a state of its own (std::bad_alloc
/// when there is no memory for it); an object belongs to one thread at a time, since computing a MAC moves
/// its state. One that was moved from can only be assigned to or destroyed. By RFC 2104 a key and the same
/// with zero bytes behind it give the same MACs, up to the block of the hash.
class hmac_key {
public:
    /// Errors: key_too_short, crypto_failure. The secret is not kept beyond OpenSSL's own state, which is
    /// wiped with the object.
    static result<hmac_key> make(algorithm alg, std::string_view secret);

    hmac_key(hmac_key const& other);
    hmac_key& operator=(hmac_key const& other);
    hmac_key(hmac_key&&) noexcept = default;
    hmac_key& operator=(hmac_key&&) noexcept = default;
    ~hmac_key() = default;

    algorithm alg() const noexcept { return alg_; }

    /// The MAC of `message`. Error: crypto_failure.
    result<mac> sign(std::string_view message) noexcept;

    /// Whether `signature` (raw bytes) is the MAC of `message`; its time does not depend on where they
    /// differ. A signature of another length is refused, and so is everything when OpenSSL fails.
    bool verify(std::string_view message, std::string_view signature) noexcept;

private:
    struct free_context {
        void operator()(evp_mac_ctx_st* context) const noexcept;
    };

    using context = std::unique_ptr<evp_mac_ctx_st, free_context>;

    hmac_key(algorithm alg, context state) noexcept : alg_{alg}, context_{std::move(state)} {}

    bool compute(std::string_view message, mac& out) noexcept;

    algorithm alg_;
    context context_;
};

/// Checks RFC 4231 vectors through the restart path that sign and verify use: OpenSSL 3.0.0 to 3.0.2 computed
/// wrong MACs there. A program calls it once at start and does not run when it returns false.
bool hmac_self_test() noexcept;

}  // namespace jwtgate::jwt
