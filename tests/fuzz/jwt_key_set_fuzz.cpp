#include "fuzz/support/jwt.hpp"
#include <jwtgate/jwt/key_set.hpp>

#include <boost/json.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace jwtgate::jwt;

namespace {

namespace json = boost::json;

/// The key is the one that the text describes: its `k`, strictly decoded, gives the same MAC.
void check_key(key const& made, json::object const& said)
{
    fuzz::require(!made.id.empty() && made.id.size() <= max_key_id_size);
    fuzz::require(std::string_view{said.at("kid").as_string()} == made.id);
    fuzz::require(said.at("kty").as_string() == "oct");
    fuzz::require(std::string_view{said.at("alg").as_string()} == name(made.hmac.alg()));
    fuzz::require(!said.contains("use") || said.at("use").as_string() == "sig");

    auto const secret = fuzz::decoded(said.at("k").as_string());
    fuzz::require(secret && secret->size() >= mac_size(made.hmac.alg()));
    auto expected = hmac_key::make(made.hmac.alg(), *secret).value();
    auto actual = made.hmac;
    fuzz::require(expected.sign("text").value() == actual.sign("text").value());
}

void check_parsing(std::string_view text)
{
    auto const set = key_set::parse(text);
    if (!set)
        return fuzz::require(
            !set.error().detail.empty() && set.error().detail.find('\n') == std::string::npos
        );

    json::error_code failure;
    auto const value = json::parse(json::string_view{text.data(), text.size()}, failure);
    if (failure == json::error::exponent_overflow) return;
    fuzz::require(!failure);
    auto const& entries = value.at("keys").as_array();
    auto const& keys = set->keys();
    fuzz::require(!keys.empty() && keys.size() == entries.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        check_key(keys[i], entries[i].as_object());
        fuzz::require(set->find(keys[i].id) == &keys[i]);
    }
}

/// What is written for a first start is read again, whatever the id.
void check_writing(std::string_view id)
{
    auto const set = key_set::parse(make_key_set_json(algorithm::hs512, id, fuzz::secret));
    fuzz::require(set.has_value() && set->signing_key().id == id);
}

bool is_utf8(std::string text)
{
    for (auto& c : text)
        if ((c >= 0 && c < ' ') || c == '"' || c == '\\') c = 'x';
    json::error_code failure;
    json::parse('"' + text + '"', failure);
    return !failure;
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer gives the name
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string_view const input{reinterpret_cast<char const*>(data), size};
    check_parsing(input);
    if (!input.empty() && input.size() <= max_key_id_size && is_utf8(std::string{input}))
        check_writing(input);
    return 0;
}
