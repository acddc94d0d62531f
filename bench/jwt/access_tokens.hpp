#pragma once

#include <jwtgate/jwt/claims.hpp>
#include <jwtgate/jwt/key_set.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace jwtgate::bench {

inline constexpr std::string_view secret = "0123456789abcdef0123456789abcdef";

/// One key, HS256, of that secret.
std::shared_ptr<jwt::key_set const> make_keys();

/// When tokens are verified, a minute after they were issued. It is the time of this run, since other
/// libraries ask the clock.
std::chrono::sys_seconds now();

struct access_token {
    jwt::claims claims;
    std::string text;
};

/// Access tokens as a login makes them, each of another user and session, so that nothing learns one by
/// heart.
std::span<access_token const> access_tokens();

/// Whether a verifier accepts what was signed: all that a benchmark of signing has to show.
bool is_accepted(std::string_view token);

/// Goes round a list, which outlives it and is not empty.
template <class T>
class carousel {
public:
    explicit carousel(std::span<T const> list) noexcept : list_{list} {}

    T const& next() noexcept
    {
        if (at_ == list_.size()) at_ = 0;
        return list_[at_++];
    }

private:
    std::span<T const> list_;
    std::size_t at_ = 0;
};

}  // namespace jwtgate::bench
