#include "bench/jwt/access_tokens.hpp"

#include <benchmark/benchmark.h>
#include <jwt/jwt.hpp>

#include <string>
#include <system_error>
#include <vector>

namespace jwtgate::bench {
namespace {

namespace params = ::jwt::params;

auto const allowed = params::algorithms({"HS256"});

/// It looks at exp and nbf by itself; of iat it looks at the type.
::jwt::jwt_object decode(std::string const& token, std::error_code& refusal)
{
    return ::jwt::decode(token, allowed, refusal, params::secret(secret), params::validate_iat(true));
}

void verify(benchmark::State& state)
{
    carousel tokens{access_tokens()};
    std::error_code refusal;
    for ([[maybe_unused]] auto _ : state) {
        auto const verified = decode(tokens.next().text, refusal);
        if (refusal) state.SkipWithError(refusal.message().c_str());
        benchmark::DoNotOptimize(&verified);
    }
}

/// Of objects that hold the claims and the key already.
void sign(benchmark::State& state)
{
    std::error_code refusal;
    std::vector<::jwt::jwt_object> objects;
    for (auto const& token : access_tokens()) {
        objects.push_back(decode(token.text, refusal));
        objects.back().secret(secret);
    }
    carousel<::jwt::jwt_object> claims{objects};
    std::string token;
    for ([[maybe_unused]] auto _ : state) token = claims.next().signature(refusal);
    if (refusal || !is_accepted(token)) state.SkipWithError("signed wrongly");
}

BENCHMARK(verify)->Name("peer/cpp-jwt/verify");
BENCHMARK(sign)->Name("peer/cpp-jwt/sign");

}  // namespace
}  // namespace jwtgate::bench
