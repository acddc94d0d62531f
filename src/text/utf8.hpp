#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace jwtgate::text {

struct utf8_character {
    std::uint32_t code_point = 0;
    std::size_t size = 0;  ///< in bytes; 0: not UTF-8
};

/// The character that the text, which is not empty, begins with (RFC 3629).
utf8_character first_character(std::string_view text) noexcept;

bool is_utf8(std::string_view text) noexcept;

}  // namespace jwtgate::text
