#include "bench/revocation/ten_million.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <string>
#include <vector>

namespace jwtgate::bench {
namespace {

using auth::revocation_index;

/// Whether tokens of living sessions are refused: of so many that those parts of a large index which they
/// need are never in the processor's caches.
template <class BetweenTwo>
void look_up(benchmark::State& state, revocation_index const& index, BetweenTwo between_two)
{
    constexpr std::size_t count = std::size_t{1} << 20U;
    std::string texts;
    session_ids ids(2);
    for (std::size_t i = 0; i < count; ++i) texts += ids.next();
    auto const size = texts.size() / count;

    jwt::claims said;
    said.subject = "ann";
    said.issued_at = 1'700'000'000;
    std::size_t at = 0;
    for ([[maybe_unused]] auto _ : state) {
        said.session = {&texts[size * at], size};
        at = (at + 1) % count;
        if (index.refuses(said)) state.SkipWithError("a living session is refused");
        between_two();
    }
}

void look_up_in_empty(benchmark::State& state)
{
    revocation_index const empty;
    look_up(state, empty, [] {});
}

void look_up_among_10m(benchmark::State& state)
{
    look_up(state, ten_million().index, [] {});
    state.counters["bytes"] = ten_million().bytes_each;
}

/// Each is begun only when the one before has ended.
void wait_for_each_among_10m(benchmark::State& state)
{
    look_up(state, ten_million().index, [] { asm volatile("lfence" ::: "memory"); });
}

void end_one_more(benchmark::State& state)
{
    static session_ids ids(3);
    auto& index = ten_million().index;
    for ([[maybe_unused]] auto _ : state) index.end(ids.next());
    state.counters["longest"] = static_cast<double>(ten_million().longest.count());
}

/// Memory is slow or fast with what other machines on this one's processor do: the least of several times is
/// the one that they have disturbed least.
double least(std::vector<double> const& times)
{
    return *std::ranges::min_element(times);
}

constexpr int ends = 100'000;  // so few that ten million are not many more in the end

BENCHMARK(look_up_in_empty)->Name("revocation/lookup/empty")->ComputeStatistics("least", least);
BENCHMARK(look_up_among_10m)->Name("revocation/lookup/10m")->ComputeStatistics("least", least);
BENCHMARK(wait_for_each_among_10m)->Name("revocation/lookup/10m/waiting")->ComputeStatistics("least", least);
BENCHMARK(end_one_more)->Name("revocation/end/10m")->Iterations(ends)->ComputeStatistics("least", least);

}  // namespace
}  // namespace jwtgate::bench

BENCHMARK_MAIN();
