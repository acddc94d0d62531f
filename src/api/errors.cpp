#include "api/errors.hpp"

#include "auth/error.hpp"
#include <jwtgate/jwt/error.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace jwtgate::api {
namespace {

struct row {
    core::error_code why;
    refusal shown;
};

constexpr std::string_view malformed = "token_malformed";
constexpr std::string_view bad_request = "bad_request";
constexpr std::string_view weak = "weak_password";

auto token_rows()
{
    using j = jwt::errc;
    return std::to_array<row>({
        {j::too_large, {401, "Token is too large", malformed}},
        {j::malformed, {401, "Token is not a JWT", malformed}},
        {j::bad_base64url, {401, "Token is not strict base64url", malformed}},
        {j::bad_json, {401, "Token is not a JSON object", malformed}},
        {j::duplicate_name, {401, "Token has a duplicate name", malformed}},
        {j::too_deep, {401, "Token is nested too deeply", malformed}},
        {j::critical_header, {401, "Token has a critical header that is not understood", malformed}},
        {j::unencoded_payload, {401, "Token has a payload that is not encoded", malformed}},
        {j::wrong_algorithm, {401, "The specified alg value is not allowed", malformed}},
        {j::wrong_type_header, {401, "The specified typ value is not allowed", malformed}},
        {j::unknown_key, {401, "Token was signed with an unknown key", malformed}},
        {j::bad_signature, {401, "Signature verification failed", "token_signature"}},
        {j::missing_claim, {401, "Token is missing a required claim", malformed}},
        {j::wrong_claim_type, {401, "Token has a claim of a wrong type", malformed}},
        {j::number_out_of_range, {401, "Token has a number out of range", malformed}},
        {j::too_many_values, {401, "Token has too many values in a claim", malformed}},
        {j::expired, {401, "Token has expired", "token_expired"}},
        {j::not_yet_valid, {401, "The token is not yet valid (nbf)", "token_not_yet_valid"}},
        {j::issued_in_future, {401, "The token is not yet valid (iat)", "token_not_yet_valid"}},
        {j::wrong_issuer, {401, "Invalid issuer", malformed}},
        {j::wrong_audience, {401, "Audience doesn't match", malformed}},
    });
}

auto domain_rows()
{
    using a = auth::errc;
    return std::to_array<row>({
        {a::bad_credentials, {401, "Bad username or password", "bad_credentials"}},
        {a::too_many_failures, {429, "Too many failed logins", "too_many_failures"}},
        {a::busy, {503, "Try again later", "busy"}},
        {a::token_revoked, {401, "Token has been revoked", "token_revoked"}},
        {a::token_reused, {401, "Token has been revoked", "token_revoked"}},
        {a::counter_ahead, {401, "Token has been revoked", "token_revoked"}},
        {a::unusable_session, {401, "Token has been revoked", "token_revoked"}},
        {a::access_required, {401, "Only non-refresh tokens are allowed", "token_type"}},
        {a::refresh_required, {401, "Only refresh tokens are allowed", "token_type"}},
        {a::fresh_required, {401, "Fresh token required", "token_not_fresh"}},
        {a::role_missing, {403, "None of the needed roles", "role"}},
        {a::user_exists, {409, "There is a user of this name already", "user_exists"}},
        {a::no_such_user, {404, "No such user", "no_such_user"}},
        {a::no_such_session, {404, "No such session", "no_such_session"}},
        {a::bad_user_name,
         {400,
          "A user name is 1 to 64 letters, digits or . _ @ + - and begins with a letter or digit",
          bad_request}},
        {a::bad_role,
         {400,
          "A role is 1 to 32 lower-case letters, digits or . _ -, and a user has at most 32",
          bad_request}},
        {a::token_too_large, {400, "These roles would make a cookie that browsers drop", bad_request}},
        {a::password_too_short, {422, "Password is too short", weak}},
        {a::password_too_long, {422, "Password is longer than 128 characters", weak}},
        {a::password_not_text, {422, "Password is not UTF-8 text without NUL", weak}},
        {a::password_has_control, {422, "Password has a control character in it", weak}},
        {a::password_too_common, {422, "Password is among the commonest", weak}},
        {a::password_unchanged, {422, "Password is the current one", weak}},
    });
}

auto request_rows()
{
    using e = errc;
    return std::to_array<row>({
        {e::token_missing, {401, "Missing JWT", "token_missing"}},
        {e::bad_authorization,
         {401, "Bad Authorization header. Expected 'Authorization: Bearer <JWT>'", malformed}},
        {e::several_cookies, {401, "Several cookies of one name, and none of them counts", malformed}},
        {e::several_sessions, {401, "Several cookies of one name, of different sessions", malformed}},
        {e::csrf_missing, {403, "Missing CSRF token", "csrf"}},
        {e::csrf_mismatch, {403, "CSRF double submit tokens do not match", "csrf"}},
        {e::cross_site, {403, "Cross-site request refused", "cross_site"}},
        {e::unknown_parameter, {403, "Unknown parameter", "parameter"}},
        {e::unclear_request, {403, "It is not clear what is asked for", "unclear_request"}},
        {e::no_rule, {403, "No rule lets this in", "no_rule"}},
        {e::bad_json, {400, "Body is not JSON", bad_request}},
        {e::not_an_object, {400, "Body is not a JSON object", bad_request}},
        {e::duplicate_member, {400, "Body has a duplicate name", bad_request}},
        {e::wrong_member_type, {400, "A member that is needed is not a string", bad_request}},
        {e::user_name_missing, {400, "Missing username", bad_request}},
        {e::password_missing, {400, "Missing password", bad_request}},
        {e::current_missing, {400, "Missing current", bad_request}},
        {e::new_missing, {400, "Missing new", bad_request}},
        {e::invite_missing, {400, "Missing invite", bad_request}},
        {e::bad_form, {400, "Body is not a form", bad_request}},
        {e::form_outdated, {403, "This form is too old, or cookies are turned off. Try again", "csrf"}},
        {e::bad_parameter, {400, "Unknown parameter", bad_request}},
        {e::nul_inside, {400, "A member that is needed has a NUL in it", bad_request}},
        {e::media_type, {415, "Content-Type must be application/json", "media_type"}},
        {e::content_encoding, {415, "Content-Encoding is not supported", "media_type"}},
        {e::not_found, {404, "Not found", "not_found"}},
        {e::method_not_allowed, {405, "Method not allowed", "method"}},
    });
}

refusal const* find(auto const& rows, core::error_code why) noexcept
{
    auto const* const found = std::ranges::find(rows, why, &row::why);
    return found == rows.end() ? nullptr : &found->shown;
}

class category final : public boost::system::error_category {
public:
    char const* name() const noexcept override { return "jwtgate.api"; }

