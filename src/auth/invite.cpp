#include "auth/invite.hpp"

#include <jwtgate/jwt/base64url.hpp>

#include <sodium.h>

#include <array>
#include <cstddef>

namespace jwtgate::auth {
namespace {

constexpr std::size_t invite_bytes = 24;

}  // namespace

std::string new_invite(core::random_source const& random)
{
    return core::random_id(random, invite_bytes);
}

std::string digest_of(std::string_view sent)
{
    std::array<unsigned char, crypto_generichash_BYTES> hash{};
    auto const* const bytes = reinterpret_cast<unsigned char const*>(sent.data());
    crypto_generichash(hash.data(), hash.size(), bytes, sent.size(), nullptr, 0);
    std::string text(jwt::base64url_encoded_size(hash.size()), '\0');
    jwt::base64url_encode({reinterpret_cast<char const*>(hash.data()), hash.size()}, text.data());
    return text;
}

}  // namespace jwtgate::auth
