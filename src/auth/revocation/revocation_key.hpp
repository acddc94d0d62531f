#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace jwtgate::auth {

/// What a session's id or a user's name is known by in memory: 62 bits of a hash over its bytes, above a bit
/// that is 1 and a bit that is 0. The same in every process, and never 0. It need not withstand anybody:
/// whoever can choose what is asked for has the key that signs tokens.
inline std::uint64_t revocation_key(std::string_view id) noexcept
{
    auto const mixed = [](std::uint64_t hash) {
        __extension__ using wide = unsigned __int128;
        auto const product = static_cast<wide>(hash) * 0x9e37'79b9'7f4a'7c15U;
        return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
    };
    auto hash = mixed(id.size() + 1);
    std::uint64_t word = 0;
    auto rest = id;
    for (; rest.size() > sizeof word; rest.remove_prefix(sizeof word)) {
        std::memcpy(&word, rest.data(), sizeof word);
        hash = mixed(hash ^ word);
    }
    // The last eight bytes, some of them for the second time; of a shorter id all that there are, without a
    // copy in memory, which the processor would have to wait for.
    word = 0;
    if (id.size() >= sizeof word)
        std::memcpy(&word, id.data() + id.size() - sizeof word, sizeof word);
    else
        for (char const each : id) word = (word << 8U) | static_cast<unsigned char>(each);
    return (mixed(mixed(hash ^ word)) & ~std::uint64_t{3}) | 2U;
}

}  // namespace jwtgate::auth
