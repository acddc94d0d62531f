#include "jwtgate/jwt/key_set.hpp"

#include "jwt/json/json_writer.hpp"
#include "jwt/json/jwk_set.hpp"
#include <jwtgate/jwt/base64url.hpp>

#include <boost/system/system_error.hpp>

#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <utility>

namespace jwtgate::jwt {
namespace {

/// Bytes that are overwritten when they go.
struct secret_bytes {
    std::string bytes;

    explicit secret_bytes(std::string value) noexcept : bytes{std::move(value)} {}

    secret_bytes(secret_bytes const&) = delete;
    secret_bytes& operator=(secret_bytes const&) = delete;

    ~secret_bytes() { OPENSSL_cleanse(bytes.data(), bytes.size()); }
};

/// The text as one line between quotes.
std::string quoted(std::string_view text)
{
    std::array<char, 2 + max_key_id_size * 6> line;
    json_writer writer{line};
    writer.string(text);
    return {line.data(), writer.size().value()};
}

key_set_error refuse(errc code, std::string detail)
{
    return {code, std::move(detail)};
}

template <class T>
using checked = boost::system::result<T, key_set_error>;

checked<hmac_key> make_hmac_key(std::string const& who, algorithm alg, std::string_view encoded)
{
    secret_bytes secret{std::string(base64url_decoded_size(encoded.size()), '\0')};
    auto const size = base64url_decode(encoded, secret.bytes.data());
    if (!size) return refuse(errc::bad_base64url, who + ": k is not strict base64url");

    auto hmac = hmac_key::make(alg, {secret.bytes.data(), *size});
    if (hmac) return std::move(*hmac);
    if (hmac.error() != errc::key_too_short)
        return refuse(errc::crypto_failure, who + ": OpenSSL refused it");
    return refuse(
        errc::key_too_short,
        who + ": k has " + std::to_string(*size) + " bytes, " + std::string{name(alg)} + " needs " +
            std::to_string(mac_size(alg))
    );
}

checked<key> make_key(jwk const& from, std::size_t position)
{
    auto const id = from.kid.text.value_or("");
    if (id.empty() || id.size() > max_key_id_size)
        return refuse(
            errc::bad_key_set, "key " + std::to_string(position) + ": kid is not a string of 1 to 128 bytes"
        );

    auto const who = "key " + quoted(id);
    auto const alg = from.alg.text ? algorithm_from_name(*from.alg.text) : std::nullopt;
    if (from.kty.text != "oct") return refuse(errc::bad_key_set, who + ": kty is not oct");
    if (from.use.present && from.use.text != "sig")
        return refuse(errc::bad_key_set, who + ": use is not sig");
    if (!from.verifies) return refuse(errc::bad_key_set, who + ": key_ops does not hold verify");
    if (!from.signs && position == 1)
        return refuse(errc::bad_key_set, who + ": it comes first, but key_ops does not hold sign");
    if (!alg) return refuse(errc::bad_key_set, who + ": alg is not HS256, HS384 or HS512");
    if (!from.k.text) return refuse(errc::bad_key_set, who + ": k is not a string");

    auto hmac = make_hmac_key(who, *alg, *from.k.text);
    if (!hmac) return hmac.error();
    return key{std::string{id}, std::move(*hmac)};
}

}  // namespace

void throw_exception_from_error(key_set_error const& error, boost::source_location const& /*place*/)
{
    throw boost::system::system_error{error.code, error.detail};
}

boost::system::result<key_set, key_set_error> key_set::parse(std::string_view json)
{
    secret_bytes text{std::string{json}};
    auto const found = read_jwk_set(text.bytes);
    if (!found) {
        auto const code = static_cast<errc>(found.error().value());
        return refuse(
            code, code == errc::bad_key_set ? "keys is not a list of keys" : found.error().message()
        );
    }

    key_set set{{}};
    for (auto const& from : *found) {
        auto made = make_key(from, set.keys_.size() + 1);
        if (!made) return made.error();
        if (set.find(made->id) != nullptr)
            return refuse(errc::duplicate_key_id, "key " + quoted(made->id) + ": its kid occurs twice");
        set.keys_.push_back(std::move(*made));
    }
    return set;
}

key const* key_set::find(std::string_view id) const noexcept
{
    auto const found = std::ranges::find(keys_, id, &key::id);
    return found == keys_.end() ? nullptr : &*found;
}

std::string make_key_set_json(algorithm alg, std::string_view id, std::string_view secret)
{
    secret_bytes k{std::string(base64url_encoded_size(secret.size()), '\0')};
    base64url_encode(secret, k.bytes.data());

    auto const start =
        R"({"keys":[{"kty":"oct","use":"sig","alg":")" + std::string{name(alg)} + R"(","kid":)" + quoted(id);
    std::string json;
    json.reserve(start.size() + k.bytes.size() + 16);
    return json.append(start).append(R"(,"k":")").append(k.bytes).append("\"}]}\n");
}

}  // namespace jwtgate::jwt
