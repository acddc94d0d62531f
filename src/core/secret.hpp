#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace jwtgate::core {

/// Bytes that must not be left in memory: a password, a key. Wiped when it goes, moved but never copied, and
/// without a stream operator, so it cannot end up in a log by accident.
class secret {
public:
    secret() = default;

    /// Takes the bytes over and wipes the string they came in.
    explicit secret(std::string&& bytes);

    secret(secret const&) = delete;
    secret& operator=(secret const&) = delete;
    secret(secret&& other) noexcept;
    secret& operator=(secret&& other) noexcept;
    ~secret();

    /// The bytes, for as long as this secret lives.
    std::string_view reveal() const noexcept { return {bytes_.data(), bytes_.size()}; }

private:
    std::string bytes_;
};

/// Overwrites the whole storage of the string, then empties it.
void wipe(std::string& bytes) noexcept;

/// Overwrites `size` bytes of memory, also where a compiler would leave that out because nobody reads them
/// again.
void wipe(void* memory, std::size_t size) noexcept;

/// Whether both hold the same bytes, in time that depends on their lengths only.
bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept;

}  // namespace jwtgate::core
