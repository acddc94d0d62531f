#pragma once

#include <jwtgate/jwt/base64url.hpp>
#include <jwtgate/jwt/claims.hpp>
#include <jwtgate/jwt/error.hpp>
#include <jwtgate/jwt/key_set.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace jwtgate::jwt {

/// A token whose signature counts. It owns its bytes, without the heap: about eight kilobytes (mind where it
/// stands: a coroutine's frame, a vector), of which a copy or move touches what is in use. Its claims and key
/// id are views into them, so they move with it; views taken before do not.
class verified {
    struct made_by_verifier {
        explicit made_by_verifier() = default;
    };

public:
    verified(made_by_verifier maker, std::string_view key_id) noexcept;

    verified(verified const& other) noexcept;
    verified& operator=(verified const& other) noexcept;
    ~verified() = default;

    jwt::claims const& claims() const noexcept { return claims_; }

    /// The `kid` of the key that signed it, also when its header named none.
    std::string_view key_id() const noexcept { return {bytes_.data(), key_id_size_}; }

private:
    friend class verifier;

    static result<verified> read(std::string_view key_id, std::string_view encoded_payload) noexcept;

    jwt::claims claims_;
    std::size_t key_id_size_;
    std::size_t size_;  // of the key id and the payload behind it
    std::array<char, max_key_id_size + base64url_decoded_size(max_token_size)> bytes_;
};

}  // namespace jwtgate::jwt