    std::string message(int value) const override { return std::string(describe({value, *this}).message); }
};

}  // namespace

boost::system::error_category const& error_category() noexcept
{
    static category const instance;
    return instance;
}

refusal describe(core::error_code why) noexcept
{
    static auto const of_tokens = token_rows();
    static auto const of_the_domain = domain_rows();
    static auto const of_requests = request_rows();
    if (auto const* const shown = find(of_tokens, why)) return *shown;
    if (auto const* const shown = find(of_the_domain, why)) return *shown;
    if (auto const* const shown = find(of_requests, why)) return *shown;
    return {500, "Internal error", "internal"};
}

std::string explain(core::error_code why, std::size_t password_min_length)
{
    std::string message{describe(why).message};
    if (why != auth::errc::password_too_short) return message;
    return message + ": it needs at least " + std::to_string(password_min_length) + " characters";
}

refusal describe(http::refusal why) noexcept
{
    switch (why) {
        case http::refusal::malformed:
            return {400, "Bad request", "bad_http"};
        case http::refusal::target_too_large:
            return {414, "Request target is too large", "too_large"};
        case http::refusal::header_too_large:
            return {431, "Request header is too large", "too_large"};
        case http::refusal::body_too_large:
            return {413, "Request body is too large", "too_large"};
        case http::refusal::length_required:
            return {411, "Content-Length required", "length_required"};
        case http::refusal::unsupported_version:
            return {505, "HTTP version is not supported", "bad_http"};
        case http::refusal::timed_out:
            return {408, "Request timed out", "timeout"};
        case http::refusal::failed:
            break;
    }
    return {500, "Internal error", "internal"};
}

}  // namespace jwtgate::api
