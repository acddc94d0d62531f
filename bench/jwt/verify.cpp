#include "bench/jwt/access_tokens.hpp"
#include <jwtgate/jwt/verifier.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <string>
#include <vector>

namespace jwtgate::bench {
namespace {

std::string as_signed(std::string const& token)
{
    return token;
}

std::string with_bad_signature(std::string const& token)
{
    auto changed = token;
    auto& first = changed[changed.rfind('.') + 1];
    first = first == 'A' ? 'B' : 'A';
    return changed;
}

std::string garbage(std::string const& token)
{
    return std::string(token.size(), 'x');
}

boost::system::error_code outcome_of(jwt::result<jwt::verified> const& verified)
{
    return verified ? boost::system::error_code{} : verified.error();
}

/// Verifies tokens that are changed so; they are refused with `expected`, or accepted when that is none.
void verify(
    benchmark::State& state, std::string (*change)(std::string const&), boost::system::error_code expected
)
{
    std::vector<std::string> texts;
    for (auto const& token : access_tokens()) texts.push_back(change(token.text));
    carousel<std::string> tokens{texts};
    jwt::verifier verifier{make_keys(), {}};
    auto const at = now();
    for (auto const& text : texts)
        if (outcome_of(verifier.verify(text, at)) != expected) state.SkipWithError("unexpected");
    for ([[maybe_unused]] auto _ : state) {
        auto const verified = verifier.verify(tokens.next(), at);
        if (verified.has_error() != expected.failed()) state.SkipWithError("unexpected");
        benchmark::DoNotOptimize(&verified);
    }
}

BENCHMARK_CAPTURE(verify, good, as_signed, {})->Name("verify/hs256/access");
BENCHMARK_CAPTURE(verify, bad, with_bad_signature, jwt::errc::bad_signature)
    ->Name("verify/hs256/bad_signature");
BENCHMARK_CAPTURE(verify, garbage, garbage, jwt::errc::malformed)->Name("verify/garbage");

double least(std::vector<double> const& times)
{
    return *std::ranges::min_element(times);
}

// Each thread has a verifier of its own; the time is that of all threads for one token. The least of several
// times is the one that other programs on the machine have disturbed least.
BENCHMARK_CAPTURE(verify, threads, as_signed, {})
    ->Name("verify/hs256/access")
    ->ComputeStatistics("least", least)
    ->UseRealTime()
    ->Threads(1)
    ->Threads(2);

}  // namespace
}  // namespace jwtgate::bench
