#include "jwt/base64url/kernels.hpp"
#include <jwtgate/jwt/base64url.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>

namespace jwtgate::bench {
namespace {

std::string random_bytes(std::size_t size)
{
    std::mt19937 random;  // NOLINT(cert-msc51-cpp,cert-msc32-c): the same bytes in every run
    std::string bytes(size, '\0');
    for (auto& byte : bytes) byte = static_cast<char>(random() & 0x7f);
    return bytes;
}

/// `encode` is one implementation of base64url_encode, for `size` bytes.
template <class Encode>
void encode(benchmark::State& state, std::size_t size, Encode encode)
{
    auto const bytes = random_bytes(size);
    std::string out(jwt::base64url_encoded_size(size), '\0');
    for ([[maybe_unused]] auto _ : state) {
        benchmark::DoNotOptimize(bytes.data());
        encode(bytes, out.data());
        benchmark::ClobberMemory();
    }
}

/// `decode` is one implementation of base64url_decode, for `size` characters.
template <class Decode>
void decode(benchmark::State& state, std::size_t size, Decode decode)
{
    auto const bytes = random_bytes(jwt::base64url_decoded_size(size));
    std::string text(size, '\0');
    jwt::base64url_encode(bytes, text.data());
    std::string out(bytes.size(), '\0');
    for ([[maybe_unused]] auto _ : state) {
        benchmark::DoNotOptimize(text.data());
        if (!decode(text, out.data())) state.SkipWithError("not decoded");
        benchmark::ClobberMemory();
    }
}

/// One implementation by itself, where the processor has what it needs.
template <class Run>
void kernel(benchmark::State& state, std::string_view name, Run run)
{
    auto const all = jwt::base64url::kernels();
    auto const found = std::ranges::find(all, name, &jwt::base64url::kernel::name);
    if (found == all.end()) return state.SkipWithError("this processor does not run it");
    run(state, **found);
}

void encode_512(benchmark::State& state, jwt::base64url::kernel const& with)
{
    encode(state, 512, with.encode);
}

void decode_512(benchmark::State& state, jwt::base64url::kernel const& with)
{
    decode(state, 512, with.decode);
}

BENCHMARK_CAPTURE(decode, any, 330, jwt::base64url_decode)->Name("base64url/decode/330");
BENCHMARK_CAPTURE(decode, any, 512, jwt::base64url_decode)->Name("base64url/decode/512");
BENCHMARK_CAPTURE(encode, any, 248, jwt::base64url_encode)->Name("base64url/encode/248");
BENCHMARK_CAPTURE(encode, any, 512, jwt::base64url_encode)->Name("base64url/encode/512");
BENCHMARK_CAPTURE(kernel, decode_scalar, "scalar", decode_512)->Name("base64url/decode/512/scalar");
BENCHMARK_CAPTURE(kernel, encode_scalar, "scalar", encode_512)->Name("base64url/encode/512/scalar");
BENCHMARK_CAPTURE(kernel, decode_avx2, "avx2", decode_512)->Name("base64url/decode/512/avx2");
BENCHMARK_CAPTURE(kernel, encode_avx2, "avx2", encode_512)->Name("base64url/encode/512/avx2");

}  // namespace
}  // namespace jwtgate::bench
