#include <jwtgate/jwt/base64url.hpp>
#include <jwtgate/jwt/verifier.hpp>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

using namespace jwtgate::jwt;

namespace {

constexpr std::string_view secret = "an HMAC key of exactly 32 bytes.";
constexpr std::chrono::sys_seconds now{std::chrono::seconds{1'800'000'000}};

std::string encoded(std::string_view bytes)
{
    std::string text(base64url_encoded_size(bytes.size()), '\0');
    base64url_encode(bytes, text.data());
    return text;
}

/// Signs the input, whose first line is the header and whose rest is the payload.
std::string signed_token(std::string_view input)
{
    static auto key = hmac_key::make(algorithm::hs256, secret).value();
    auto const line = input.substr(0, input.find('\n'));
    auto const rest = input.substr(line.size() == input.size() ? line.size() : line.size() + 1);
    auto const text = encoded(line) + '.' + encoded(rest);
    auto const code = key.sign(text).value();
    return text + '.' + encoded(mac_bytes(code, algorithm::hs256));
}

}  // namespace

// The input as it is never counts; signed, it reaches the payload.
// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer gives the name
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static auto const keys =
        std::make_shared<key_set const>(*key_set::parse(make_key_set_json(algorithm::hs256, "k", secret)));
    static verifier one{keys, {}};
    std::string_view const input{reinterpret_cast<char const*>(data), size};
    if (one.verify(input, now)) std::abort();

    auto const token = one.verify(signed_token(input), now);
    if (!token) return 0;
    auto copy = *token;
    copy = *token;
    if (copy.claims().subject.empty() || copy.claims().subject != token->claims().subject) std::abort();
    return 0;
}
