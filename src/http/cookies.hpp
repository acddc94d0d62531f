#pragma once

#include "http/request.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace jwtgate::http {

struct cookie {
    std::string_view name;   ///< as sent; case matters
    std::string_view value;  ///< as sent, quotes included
};

/// Takes the first cookie off the front of a Cookie field's value and returns it; none when there is no more.
/// Parts without '=' or without a name are skipped: they belong to others, and must not hide ours.
std::optional<cookie> next_cookie(std::string_view& rest) noexcept;

/// Calls `visit(name, value)` for every cookie of every Cookie field, in the order sent.
template <class Visit>
void for_each_cookie(std::span<field const> fields, Visit visit)
{
    for (auto const& field : fields) {
        if (!same_name(field.name, "Cookie")) continue;
        for (auto rest = field.value; auto const found = next_cookie(rest);) visit(found->name, found->value);
    }
}

struct found_cookie {
    std::optional<std::string_view> value;  ///< of the first cookie of that name that has one
    bool conflicting = false;               ///< another one has a different value
};

found_cookie find_cookie(std::span<field const> fields, std::string_view name) noexcept;

enum class same_site { lax, strict, none };

/// What a Set-Cookie field says (RFC 6265 section 4.1). Path is always "/".
struct set_cookie {
    std::string_view name;
    std::string_view value;  ///< must be cookie octets: it is not checked
    std::chrono::seconds max_age{0};
    std::string_view domain;  ///< empty: this host only
    bool secure = true;
    bool http_only = true;
    http::same_site same_site = http::same_site::lax;
};

/// The value of a Set-Cookie field.
std::string to_field_value(set_cookie const& cookie);

/// The value of a Set-Cookie field that deletes what one with these attributes has set; value and max_age are
/// not used.
std::string to_deletion(set_cookie const& cookie);

}  // namespace jwtgate::http
