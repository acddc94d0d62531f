#include "bench/jwt/access_tokens.hpp"
#include <jwtgate/jwt/hmac.hpp>

#include <benchmark/benchmark.h>

#include <iostream>
#include <string_view>

namespace {

using namespace jwtgate;

/// What programs in other languages measure themselves with: the secret, then the tokens, a line each.
int print_tokens()
{
    std::cout << bench::secret << '\n';
    for (auto const& token : bench::access_tokens()) std::cout << token.text << '\n';
    return 0;
}

}  // namespace

/// The benchmarks of bench/jwt and bench/peers, with Google Benchmark's options; or --tokens.
int main(int argc, char** argv)
{
    if (!jwt::hmac_self_test()) {
        std::cerr << "OpenSSL computes wrong MACs\n";
        return 1;
    }
    if (argc == 2 && std::string_view{argv[1]} == "--tokens") return print_tokens();

    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
