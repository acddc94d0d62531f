#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <span>
#include <string_view>

namespace jwtgate::http {

/// ASCII letters fold, nothing else.
constexpr char to_lower(char c) noexcept
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Whether two field names are the same, letters folded.
constexpr bool same_name(std::string_view a, std::string_view b) noexcept
{
    return std::ranges::equal(a, b, {}, to_lower, to_lower);
}

/// One header field, as sent; both views live as long as the request.
struct field {
    std::string_view name;
    std::string_view value;  ///< without the white space around it
};

/// A whole request: views into the connection's read buffer, valid until its answer is complete.
struct request {
    std::string_view method;        ///< as sent: "GET"
    std::string_view path;          ///< of the target, up to '?', percent-encoding untouched
    std::string_view query;         ///< behind '?', or empty
    std::span<field const> fields;  ///< in the order sent
    std::string_view body;
    std::string_view peer_address;  ///< of the socket: "127.0.0.1", "::1"; empty on a unix socket
    std::chrono::steady_clock::time_point arrived =
        {};  ///< when its last bytes were read, or a little before

    /// The value of the first field of this name (names fold case), or null data when there is none.
    std::string_view find(std::string_view name) const noexcept
    {
        auto const found =
            std::ranges::find_if(fields, [name](auto const& each) { return same_name(each.name, name); });
        return found != fields.end() ? found->value : std::string_view{};
    }

    /// How many fields have this name.
    std::size_t count(std::string_view name) const noexcept
    {
        auto const same = [name](auto const& each) { return same_name(each.name, name); };
        return static_cast<std::size_t>(std::ranges::count_if(fields, same));
    }
};

}  // namespace jwtgate::http
