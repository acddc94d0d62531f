#include <benchmark/benchmark.h>

#include <cstdint>

namespace jwtgate::bench {
namespace {

constexpr int additions = 1000;

/// Each of them waits for the one before.
void add_in_sequence()
{
    std::uint64_t sum = 0;
    std::uint64_t step = 1;
    benchmark::DoNotOptimize(step);
#pragma GCC unroll 20
    for (int i = 0; i < additions; ++i) {
        sum += step;
        asm volatile("" : "+r"(sum));
    }
}

/// One cycle of the processor, since an addition takes one: other times divided by this one are cycles.
void cycle(benchmark::State& state)
{
    while (state.KeepRunningBatch(additions)) add_in_sequence();
}

BENCHMARK(cycle)->Name("cpu/cycle");

}  // namespace
}  // namespace jwtgate::bench
