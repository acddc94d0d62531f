#pragma once

#include "http/out_buffer.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace jwtgate::http {

/// A request target in its two parts, percent-encoding untouched.
struct target {
    std::string_view path;   ///< begins with '/'
    std::string_view query;  ///< behind '?', or empty
    std::string_view host;   ///< with its port; empty in origin form
};

/// Splits a target of origin form (`/path?query`) or absolute form (`http://host/path?query`), RFC 9112
/// section 3.2. None for every other form, for a host that is none, and for octets that some reader cuts off
/// or changes: control octets, space, '#', octets outside ASCII.
/// The path is canonical as sent, in both forms: nothing behind decodes it, resolves dots, merges slashes or
/// cuts parameters off, so `//x`, `/./x`, `/%78`, `/x%00` and `/x;y` are other paths than `/x`, and no route
/// is called so. Octets that RFC 3986 does not allow but browsers send and proxies hand on (`|`, a bare `%`)
/// stay, since the gate has to answer for them.
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

/// The same, behind what `out` holds.
void percent_encode(std::string_view text, out_buffer& out);

}  // namespace jwtgate::http
