#include "core/random.hpp"

#include <sodium.h>

#include <stdexcept>
#include <vector>

namespace jwtgate::core {

random_source secure_random()
{
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start: no source of randomness");
    return [](std::span<unsigned char> out) { randombytes_buf(out.data(), out.size()); };
}

std::string random_id(random_source const& random, std::size_t bytes)
{
    constexpr auto variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::vector<unsigned char> raw(bytes);
    std::string text(sodium_base64_encoded_len(bytes, variant), '\0');
    do {
        random(raw);
        sodium_bin2base64(text.data(), text.size(), raw.data(), raw.size(), variant);
    } while (text.front() == '-' || text.front() == '_');
    text.pop_back();  // the terminating NUL that sodium counts
    sodium_memzero(raw.data(), raw.size());
    return text;
}

}  // namespace jwtgate::core
