#include <jwtgate/jwt/base64url.hpp>
#include <jwtgate/jwt/key_set.hpp>
#include <jwtgate/jwt/signer.hpp>
#include <jwtgate/jwt/verifier.hpp>

#include <benchmark/benchmark.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

using namespace jwtgate;

constexpr std::int64_t issued = 1'800'000'000;
constexpr std::chrono::sys_seconds now{std::chrono::seconds{issued + 60}};
constexpr std::string_view secret = "0123456789abcdef0123456789abcdef";

std::shared_ptr<jwt::key_set const> make_keys()
{
    auto const json = jwt::make_key_set_json(jwt::algorithm::hs256, "mI9pVbW3kQ7tXz2a", secret);
    return std::make_shared<jwt::key_set const>(*jwt::key_set::parse(json));
}

/// The claims of an access token as a login makes it.
jwt::claims access_claims()
{
    return {
        .fresh = true,
        .issued_at = issued,
        .id = "q4xMkT0b5mVfJw2uYc8rNg",
        .type = "access",
        .subject = "demo",
        .not_before = issued,
        .csrf = "h1Zt6sQ9pLrE3kXoVn7aBw",
        .audience = {},
        .issuer = {},
        .expires_at = issued + 3600,
        .session = "Jd8fKq2mTz5yRw0xGb6cHs",
        .roles = jwt::string_list{"admin"},
        .refreshable_until = issued + 86400,
        .counter = {},
    };
}

std::string access_token()
{
    return jwt::signer{make_keys()}.sign(access_claims()).value();
}

void decode(benchmark::State& state)
{
    std::string const bytes(jwt::base64url_decoded_size(330), '\x5a');
    std::string text(330, '\0');
    jwt::base64url_encode(bytes, text.data());
    std::string out(bytes.size(), '\0');
    for ([[maybe_unused]] auto _ : state) {
        benchmark::DoNotOptimize(text.data());
        benchmark::DoNotOptimize(jwt::base64url_decode(text, out.data()));
        benchmark::ClobberMemory();
    }
}

void encode(benchmark::State& state)
{
    std::string const bytes(248, '\x5a');
    std::string out(jwt::base64url_encoded_size(bytes.size()), '\0');
    for ([[maybe_unused]] auto _ : state) {
        benchmark::DoNotOptimize(bytes.data());
        benchmark::DoNotOptimize(jwt::base64url_encode(bytes, out.data()));
        benchmark::ClobberMemory();
    }
}

/// The floor: what OpenSSL itself takes for the MAC of the same token's signing input.
void raw_hmac(benchmark::State& state)
{
    auto const token = access_token();
    auto const length = token.rfind('.');
    auto const* const input = reinterpret_cast<unsigned char const*>(token.data());
    std::string digest = "SHA256";
    std::array const parameters{
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
        OSSL_PARAM_construct_end()};
    auto* const method = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    auto* const context = EVP_MAC_CTX_new(method);
    auto const* const key = reinterpret_cast<unsigned char const*>(secret.data());
    if (EVP_MAC_init(context, key, secret.size(), parameters.data()) != 1)
        throw std::runtime_error{"EVP_MAC_init"};

    std::array<unsigned char, 32> code;
    std::size_t written = 0;
    for ([[maybe_unused]] auto _ : state) {
        EVP_MAC_init(context, nullptr, 0, nullptr);
        EVP_MAC_update(context, input, length);
        EVP_MAC_final(context, code.data(), &written, code.size());
        benchmark::DoNotOptimize(code);
    }
    EVP_MAC_CTX_free(context);
    EVP_MAC_free(method);
}

void sign(benchmark::State& state)
{
    jwt::signer signer{make_keys()};
    auto const claims = access_claims();
    std::array<char, jwt::max_token_size> out;
    for ([[maybe_unused]] auto _ : state) {
        benchmark::DoNotOptimize(&claims);
        auto const size = signer.sign(claims, out);
        if (!size) state.SkipWithError("not signed");
        benchmark::ClobberMemory();
    }
}

std::string with_bad_signature()
{
    auto token = access_token();
    auto& first = token[token.rfind('.') + 1];
    first = first == 'A' ? 'B' : 'A';
    return token;
}

std::string garbage()
{
    return std::string(access_token().size(), 'x');
}

/// Verifies one text again and again; it is refused with `expected`, or accepted when that is none.
void verify(benchmark::State& state, std::string (*make_token)(), boost::system::error_code expected)
{
    auto const token = make_token();
    jwt::verifier verifier{make_keys(), {}};
    for ([[maybe_unused]] auto _ : state) {
        benchmark::DoNotOptimize(token.data());
        auto const verified = verifier.verify(token, now);
        if ((verified ? boost::system::error_code{} : verified.error()) != expected)
            state.SkipWithError("unexpected");
        benchmark::DoNotOptimize(&verified);
    }
}

BENCHMARK(decode)->Name("base64url/decode/330");
BENCHMARK(encode)->Name("base64url/encode/248");
BENCHMARK(raw_hmac)->Name("hmac/restart/access");
BENCHMARK(sign)->Name("sign/hs256/access");
BENCHMARK_CAPTURE(verify, good, access_token, {})->Name("verify/hs256/access");
BENCHMARK_CAPTURE(verify, bad, with_bad_signature, jwt::errc::bad_signature)
    ->Name("verify/hs256/bad_signature");
BENCHMARK_CAPTURE(verify, garbage, garbage, jwt::errc::malformed)->Name("verify/garbage");

}  // namespace

int main(int argc, char** argv)
{
    benchmark::Initialize(&argc, argv);
    if (!jwt::hmac_self_test()) {
        std::cerr << "OpenSSL computes wrong MACs\n";
        return 1;
    }
    std::cerr << "access token: " << access_token().size() << " bytes\n";
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
