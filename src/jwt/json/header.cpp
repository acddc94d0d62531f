#include "jwt/json/header.hpp"

#include "jwt/json/json_scanner.hpp"
#include "jwt/json/json_writer.hpp"
#include <jwtgate/jwt/base64url.hpp>
#include <jwtgate/jwt/key_set.hpp>

#include <array>

namespace jwtgate::jwt {
namespace {

/// `b64`: a payload is encoded unless that is anything but true (RFC 7797 section 3).
struct encoding_member {
    bool is_encoded = true;

    bool read_from(json_scanner& scanner) noexcept
    {
        is_encoded = false;
        if (scanner.peek() != json_kind::boolean) return scanner.skip();
        auto const value = scanner.boolean();
        is_encoded = value.value_or(false);
        return value.has_value();
    }
};

}  // namespace

result<header> read_header(std::span<char> json) noexcept
{
    json_scanner scanner{json};
    json_text alg;
    json_text kid;
    json_text typ;
    json_text crit;
    encoding_member b64;
    auto const well_formed = scanner.document([&](json_name const& name) {
        switch (name.tag) {
            case name_tag("alg"):
                return alg.read_from(scanner);
            case name_tag("kid"):
                return kid.read_from(scanner);
            case name_tag("typ"):
                return typ.read_from(scanner);
            case name_tag("crit"):
                return crit.read_from(scanner);
            case name_tag("b64"):
                return b64.read_from(scanner);
            default:
                return scanner.skip();
        }
    });
    if (!well_formed) return scanner.refusal() == errc::too_many_values ? errc::bad_json : scanner.refusal();

    auto const known = alg.text ? algorithm_from_name(*alg.text) : std::nullopt;
    if (crit.present) return errc::critical_header;
    if (!b64.is_encoded) return errc::unencoded_payload;
    if (!known) return errc::wrong_algorithm;
    if (typ.present && typ.text != "JWT") return errc::wrong_type_header;
    if (kid.present && !kid.text) return errc::unknown_key;
    return header{*known, kid.text};
}

std::string encoded_header(algorithm alg, std::string_view key_id)
{
    constexpr std::size_t longest_escape = 6;
    std::array<char, 64 + max_key_id_size * longest_escape> json;
    json_writer writer{json};
    writer.raw(R"({"alg":)");
    writer.string(name(alg));
    writer.raw(R"(,"kid":)");
    writer.string(key_id);
    writer.raw(R"(,"typ":"JWT"})");

    std::string_view const bytes{json.data(), writer.size().value()};
    std::string text(base64url_encoded_size(bytes.size()), '\0');
    base64url_encode(bytes, text.data());
    return text;
}

}  // namespace jwtgate::jwt
