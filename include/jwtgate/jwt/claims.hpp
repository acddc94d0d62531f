#pragma once

#include <jwtgate/jwt/error.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace jwtgate::jwt {

/// A list of at most 32 views, without an allocation.
class string_list {
public:
    static constexpr std::size_t capacity = 32;

    string_list() noexcept = default;

    string_list(std::initializer_list<std::string_view> values) noexcept
    {
        for (auto value : values) push_back(value);
    }

    string_list(string_list const& other) noexcept { *this = other; }

    string_list& operator=(string_list const& other) noexcept
    {
        std::copy_n(other.values_.begin(), other.size_, values_.begin());
        size_ = other.size_;
        return *this;
    }

    /// False when it is full; the value is then not added.
    bool push_back(std::string_view value) noexcept
    {
        if (size_ == capacity) return false;
        values_[size_++] = value;
        return true;
    }

    std::string_view const* begin() const noexcept { return values_.data(); }
    std::string_view const* end() const noexcept { return values_.data() + size_; }
    std::size_t size() const noexcept { return size_; }
    bool empty() const noexcept { return size_ == 0; }

private:
    std::array<std::string_view, capacity> values_;
    std::size_t size_ = 0;
};

/// What a token says. All text is views: of the caller's memory when signing, of the verified token's own bytes after
/// verifying. A text that is empty, a number or list that holds no value, is absent. Times are whole seconds since 1970
/// UTC (RFC 7519 section 2, NumericDate).
struct claims {
    std::optional<bool> fresh;                       ///< `fresh`: minted by a login, not by a refresh
    std::optional<std::int64_t> issued_at;           ///< `iat`
    std::string_view id;                             ///< `jti`
    std::string_view type;                           ///< `type`: "access" or "refresh"
    std::string_view subject;                        ///< `sub`: the user name
    std::optional<std::int64_t> not_before;          ///< `nbf`
    std::string_view csrf;                           ///< `csrf`: the double submit value
    string_list audience;                            ///< `aud`: one is written as a string, more as an array
    std::string_view issuer;                         ///< `iss`
    std::optional<std::int64_t> expires_at;          ///< `exp`
    std::string_view session;                        ///< `sid`
    std::optional<string_list> roles;                ///< `roles`
    std::optional<std::int64_t> refreshable_until;   ///< `sxp`: the end of implicit refresh
    std::optional<std::int64_t> counter;             ///< `ctr`: which refresh token of the session this is
};

}  // namespace jwtgate::jwt
