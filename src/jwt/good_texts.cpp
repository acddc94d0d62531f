#include "jwtgate/jwt/good_texts.hpp"

#include "jwt/constant_time.hpp"

#include <algorithm>
#include <cstring>

namespace jwtgate::jwt {

good_texts::good_texts(std::size_t places)
    : entries_(places),
      bytes_{std::make_unique_for_overwrite<char[]>(places * longest)}  // NOLINT(modernize-avoid-c-arrays)
{}

good_texts::~good_texts()
{
    clear();
}

std::optional<std::size_t> good_texts::find(std::string_view text) const noexcept
{
    if (entries_.empty() || text.size() < sizeof(std::uint64_t)) return std::nullopt;
    auto const place = place_of(text);
    auto const [size, key] = entries_[place];
    if (size != text.size() || !equal_in_constant_time(bytes_at(place), text.data(), size))
        return std::nullopt;
    return key;
}

void good_texts::remember(std::string_view text, std::size_t key) noexcept
{
    if (entries_.empty() || text.size() < sizeof(std::uint64_t) || text.size() > longest) return;
    auto const place = place_of(text);
    auto const former = entries_[place].size;
    std::ranges::copy(text, bytes_at(place));
    if (former > text.size()) explicit_bzero(bytes_at(place) + text.size(), former - text.size());
    entries_[place] = {static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(key)};
}

void good_texts::clear() noexcept
{
    for (std::size_t place = 0; place < entries_.size(); ++place) {
        explicit_bzero(bytes_at(place), entries_[place].size);
        entries_[place] = {};
    }
}

// From its end, which is that of a MAC: nobody without the key can choose it.
std::size_t good_texts::place_of(std::string_view text) const noexcept
{
    constexpr std::uint64_t odd = 0x9e37'79b9'7f4a'7c15U;
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + text.size() - sizeof word, sizeof word);
    return ((word * odd) >> 32U) % entries_.size();
}

}  // namespace jwtgate::jwt
