#include "bench/jwt/access_tokens.hpp"

#include <benchmark/benchmark.h>
#include <jwt.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

namespace jwtgate::bench {
namespace {

struct free_jwt {
    void operator()(jwt_t* object) const noexcept { jwt_free(object); }
};

struct free_text {
    void operator()(char* text) const noexcept { std::free(text); }
};

using object = std::unique_ptr<jwt_t, free_jwt>;

unsigned char const* key() noexcept
{
    return reinterpret_cast<unsigned char const*>(secret.data());
}

/// Null when the signature is not good.
object decode(std::string const& token)
{
    jwt_t* decoded = nullptr;
    jwt_decode(&decoded, token.c_str(), key(), secret.size());
    return object{decoded};
}

/// What libjwt 1.10 leaves to its caller.
bool is_in_force(jwt_t* token, long at)
{
    return jwt_get_alg(token) == JWT_ALG_HS256 && at < jwt_get_grant_int(token, "exp") &&
           jwt_get_grant_int(token, "nbf") <= at && jwt_get_grant_int(token, "iat") <= at;
}

/// It keeps nothing between two calls.
void verify(benchmark::State& state)
{
    carousel tokens{access_tokens()};
    auto const at = now().time_since_epoch().count();
    for ([[maybe_unused]] auto _ : state) {
        auto const verified = decode(tokens.next().text);
        if (!verified || !is_in_force(verified.get(), at)) state.SkipWithError("not verified");
    }
}

/// Of objects that hold the claims and the key already.
void sign(benchmark::State& state)
{
    std::vector<object> objects;
    for (auto const& token : access_tokens()) {
        objects.push_back(decode(token.text));
        jwt_set_alg(objects.back().get(), JWT_ALG_HS256, key(), secret.size());
    }
    carousel<object> claims{objects};
    std::unique_ptr<char, free_text> token;
    for ([[maybe_unused]] auto _ : state) token.reset(jwt_encode_str(claims.next().get()));
    if (!token || !is_accepted(token.get())) state.SkipWithError("signed wrongly");
}

BENCHMARK(verify)->Name("peer/libjwt/verify");
BENCHMARK(sign)->Name("peer/libjwt/sign");

}  // namespace
}  // namespace jwtgate::bench
