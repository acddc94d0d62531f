#include "jwtgate/jwt/verifier.hpp"

#include "jwt/json/header.hpp"
#include <jwtgate/jwt/base64url.hpp>

#include <algorithm>
#include <array>
#include <new>
#include <optional>
#include <stdexcept>
#include <utility>

namespace jwtgate::jwt {
namespace {

constexpr std::size_t learnt_headers = 4;

struct parts {
    std::string_view header;
    std::string_view payload;
    std::string_view signature;
    std::string_view signing_input;
};

std::optional<parts> split(std::string_view token) noexcept
{
    constexpr auto none = std::string_view::npos;
    auto const first = token.find('.');
    auto const last = first == none ? none : token.find('.', first + 1);
    if (last == none || token.find('.', last + 1) != none) return std::nullopt;

    parts const found{
        .header = token.substr(0, first),
        .payload = token.substr(first + 1, last - first - 1),
        .signature = token.substr(last + 1),
        .signing_input = token.substr(0, last),
    };
    if (found.header.empty() || found.payload.empty() || found.signature.empty()) return std::nullopt;
    return found;
}

// Of a token that has three parts.
std::string_view payload_of(std::string_view token) noexcept
{
    auto const begin = token.find('.') + 1;
    return token.substr(begin, token.rfind('.') - begin);
}

// Each says what is wrong, or nothing: an errc that fits a register, not the error_code of a result.

std::optional<errc> check_signature(hmac_key& key, parts const& token) noexcept
{
    std::array<char, base64url_decoded_size(max_token_size)> given;
    auto const size = base64url_decode(token.signature, given.data());
    if (!size) return errc::bad_base64url;
    if (!key.verify(token.signing_input, {given.data(), *size})) return errc::bad_signature;
    return std::nullopt;
}

std::optional<errc> check_times(
    claims const& what, std::chrono::seconds leeway, std::chrono::sys_seconds now
) noexcept
{
    auto const earliest = (now - leeway).time_since_epoch().count();
    auto const latest = (now + std::max(leeway, policy::setback_tolerance)).time_since_epoch().count();
    if (what.expires_at <= earliest) return errc::expired;
    if (what.not_before > latest) return errc::not_yet_valid;
    if (what.issued_at > latest) return errc::issued_in_future;
    return std::nullopt;
}

std::optional<errc> check_parties(claims const& what, policy const& demands) noexcept
{
    auto const& audience = what.audience;
    if (!demands.issuer.empty() && what.issuer.empty()) return errc::missing_claim;
    if (!demands.issuer.empty() && what.issuer != demands.issuer) return errc::wrong_issuer;
    if (demands.audience.empty() && !audience.empty()) return errc::wrong_audience;
    if (demands.audience.empty()) return std::nullopt;
    if (audience.empty()) return errc::missing_claim;
    if (std::ranges::find(audience, demands.audience) == audience.end()) return errc::wrong_audience;
    return std::nullopt;
}

std::optional<errc> check(claims const& what, policy const& demands, std::chrono::sys_seconds now) noexcept
{
    auto const wrong = check_times(what, demands.leeway, now);
    return wrong ? wrong : check_parties(what, demands);
}

}  // namespace

verifier::verifier(key_ring const& keys, policy demands)
    : ring_{keys}, demands_{std::move(demands)}, good_texts_{demands_.remembered_texts}
{
    if (demands_.max_size > max_token_size)
        throw std::invalid_argument{"policy::max_size is beyond max_token_size"};
    if (demands_.leeway < std::chrono::seconds{0} || demands_.leeway > std::chrono::days{1})
        throw std::invalid_argument{"policy::leeway is not from 0 to one day"};
    adopt(ring_.keys());
}

result<verified> verifier::verify(std::string_view token, std::chrono::sys_seconds now) noexcept
{
    auto genuine = verify_signature(token);
    if (!genuine) return genuine;
    if (auto const wrong = check(genuine->claims(), demands_, now)) genuine = *wrong;
    return genuine;
}

result<verified> verifier::verify_signature(std::string_view token) noexcept
{
    if (token.size() > demands_.max_size) return errc::too_large;
    if (!follow_ring()) return errc::crypto_failure;
    if (auto const key = good_texts_.find(token)) return verified::read(keys_[*key].id, payload_of(token));
    auto const found = split(token);
    if (!found) return errc::malformed;
    auto const known = std::ranges::find(headers_, found->header, &known_header::text);
    auto const is_known = known != headers_.end();
    auto const key = is_known ? known->key : key_of(found->header);
    if (!key) return key.error();
    if (auto const wrong = check_signature(keys_[*key].hmac, *found)) return *wrong;
    if (!is_known) learn(found->header, *key);
    good_texts_.remember(token, *key);
    return verified::read(keys_[*key].id, found->payload);
}

void verifier::adopt(key_set const& keys)
{
    std::vector<trusted_key> trusted;
    std::vector<known_header> headers(keys.keys().size() + learnt_headers);
    for (auto const& key : keys.keys()) {
        remember(headers[trusted.size()], encoded_header(key.hmac.alg(), key.id), trusted.size());
        trusted.push_back({key.id, key.hmac});
    }
    keys_ = std::move(trusted);
    headers_ = std::move(headers);
    next_learnt_ = 0;
}

/// False when the states of a new key set cannot be copied; the old ones are gone then, and the next call
/// tries again.
bool verifier::follow_ring() noexcept
{
    if (!ring_.advance() && !keys_.empty()) return true;
    keys_.clear();
    good_texts_.clear();
    try {
        adopt(ring_.keys());
    } catch (std::bad_alloc const&) {
        return false;
    }
    return true;
}

result<std::size_t> verifier::key_of(std::string_view encoded_header) const noexcept
{
    std::array<char, base64url_decoded_size(max_token_size)> json;
    auto const size = base64url_decode(encoded_header, json.data());
    if (!size) return size.error();
    auto const said = read_header({json.data(), *size});
    if (!said) return said.error();
    auto const key = said->key_id ? std::ranges::find(keys_, *said->key_id, &trusted_key::id) : keys_.begin();
    if (key == keys_.end()) return errc::unknown_key;
    if (key->hmac.alg() != said->alg) return errc::wrong_algorithm;
    return static_cast<std::size_t>(key - keys_.begin());
}

/// Only ever behind a good signature, so that nobody else can fill the places.
void verifier::learn(std::string_view encoded_header, std::size_t key) noexcept
{
    remember(headers_[keys_.size() + next_learnt_], encoded_header, key);
    next_learnt_ = (next_learnt_ + 1) % learnt_headers;
}

/// One that is too long for its place is read each time.
void verifier::remember(known_header& place, std::string_view encoded_header, std::size_t key) noexcept
{
    if (encoded_header.size() > place.bytes.size()) return;
    std::ranges::copy(encoded_header, place.bytes.data());
    place.size = encoded_header.size();
    place.key = key;
}

}  // namespace jwtgate::jwt
