#include "jwtgate/jwt/verified.hpp"

#include "jwt/json/claim_names.hpp"
#include "jwt/json/claims_json.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

namespace jwtgate::jwt {
namespace {

/// Makes views into the bytes at `from` views of the same bytes at `to`.
class rebase {
public:
    rebase(char const* from, char const* to) noexcept : from_{from}, to_{to} {}

    void text(spelled_name /*name*/, std::string_view& text) const noexcept { move(text); }

    void audience(spelled_name /*name*/, string_list& values) const noexcept { move(values); }

    void roles(spelled_name /*name*/, std::optional<string_list>& values) const noexcept
    {
        if (values) move(*values);
    }

    void boolean(spelled_name /*name*/, std::optional<bool> /*value*/) const noexcept {}

    void number(spelled_name /*name*/, std::optional<std::int64_t> /*value*/) const noexcept {}

private:
    void move(std::string_view& text) const noexcept
    {
        if (!text.empty()) text = {to_ + (text.data() - from_), text.size()};
    }

    void move(string_list& list) const noexcept
    {
        string_list moved;
        for (auto text : list) {
            move(text);
            moved.push_back(text);
        }
        list = moved;
    }

    char const* from_;
    char const* to_;
};

}  // namespace

verified::verified(made_by_verifier /*maker*/, std::string_view key_id) noexcept
    : key_id_size_{key_id.size()}, size_{key_id.size()}
{
    std::ranges::copy(key_id, bytes_.data());
}

verified::verified(verified const& other) noexcept
{
    *this = other;
}

verified& verified::operator=(verified const& other) noexcept
{
    if (this == &other) return *this;
    std::copy_n(other.bytes_.data(), other.size_, bytes_.data());
    size_ = other.size_;
    key_id_size_ = other.key_id_size_;
    claims_ = other.claims_;

    rebase const own{other.bytes_.data(), bytes_.data()};
    visit_claims(own, claims_);
    return *this;
}

result<verified> verified::read(std::string_view key_id, std::string_view encoded_payload) noexcept
{
    result<verified> token{boost::system::in_place_value, made_by_verifier{}, key_id};
    auto* const payload = token->bytes_.data() + key_id.size();
    auto const size = base64url_decode(encoded_payload, payload);
    if (!size) {
        token = size.error();
        return token;
    }
    token->size_ += *size;
    if (auto const claims = read_claims({payload, *size}, token->claims_); !claims) token = claims.error();
    return token;
}

}  // namespace jwtgate::jwt
