#pragma once

#include <charconv>
#include <cstdint>
#include <string_view>

namespace jwtgate::api {

/// Whether the text is a port: one to five digits, at most 65535.
inline bool is_port(std::string_view text) noexcept
{
    std::uint16_t port = 0;
    auto const read = std::from_chars(text.data(), text.data() + text.size(), port);
    return text.size() <= 5 && read.ec == std::errc{} && read.ptr == text.data() + text.size();
}

}  // namespace jwtgate::api
