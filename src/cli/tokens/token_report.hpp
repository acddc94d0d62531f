#pragma once

#include "core/result.hpp"
#include <jwtgate/jwt/verifier.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace jwtgate::cli {

/// What a verifier said of a token: why it was refused, or nothing.
struct token_verdict {
    std::string_view token;
    core::error_code refused;
    jwt::policy const& demands;
};

/// Whether it was signed with one of our keys, though it may be refused for what it says.
bool is_proved(token_verdict const& of) noexcept;

/// Why it was refused, in one line; names the claims that are missing.
std::string reason_of(token_verdict const& of);

/// The payload of a token that was accepted, as it is written.
std::string payload_of(std::string_view token);

/// Header, claims and times for a person, as far as they can be read, and the verdict. Nothing of the token
/// that could act on a terminal is in it.
std::string report_of(token_verdict const& of, std::chrono::sys_seconds now);

}  // namespace jwtgate::cli
