#include "bench/jwt/access_tokens.hpp"

#include <benchmark/benchmark.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <array>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>

namespace jwtgate::bench {
namespace {

struct free_openssl {
    void operator()(EVP_MAC* method) const noexcept { EVP_MAC_free(method); }

    void operator()(EVP_MAC_CTX* context) const noexcept { EVP_MAC_CTX_free(context); }
};

using mac_context = std::unique_ptr<EVP_MAC_CTX, free_openssl>;

unsigned char const* octets(std::string_view text) noexcept
{
    return reinterpret_cast<unsigned char const*>(text.data());
}

mac_context make_context()
{
    std::string digest = "SHA256";
    std::array const parameters{
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
        OSSL_PARAM_construct_end()};
    std::unique_ptr<EVP_MAC, free_openssl> const method{EVP_MAC_fetch(nullptr, "HMAC", nullptr)};
    mac_context context{EVP_MAC_CTX_new(method.get())};
    if (EVP_MAC_init(context.get(), octets(secret), secret.size(), parameters.data()) != 1)
        throw std::runtime_error{"EVP_MAC_init"};
    return context;
}

/// The floor: what OpenSSL itself takes for the MAC of the same tokens' signing inputs, its context kept.
void raw_hmac(benchmark::State& state)
{
    carousel tokens{access_tokens()};
    auto const signed_size = access_tokens().front().text.rfind('.');
    auto const context = make_context();
    std::array<unsigned char, 32> code;
    std::size_t written = 0;
    for ([[maybe_unused]] auto _ : state) {
        EVP_MAC_init(context.get(), nullptr, 0, nullptr);
        EVP_MAC_update(context.get(), octets(tokens.next().text), signed_size);
        EVP_MAC_final(context.get(), code.data(), &written, code.size());
        benchmark::DoNotOptimize(code);
    }
}

BENCHMARK(raw_hmac)->Name("hmac/restart/access");

}  // namespace
}  // namespace jwtgate::bench
