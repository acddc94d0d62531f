#pragma once

#include "core/random.hpp"
#include "core/result.hpp"
#include <jwtgate/jwt/key_ring.hpp>
#include <jwtgate/jwt/signer.hpp>
#include <jwtgate/jwt/verifier.hpp>

#include <chrono>
#include <span>
#include <string>
#include <string_view>

namespace jwtgate::auth {

/// A year: what a browser keeps of a login for the guard to know it again.
inline constexpr std::chrono::seconds device_life = std::chrono::days{365};

/// A user on a device.
struct user_device {
    std::string_view user;
    std::string_view id;       ///< empty: a new one, which follows from user and network, so that logging in
                               ///< again and again gains no more of them
    std::string_view address;  ///< where it is now
};

/// Tells devices on which a user has logged in before: each keeps a JWT of the type "device", which opens
/// nothing, and so has neither issuer nor audience. Belongs to one worker: it holds HMAC states. `random`
/// outlives it.
class device_tokens {
public:
    device_tokens(jwt::key_ring const& keys, core::random_source const& random);

    /// The id in the first of these tokens that is of this user and has not expired; empty when there is
    /// none.
    std::string recognise(
        std::span<std::string const> tokens, std::string_view user, std::chrono::sys_seconds now
    );

    /// Errors: those of jwt::signer.
    core::result<std::string> make(user_device const& of, std::chrono::sys_seconds now);

private:
    core::result<std::string> new_id(user_device const& of);

    core::random_source const& random_;
    jwt::signer signer_;
    jwt::verifier verifier_;
};

}  // namespace jwtgate::auth
