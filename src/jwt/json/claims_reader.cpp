#include "jwt/json/claims_json.hpp"
#include "jwt/json/json_scanner.hpp"
#include "jwt/json/plain_number.hpp"
#include "jwt/json/written_claims.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace jwtgate::jwt {
namespace {

bool is_complete(claims const& what) noexcept
{
    return !what.subject.empty() && what.expires_at && what.issued_at && !what.id.empty() &&
           !what.type.empty() && !what.session.empty();
}

class claims_reader {
public:
    claims_reader(std::span<char> payload, claims& out) noexcept : scanner_{payload}, out_{out} {}

    result<void> read() noexcept
    {
        if (!scanner_.document([this](json_name const& name) { return member(name); }))
            return scanner_.refusal();
        if (complaint_) return *complaint_;
        if (!is_complete(out_)) return errc::missing_claim;
        return {};
    }

private:
    bool member(json_name const& name) noexcept
    {
        switch (name.tag) {
            case name_tag("fresh"):
                return boolean(out_.fresh);
            case name_tag("iat"):
                return number(out_.issued_at);
            case name_tag("jti"):
                return text(out_.id);
            case name_tag("type"):
                return text(out_.type);
            case name_tag("sub"):
                return text(out_.subject);
            case name_tag("nbf"):
                return number(out_.not_before);
            case name_tag("csrf"):
                return text(out_.csrf);
            case name_tag("aud"):
                return audience();
            case name_tag("iss"):
                return text(out_.issuer);
            case name_tag("exp"):
                return number(out_.expires_at);
            case name_tag("sid"):
                return text(out_.session);
            case name_tag("roles"):
                return list(out_.roles.emplace());
            case name_tag("sxp"):
                return number(out_.refreshable_until);
            case name_tag("ctr"):
                return number(out_.counter);
            default:
                return scanner_.skip();
        }
    }

    /// The claims are refused for this unless the rest is not even JSON.
    bool complain(errc why) noexcept
    {
        if (!complaint_) complaint_ = why;
        return true;
    }

    bool skip_wrong_type() noexcept { return complain(errc::wrong_claim_type) && scanner_.skip(); }

    bool boolean(std::optional<bool>& field) noexcept
    {
        if (scanner_.peek() != json_kind::boolean) return skip_wrong_type();
        field = scanner_.boolean();
        return field.has_value();
    }

    bool number(std::optional<std::int64_t>& field) noexcept
    {
        if (scanner_.peek() != json_kind::number) return skip_wrong_type();
        auto const written = scanner_.number();
        if (!written) return false;
        field = plain_number(*written);
        return field || complain(errc::number_out_of_range);
    }

    bool text(std::string_view& field) noexcept
    {
        if (scanner_.peek() != json_kind::string) return skip_wrong_type();
        auto const value = scanner_.string();
        if (!value) return false;
        field = *value;
        return !field.empty() || complain(errc::wrong_claim_type);
    }

    bool list(string_list& field) noexcept
    {
        if (scanner_.peek() != json_kind::array) return skip_wrong_type();
        return scanner_.array([&] { return element(field); });
    }

    bool element(string_list& field) noexcept
    {
        std::string_view value;
        if (!text(value)) return false;
        return field.push_back(value) || complain(errc::too_many_values);
    }

    /// RFC 7519 section 4.1.3: one string, or an array of them.
    bool audience() noexcept
    {
        if (scanner_.peek() == json_kind::string) return element(out_.audience);
        if (!list(out_.audience)) return false;
        return !out_.audience.empty() || complain(errc::wrong_claim_type);
    }

    json_scanner scanner_;
    claims& out_;
    std::optional<errc> complaint_;
};

}  // namespace

result<void> read_any_claims(std::span<char> payload, claims& out) noexcept
{
    return claims_reader{payload, out}.read();
}

result<void> read_claims(std::span<char> payload, claims& out) noexcept
{
    if (!read_written_claims({payload.data(), payload.size()}, out)) {
        out = {};
        return read_any_claims(payload, out);
    }
    if (!is_complete(out)) return errc::missing_claim;
    return {};
}

}  // namespace jwtgate::jwt
