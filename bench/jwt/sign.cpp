#include "bench/jwt/access_tokens.hpp"
#include <jwtgate/jwt/signer.hpp>

#include <benchmark/benchmark.h>

#include <array>

namespace jwtgate::bench {
namespace {

void sign(benchmark::State& state)
{
    jwt::signer signer{make_keys()};
    carousel tokens{access_tokens()};
    std::array<char, jwt::max_token_size> out;
    jwt::result<std::size_t> size;
    for ([[maybe_unused]] auto _ : state) {
        size = signer.sign(tokens.next().claims, out);
        if (!size) state.SkipWithError("not signed");
        benchmark::ClobberMemory();
    }
    if (size && !is_accepted({out.data(), *size})) state.SkipWithError("signed wrongly");
}

BENCHMARK(sign)->Name("sign/hs256/access");

}  // namespace
}  // namespace jwtgate::bench
