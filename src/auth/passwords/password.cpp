#include "auth/passwords/password.hpp"

#include "auth/error.hpp"

#include <sodium.h>

#include <array>
#include <charconv>
#include <optional>
#include <span>

namespace jwtgate::auth {
namespace {

/// What an encoded hash holds.
struct password_hash {
    password_cost cost;
    std::array<unsigned char, crypto_pwhash_SALTBYTES> salt{};
    std::array<unsigned char, 32> tag{};
};

bool take(std::string_view& text, std::string_view expected) noexcept
{
    if (!text.starts_with(expected)) return false;
    text.remove_prefix(expected.size());
    return true;
}

bool take(std::string_view& text, std::size_t& number) noexcept
{
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{}) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
}

bool decode(std::string_view text, std::span<unsigned char> bytes) noexcept
{
    constexpr auto variant = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
    std::size_t size = 0;
    int const failed = sodium_base642bin(
        bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size, nullptr, variant
    );
    return failed == 0 && size == bytes.size();
}

std::optional<password_cost> take_cost(std::string_view& text) noexcept
{
    std::size_t kibibytes = 0;
    std::size_t passes = 0;
    if (!take(text, "$argon2id$v=19$m=") || !take(text, kibibytes)) return std::nullopt;
    if (!take(text, ",t=") || !take(text, passes) || !take(text, ",p=1$")) return std::nullopt;
    if (kibibytes < least_password_cost.memory >> 10U) return std::nullopt;
    if (kibibytes > most_password_cost.memory >> 10U) return std::nullopt;
    if (passes < least_password_cost.passes || passes > most_password_cost.passes) return std::nullopt;
    return password_cost{.memory = kibibytes << 10U, .passes = static_cast<unsigned>(passes)};
}

std::optional<password_hash> read(std::string_view text) noexcept
{
    auto const cost = take_cost(text);
    if (!cost) return std::nullopt;
    password_hash hash{.cost = *cost};
    auto const salt = text.substr(0, text.find('$'));
    text.remove_prefix(salt.size());
    if (!decode(salt, hash.salt)) return std::nullopt;
    if (!take(text, "$") || !decode(text, hash.tag)) return std::nullopt;
    return hash;
}

}  // namespace

std::optional<password_cost> missing_cost(std::size_t due, std::size_t spent, std::size_t memory) noexcept
{
    if (spent >= due) return std::nullopt;
    auto const missing = due - spent;
    auto const passes = (missing + memory - 1) / memory;
    auto const each = missing / passes;
    if (each < least_password_cost.memory) return std::nullopt;
    return password_cost{.memory = each, .passes = static_cast<unsigned>(passes)};
}

result<std::string> hash_password(std::string_view password, password_cost cost)
{
    std::array<char, crypto_pwhash_STRBYTES> encoded{};
    int const failed = crypto_pwhash_str_alg(
        encoded.data(),
        password.data(),
        password.size(),
        cost.passes,
        cost.memory,
        crypto_pwhash_ALG_ARGON2ID13
    );
    if (failed != 0) return errc::busy;
    return std::string(encoded.data());
}

// crypto_pwhash_str_verify answers alike when it has no memory and when nothing matches; crypto_pwhash only
// fails for want of memory once its input lies within the bounds.
result<void> verify_password(std::string_view hash, std::string_view password)
{
    auto const stored = read(hash);
    if (!stored) return errc::bad_credentials;
    auto tag = stored->tag;
    int const failed = crypto_pwhash(
        tag.data(),
        tag.size(),
        password.data(),
        password.size(),
        stored->salt.data(),
        stored->cost.passes,
        stored->cost.memory,
        crypto_pwhash_ALG_ARGON2ID13
    );
    if (failed != 0) return errc::busy;
    if (sodium_memcmp(tag.data(), stored->tag.data(), tag.size()) != 0) return errc::bad_credentials;
    return {};
}

bool is_usable_hash(std::string_view hash) noexcept
{
    return read(hash).has_value();
}

std::size_t work_of(std::string_view hash) noexcept
{
    auto const stored = read(hash);
    return stored ? work_of(stored->cost) : 0;
}

bool is_weaker(std::string_view hash, password_cost cost) noexcept
{
    auto const stored = read(hash);
    return stored && (stored->cost.memory < cost.memory || stored->cost.passes < cost.passes);
}

}  // namespace jwtgate::auth
