#pragma once

#include "fuzz/support/require.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <string_view>

namespace jwtgate::fuzz {

/// One answer, read by other code than wrote it; what is no HTTP brings the target down.
struct answer {
    unsigned status = 0;
    bool closes = false;
    std::size_t length = 0;  ///< as said by Content-Length
    std::string_view body;
};

inline std::string_view take_line(std::string_view& rest)
{
    auto const line = rest.substr(0, rest.find("\r\n"));
    require(line.size() + 2 <= rest.size());
    rest.remove_prefix(line.size() + 2);
    return line;
}

inline bool is_text(std::string_view line)
{
    return std::ranges::all_of(line, [](unsigned char c) { return c == '\t' || (c >= ' ' && c != 0x7f); });
}

template <class Number>
Number number_of(std::string_view digits)
{
    Number number{};
    auto const [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    require(failure == std::errc{} && end == digits.data() + digits.size());
    return number;
}

/// HTTP/1.1, three digits, a reason.
inline unsigned status_of(std::string_view line)
{
    require(is_text(line) && line.starts_with("HTTP/1.1 ") && line.size() > 13 && line[12] == ' ');
    return number_of<unsigned>(line.substr(9, 3));
}

inline bool may_repeat(std::string_view name)
{
    return name == "Set-Cookie" || name == "Vary";
}

/// Fields have names of our own, values without control octets, and stand once.
inline void check_field(std::string_view line, std::string_view behind)
{
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-12";
    auto const name = line.substr(0, line.find(": "));
    require(
        is_text(line) && name.size() < line.size() &&
        name.find_first_not_of(letters) == std::string_view::npos
    );
    for (auto rest = behind; !may_repeat(name) && !rest.empty();) {
        auto const other = take_line(rest);
        if (other.empty()) return;
        require(!other.starts_with(line.substr(0, name.size() + 1)));
    }
}

enum class body { sent, left_out };

/// Takes one answer off the front of `rest`.
inline answer read_answer(std::string_view& rest, body expected)
{
    answer found{.status = status_of(take_line(rest))};
    bool has_length = false;
    for (auto line = take_line(rest); !line.empty(); line = take_line(rest)) {
        check_field(line, rest);
        found.closes |= line == "Connection: close";
        if (!line.starts_with("Content-Length: ")) continue;
        has_length = true;
        found.length = number_of<std::size_t>(line.substr(line.find(' ') + 1));
    }
    require(has_length != (found.status == 204));
    found.body = rest.substr(0, expected == body::sent ? found.length : 0);
    require(expected == body::left_out || found.body.size() == found.length);
    rest.remove_prefix(found.body.size());
    return found;
}

}  // namespace jwtgate::fuzz
