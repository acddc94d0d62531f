#include "bench/jwt/access_tokens.hpp"

#include <jwtgate/jwt/base64url.hpp>
#include <jwtgate/jwt/signer.hpp>
#include <jwtgate/jwt/verifier.hpp>

#include <algorithm>
#include <array>
#include <random>
#include <vector>

namespace jwtgate::bench {
namespace {

constexpr std::size_t logins = 64;
constexpr std::chrono::seconds age{60};

/// The texts that the claims are views of.
struct login {
    std::string subject;
    std::string id;
    std::string csrf;
    std::string session;
};

std::string random_id(std::mt19937& random)
{
    std::array<char, 16> bytes;
    std::ranges::generate(bytes, [&] { return static_cast<char>(random() & 0x7f); });
    std::string text(jwt::base64url_encoded_size(bytes.size()), '\0');
    jwt::base64url_encode({bytes.data(), bytes.size()}, text.data());
    return text;
}

std::vector<login> make_logins()
{
    std::mt19937 random;  // NOLINT(cert-msc51-cpp,cert-msc32-c): the same texts in every run
    std::vector<login> made;
    for (std::size_t i = 0; i < logins; ++i)
        made.push_back(
            {"de" + std::to_string(10 + i), random_id(random), random_id(random), random_id(random)}
        );
    return made;
}

jwt::claims claims_of(login const& who)
{
    auto const issued = (now() - age).time_since_epoch().count();
    return {
        .fresh = true,
        .issued_at = issued,
        .id = who.id,
        .type = "access",
        .subject = who.subject,
        .not_before = issued,
        .csrf = who.csrf,
        .audience = {},
        .issuer = {},
        .expires_at = issued + 3600,
        .session = who.session,
        .roles = jwt::string_list{"admin"},
        .refreshable_until = issued + 86400,
        .counter = {},
    };
}

std::vector<access_token> make_tokens(std::vector<login> const& from)
{
    jwt::signer signer{make_keys()};
    std::vector<access_token> made;
    for (auto const& who : from) {
        auto const claims = claims_of(who);
        made.push_back({claims, signer.sign(claims).value()});
    }
    return made;
}

}  // namespace

std::shared_ptr<jwt::key_set const> make_keys()
{
    auto const json = jwt::make_key_set_json(jwt::algorithm::hs256, "mI9pVbW3kQ7tXz2a", secret);
    return std::make_shared<jwt::key_set const>(*jwt::key_set::parse(json));
}

std::chrono::sys_seconds now()
{
    static auto const start = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return start;
}

std::span<access_token const> access_tokens()
{
    static auto const from = make_logins();
    static auto const made = make_tokens(from);
    return made;
}

bool is_accepted(std::string_view token)
{
    return jwt::verifier{make_keys(), {}}.verify(token, now()).has_value();
}

}  // namespace jwtgate::bench
