#include "jwt/json/claims_json.hpp"

#include "jwt/json/json_scanner.hpp"
#include "jwt/json/json_writer.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace jwtgate::jwt {
namespace {

constexpr std::int64_t largest_number = std::int64_t{1} << 53;

/// The value of plain digits that lies in range; none for any other spelling of a number.
std::optional<std::int64_t> plain_number(std::string_view text) noexcept
{
    constexpr std::size_t digits_of_largest = 16;
    if (text.size() > digits_of_largest) return std::nullopt;
    std::int64_t value = 0;
    for (auto c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    if (value > largest_number) return std::nullopt;
    return value;
}

class claims_reader {
public:
    claims_reader(std::span<char> payload, claims& out) noexcept : scanner_{payload}, out_{out} {}

    result<void> read() noexcept
    {
        if (!scanner_.document([this](json_name const& name) { return member(name); }))
            return scanner_.refusal();
        if (complaint_) return *complaint_;
        if (!is_complete()) return errc::missing_claim;
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

    bool is_complete() const noexcept
    {
        return !out_.subject.empty() && out_.expires_at && out_.issued_at && !out_.id.empty() &&
               !out_.type.empty() && !out_.session.empty();
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

/// Writes members; a name comes quoted and with its colon.
class claims_writer {
public:
    explicit claims_writer(std::span<char> out) noexcept : writer_{out} {}

    void boolean(std::string_view name, std::optional<bool> value) noexcept
    {
        if (!value) return;
        member(name);
        writer_.raw(*value ? "true" : "false");
    }

    void number(std::string_view name, std::optional<std::int64_t> value) noexcept
    {
        if (!value) return;
        member(name);
        writer_.number(*value);
    }

    void text(std::string_view name, std::string_view value) noexcept
    {
        if (value.empty()) return;
        member(name);
        writer_.string(value);
    }

    void list(std::string_view name, string_list const& values) noexcept
    {
        member(name);
        writer_.put('[');
        for (auto const& value : values) {
            if (&value != values.begin()) writer_.put(',');
            writer_.string(value);
        }
        writer_.put(']');
    }

    result<std::size_t> finish() noexcept
    {
        if (separator_ == '{') writer_.put('{');
        writer_.put('}');
        return writer_.size();
    }

private:
    void member(std::string_view name) noexcept
    {
        writer_.put(std::exchange(separator_, ','));
        writer_.raw(name);
    }

    json_writer writer_;
    char separator_ = '{';
};

}  // namespace

result<void> read_claims(std::span<char> payload, claims& out) noexcept
{
    return claims_reader{payload, out}.read();
}

result<std::size_t> write_claims(claims const& what, std::span<char> out) noexcept
{
    claims_writer writer{out};
    writer.boolean(R"("fresh":)", what.fresh);
    writer.number(R"("iat":)", what.issued_at);
    writer.text(R"("jti":)", what.id);
    writer.text(R"("type":)", what.type);
    writer.text(R"("sub":)", what.subject);
    writer.number(R"("nbf":)", what.not_before);
    writer.text(R"("csrf":)", what.csrf);
    if (what.audience.size() == 1) writer.text(R"("aud":)", *what.audience.begin());
    if (what.audience.size() > 1) writer.list(R"("aud":)", what.audience);
    writer.text(R"("iss":)", what.issuer);
    writer.number(R"("exp":)", what.expires_at);
    writer.text(R"("sid":)", what.session);
    if (what.roles) writer.list(R"("roles":)", *what.roles);
    writer.number(R"("sxp":)", what.refreshable_until);
    writer.number(R"("ctr":)", what.counter);
    return writer.finish();
}

}  // namespace jwtgate::jwt
