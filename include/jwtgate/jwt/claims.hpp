#pragma once

#include <jwtgate/jwt/error.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string_view>

namespace jwtgate::jwt {

/// Bytes of the longest token that a signer makes and a verifier accepts.
inline constexpr std::size_t max_token_size = 8192;

/// A list of at most 32 views, without an allocation. What is beyond them is left out.
class string_list {
public:
    static constexpr std::size_t capacity = 32;

    string_list() noexcept : size_{0} {}

    string_list(std::initializer_list<std::string_view> values) noexcept : string_list{}
    {
        for (auto value : values) push_back(value);
    }

    string_list(string_list const& other) noexcept { *this = other; }

    string_list& operator=(string_list const& other) noexcept
    {
        if (this == &other) return *this;
        std::uninitialized_copy_n(other.begin(), other.size_, values_.data());
        size_ = other.size_;
        return *this;
    }

    ~string_list() = default;

    /// False when it is full; the value is then not added.
    bool push_back(std::string_view value) noexcept
    {
        if (size_ == capacity) return false;
        std::construct_at(values_.data() + size_++, value);
        return true;
    }

    std::string_view const* begin() const noexcept { return values_.data(); }

    std::string_view const* end() const noexcept { return values_.data() + size_; }

    std::size_t size() const noexcept { return size_; }

    bool empty() const noexcept { return size_ == 0; }

private:
    union {
        std::array<std::string_view, capacity> values_;  // only the first size_ of them are ever set
    };

    std::size_t size_;
};

/// What a token says. All text is views: of the caller's memory when signing, of the verified token's own
/// bytes after verifying. A text that is empty, a number or list that holds no value, is absent. Times are
/// whole seconds since 1970 UTC (RFC 7519 section 2, NumericDate). A verifier accepts numbers from 0 to 2^53,
/// demands the six claims that are marked, and reads past any others.
struct claims {
    std::optional<bool> fresh{};               ///< `fresh`: minted by a login, not by a refresh
    std::optional<std::int64_t> issued_at{};   ///< `iat` (RFC 7519 section 4.1.6), demanded
    std::string_view id{};                     ///< `jti` (4.1.7), demanded
    std::string_view type{};                   ///< `type`, demanded: "access" or "refresh" in jwtgate
    std::string_view subject{};                ///< `sub` (4.1.2), demanded: the user name
    std::optional<std::int64_t> not_before{};  ///< `nbf` (4.1.5)
    std::string_view csrf{};                   ///< `csrf`: the double submit value
    string_list audience{};     ///< `aud` (4.1.3): one is written as a string, more as an array
    std::string_view issuer{};  ///< `iss` (4.1.1)
    std::optional<std::int64_t> expires_at{};         ///< `exp` (4.1.4), demanded
    std::string_view session{};                       ///< `sid`, demanded: the session
    std::optional<string_list> roles{};               ///< `roles`
    std::optional<std::int64_t> refreshable_until{};  ///< `sxp`: the end of implicit refresh
    std::optional<std::int64_t> counter{};            ///< `ctr`: which refresh token of the session this is
};

}  // namespace jwtgate::jwt
