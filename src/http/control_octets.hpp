#pragma once

#include <string_view>

namespace jwtgate::http {

/// Whether there is an octet that no field value may hold (RFC 9110 section 5.5): CR, LF, NUL and the other
/// control octets but the tab. No early exit, so that it is vectorised.
inline bool has_control(std::string_view text) noexcept
{
    unsigned found = 0;
    for (char const c : text) {
        auto const octet = static_cast<unsigned char>(c);
        found |= static_cast<unsigned>((octet < ' ' && octet != '\t') || octet == 0x7f);
    }
    return found != 0;
}

}  // namespace jwtgate::http
