#include "jwtgate/jwt/verifier.hpp"

#include "jwt/claims_json.hpp"
#include "jwt/header.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace jwtgate::jwt {
namespace {

struct parts {
    std::string_view header;
    std::string_view payload;
    std::string_view signature;
    std::string_view signing_input;
};

result<parts> split(std::string_view token) noexcept
{
    constexpr auto none = std::string_view::npos;
    auto const first = token.find('.');
    auto const last = first == none ? none : token.find('.', first + 1);
    if (last == none || token.find('.', last + 1) != none) return errc::malformed;

    parts const found{
        .header = token.substr(0, first),
        .payload = token.substr(first + 1, last - first - 1),
        .signature = token.substr(last + 1),
        .signing_input = token.substr(0, last),
    };
    if (found.header.empty() || found.payload.empty() || found.signature.empty()) return errc::malformed;
    return found;
}

result<void> check_signature(hmac_key& key, parts const& token) noexcept
{
    std::array<char, base64url_decoded_size(max_token_size)> given;
    auto const size = base64url_decode(token.signature, given.data());
    if (!size) return size.error();
    if (!key.verify(token.signing_input, {given.data(), *size})) return errc::bad_signature;
    return {};
}

result<void> check_times(
    claims const& what, std::chrono::seconds leeway, std::chrono::sys_seconds now
) noexcept
{
    auto const earliest = (now - leeway).time_since_epoch().count();
    auto const latest = (now + leeway).time_since_epoch().count();
    if (what.expires_at <= earliest) return errc::expired;
    if (what.not_before > latest) return errc::not_yet_valid;
    if (what.issued_at > latest) return errc::issued_in_future;
    return {};
}

result<void> check_parties(claims const& what, policy const& demands) noexcept
{
    auto const& audience = what.audience;
    if (!demands.issuer.empty() && what.issuer.empty()) return errc::missing_claim;
    if (!demands.issuer.empty() && what.issuer != demands.issuer) return errc::wrong_issuer;
    if (demands.audience.empty() && !audience.empty()) return errc::wrong_audience;
    if (demands.audience.empty()) return {};
    if (audience.empty()) return errc::missing_claim;
    if (std::ranges::find(audience, demands.audience) == audience.end()) return errc::wrong_audience;
    return {};
}

result<void> check(claims const& what, policy const& demands, std::chrono::sys_seconds now) noexcept
{
    auto const times = check_times(what, demands.leeway, now);
    return times ? check_parties(what, demands) : times;
}

/// Makes views into the bytes at `from` views of the same bytes at `to`.
class rebase {
public:
    rebase(char const* from, char const* to) noexcept : from_{from}, to_{to} {}

    void operator()(std::string_view& text) const noexcept
    {
        if (!text.empty()) text = {to_ + (text.data() - from_), text.size()};
    }

    void operator()(string_list& list) const noexcept
    {
        string_list moved;
        for (auto text : list) {
            (*this)(text);
            moved.push_back(text);
        }
        list = moved;
    }

private:
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
    auto& c = claims_;
    for (auto* const text : {&c.id, &c.type, &c.subject, &c.csrf, &c.issuer, &c.session}) own(*text);
    own(c.audience);
    if (c.roles) own(*c.roles);
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

verifier::verifier(std::shared_ptr<key_set const> const& keys, policy demands) : demands_{std::move(demands)}
{
    if (demands_.max_size > max_token_size)
        throw std::invalid_argument{"policy::max_size is beyond max_token_size"};
    for (auto const& key : keys->keys())
        keys_.push_back({key.id, encoded_header(key.hmac.alg(), key.id), key.hmac});
}

result<verified> verifier::verify(std::string_view token, std::chrono::sys_seconds now) noexcept
{
    auto genuine = verify_signature(token);
    if (!genuine) return genuine;
    if (auto const accepted = check(genuine->claims(), demands_, now); !accepted) genuine = accepted.error();
    return genuine;
}

result<verified> verifier::verify_signature(std::string_view token) noexcept
{
    if (token.size() > demands_.max_size) return errc::too_large;
    auto const found = split(token);
    if (!found) return found.error();
    auto const key = key_of(found->header);
    if (!key) return key.error();
    auto const genuine = check_signature((*key)->hmac, *found);
    if (!genuine) return genuine.error();
    return verified::read((*key)->id, found->payload);
}

result<verifier::trusted_key*> verifier::key_of(std::string_view encoded_header) noexcept
{
    auto const ours = std::ranges::find(keys_, encoded_header, &trusted_key::header);
    if (ours != keys_.end()) return &*ours;

    std::array<char, base64url_decoded_size(max_token_size)> json;
    auto const size = base64url_decode(encoded_header, json.data());
    if (!size) return size.error();
    auto const said = read_header({json.data(), *size});
    if (!said) return said.error();
    auto* const key = said->key_id ? find(*said->key_id) : &keys_.front();
    if (key == nullptr) return errc::unknown_key;
    if (key->hmac.alg() != said->alg) return errc::wrong_algorithm;
    return key;
}

verifier::trusted_key* verifier::find(std::string_view id) noexcept
{
    auto const found = std::ranges::find(keys_, id, &trusted_key::id);
    return found == keys_.end() ? nullptr : &*found;
}

}  // namespace jwtgate::jwt
