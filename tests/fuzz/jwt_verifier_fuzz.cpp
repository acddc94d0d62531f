#include "fuzz/support/jwt.hpp"
#include <jwtgate/jwt/key_set.hpp>
#include <jwtgate/jwt/verifier.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

using namespace jwtgate::jwt;

namespace {

constexpr std::chrono::sys_seconds now{std::chrono::seconds{1'800'000'000}};

verifier make_verifier()
{
    auto const keys = key_set::parse(make_key_set_json(algorithm::hs256, "k", fuzz::secret)).value();
    return {std::make_shared<key_set const>(keys), {}};
}

bool accepts(std::string_view token)
{
    static verifier one = make_verifier();
    auto const answer = one.verify(token, now);
    if (!answer) return false;
    auto copy = *answer;
    copy = *answer;
    fuzz::require(!copy.claims().subject.empty() && copy.claims().subject == answer->claims().subject);
    return true;
}

/// A first line is the header, what follows the payload.
std::string signed_token(std::string_view input)
{
    auto const line = input.substr(0, input.find('\n'));
    auto const rest = input.substr(line.size() == input.size() ? line.size() : line.size() + 1);
    return fuzz::sealed(fuzz::encoded(line) + '.' + fuzz::encoded(rest), algorithm::hs256);
}

/// What its header and payload say is all that an accepted text depends on: two of them differ there.
void check_only_spelling(std::string const& token)
{
    auto const first = token.find('.');
    auto const last = token.rfind('.');
    auto const header = fuzz::decoded(std::string_view{token}.substr(0, first));
    auto const payload = fuzz::decoded(std::string_view{token}.substr(first + 1, last - first - 1));
    fuzz::require(header && payload);
    auto const text = fuzz::encoded(*header) + '.' + fuzz::encoded(*payload);
    fuzz::require(fuzz::sealed(text, algorithm::hs256) == token);
}

void check_changed(std::string const& token, std::size_t at, unsigned char change)
{
    auto const place = at % token.size();
    auto changed = token;
    for (int bit = 0; bit < 8; ++bit) {
        changed[place] = static_cast<char>(token[place] ^ 1 << bit);
        fuzz::require(!accepts(changed));
    }
    changed[place] = static_cast<char>(token[place] ^ change);
    fuzz::require(accepts(changed) == (change == 0));
    fuzz::require(!accepts(token.substr(0, place)) && !accepts(token.substr(place + 1)));
    fuzz::require(!accepts(std::string{token}.insert(place, 1, static_cast<char>(change))));
    fuzz::require(!accepts(token + static_cast<char>(change)));
}

}  // namespace

// Three bytes say where and how to change the token; the rest, as it is, is never accepted, and signed it is
// often enough.
// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer gives the name
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size < 3) return 0;
    std::string_view const input{reinterpret_cast<char const*>(data + 3), size - 3};
    fuzz::require(!accepts(input));
    auto const token = signed_token(input);
    if (!accepts(token)) return 0;
    check_only_spelling(token);
    check_changed(token, std::size_t{data[0]} << 8 | data[1], data[2]);
    return 0;
}
