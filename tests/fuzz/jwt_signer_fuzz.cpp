#include "fuzz/support/jwt.hpp"
#include <jwtgate/jwt/key_set.hpp>
#include <jwtgate/jwt/signer.hpp>
#include <jwtgate/jwt/verifier.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <fuzzer/FuzzedDataProvider.h>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

using namespace jwtgate::jwt;

namespace {

/// Claims of all shapes that a verifier can read: what the input leaves to say is UTF-8 and not empty.
class claims_source {
public:
    explicit claims_source(FuzzedDataProvider& from) : from_{from} {}

    claims make()
    {
        claims what;
        if (from_.ConsumeBool()) what.fresh = from_.ConsumeBool();
        what.issued_at = number();
        what.id = text();
        what.type = text();
        what.subject = text();
        what.not_before = number();
        what.csrf = text();
        if (from_.ConsumeBool()) what.audience = list();
        what.issuer = text();
        what.expires_at = number();
        what.session = text();
        if (from_.ConsumeBool()) what.roles = list();
        what.refreshable_until = number();
        what.counter = number();
        return what;
    }

private:
    std::optional<std::int64_t> number()
    {
        if (from_.ConsumeIntegralInRange(0, 7) == 0) return std::nullopt;
        return from_.ConsumeIntegralInRange<std::int64_t>(0, std::int64_t{1} << 53);
    }

    std::string_view text()
    {
        auto const bytes =
            from_.ConsumeRandomLengthString(from_.ConsumeIntegralInRange<std::size_t>(0, 40) * 8);
        auto& kept = texts_.emplace_back();
        for (auto byte : bytes) append(static_cast<unsigned char>(byte), kept);
        return kept;
    }

    /// ASCII stands for itself, other bytes for characters of two to four bytes.
    static void append(unsigned char byte, std::string& text)
    {
        constexpr std::array<std::string_view, 5> others{
            "\xc2\x80", "\xdf\xbf", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xf4\x8f\xbf\xbf"};
        if (byte < 0x80)
            text += static_cast<char>(byte);
        else
            text += others[byte % others.size()];
    }

    string_list list()
    {
        string_list values;
        for (auto left = from_.ConsumeIntegralInRange<std::size_t>(0, string_list::capacity); left > 0;
             --left)
            if (auto const value = text(); !value.empty()) values.push_back(value);
        return values;
    }

    FuzzedDataProvider& from_;
    std::deque<std::string> texts_;
};

bool is_same(string_list const& a, string_list const& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

bool is_same(claims const& a, claims const& b)
{
    auto const lists = is_same(a.audience, b.audience) && a.roles.has_value() == b.roles.has_value() &&
                       (!a.roles || is_same(*a.roles, *b.roles));
    auto const texts = a.id == b.id && a.type == b.type && a.subject == b.subject && a.csrf == b.csrf &&
                       a.issuer == b.issuer && a.session == b.session;
    return lists && texts && a.fresh == b.fresh && a.issued_at == b.issued_at &&
           a.not_before == b.not_before && a.expires_at == b.expires_at &&
           a.refreshable_until == b.refreshable_until && a.counter == b.counter;
}

bool has_all_that_is_demanded(claims const& what)
{
    return !what.subject.empty() && what.expires_at && what.issued_at && !what.id.empty() &&
           !what.type.empty() && !what.session.empty();
}

struct peers {
    key_ring ring;
    signer signs{ring};
    verifier verifies{ring, {}};

    explicit peers(algorithm alg)
        : ring{std::make_shared<key_set const>(
              key_set::parse(make_key_set_json(alg, "k", fuzz::secret)).value()
          )}
    {}
};

peers& peers_of(algorithm alg)
{
    static std::array<peers, 3> all{
        peers{algorithm::hs256}, peers{algorithm::hs384}, peers{algorithm::hs512}};
    return all[static_cast<std::size_t>(alg)];
}

}  // namespace

// What is signed is verified, and says what was signed.
// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer gives the name
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    FuzzedDataProvider from{data, size};
    auto& [ring, signs, verifies] =
        peers_of(from.PickValueInArray({algorithm::hs256, algorithm::hs384, algorithm::hs512}));
    claims_source source{from};
    auto const what = source.make();
    auto const token = signs.sign(what);
    if (!token) {
        fuzz::require(token.error() == make_error_code(errc::buffer_too_small));
        return 0;
    }

    fuzz::require(token->size() <= max_token_size);
    auto const read = verifies.verify_signature(*token);
    if (has_all_that_is_demanded(what))
        fuzz::require(read.has_value() && is_same(read->claims(), what));
    else
        fuzz::require(!read && read.error() == make_error_code(errc::missing_claim));
    auto const input = token->substr(0, token->rfind('.'));
    fuzz::require(fuzz::sealed(input, ring.current()->signing_key().hmac.alg()) == *token);
    return 0;
}
