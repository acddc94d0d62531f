#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace jwtgate::jwt {

/// Token texts that came with a good signature: the same text again, byte for byte, needs no second MAC.
/// Bounded: each text has one place, which a later one may take. What it held is wiped when it is cleared or
/// goes. It says nothing of times, revocation or anything else that a token is refused for.
class good_texts {
public:
    /// How many places; 0 remembers nothing. A text takes at most 1 KiB, a longer one is not remembered.
    explicit good_texts(std::size_t places);

    good_texts(good_texts const& other) : good_texts{other.entries_.size()} {}  ///< remembers nothing yet

    good_texts(good_texts&& other) noexcept = default;
    ~good_texts();

    good_texts& operator=(good_texts other) noexcept
    {
        entries_.swap(other.entries_);
        bytes_.swap(other.bytes_);
        return *this;
    }

    /// The number of the key that the text was remembered with. Compares in constant time.
    std::optional<std::size_t> find(std::string_view text) const noexcept;

    void remember(std::string_view text, std::size_t key) noexcept;

    void clear() noexcept;

private:
    static constexpr std::size_t longest = 1024;

    struct entry {
        std::uint32_t size = 0;
        std::uint32_t key = 0;
    };

    std::size_t place_of(std::string_view text) const noexcept;

    char* bytes_at(std::size_t place) const noexcept { return bytes_.get() + place * longest; }

    std::vector<entry> entries_;
    // Untouched, and so no memory, where there is no entry: no vector leaves it so.
    std::unique_ptr<char[]> bytes_;  // NOLINT(modernize-avoid-c-arrays)
};

}  // namespace jwtgate::jwt
