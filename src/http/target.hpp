#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace jwtgate::http {

/// A request target in its two parts, percent-encoding untouched.
struct target {
    std::string_view path;   ///< begins with '/'
    std::string_view query;  ///< behind '?', or empty
};

/// Splits a target of origin form (`/path?query`) or absolute form (`http://host/path?query`), RFC 9112
/// section 3.2. None for every other form, for octets that a URI cannot hold, and for a host that is none.
std::optional<target> split_target(std::string_view text) noexcept;

/// Whether `text` can be the value of a Host field: a name, an IPv4 address or an [IPv6] one, with or without
/// a port.
bool is_host(std::string_view text) noexcept;

/// One `name=value` of a query, percent-encoding untouched; a part without '=' has an empty value.
struct parameter {
    std::string_view name;
    std::string_view value;
};

/// Takes the first parameter off the front of a query and returns it; none when there is no more.
std::optional<parameter> next_parameter(std::string_view& rest) noexcept;

/// Every %XX becomes its octet; '+' stays '+'. None when a '%' lacks its two digits, or stands for a control
/// octet.
std::optional<std::string> percent_decode(std::string_view text);

/// Everything outside `[A-Za-z0-9._@+-]` becomes %XX, so that the outcome is safe in a field value and in a
/// list.
std::string percent_encode(std::string_view text);

}  // namespace jwtgate::http
