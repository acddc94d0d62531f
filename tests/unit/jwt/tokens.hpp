#pragma once

#include <jwtgate/jwt/base64url.hpp>
#include <jwtgate/jwt/claims.hpp>
#include <jwtgate/jwt/key_set.hpp>
#include <jwtgate/jwt/verifier.hpp>

#include <boost/json.hpp>

#include <chrono>
#include <fstream>
#include <iterator>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>

namespace jwtgate::jwt {

inline std::ostream& operator<<(std::ostream& out, errc e)
{
    return out << make_error_code(e).message();
}

namespace tests {

constexpr std::string_view key_id = "first-key";
constexpr std::string_view secret = "an HMAC key of exactly 32 bytes.";
constexpr std::chrono::sys_seconds now{std::chrono::seconds{1'800'000'000}};

/// The error that a result holds; a success reads as "Success".
template <class Result>
boost::system::error_code refusal(Result const& result)
{
    return result ? boost::system::error_code{} : result.error();
}

inline std::shared_ptr<key_set const> keys_from(std::string_view json)
{
    return std::make_shared<key_set const>(*key_set::parse(json));
}

inline std::shared_ptr<key_set const> one_key()
{
    return keys_from(make_key_set_json(algorithm::hs256, key_id, secret));
}

inline std::string encoded(std::string_view bytes)
{
    std::string text(base64url_encoded_size(bytes.size()), '\0');
    base64url_encode(bytes, text.data());
    return text;
}

inline std::string mac_of(std::string_view input, std::string_view with, algorithm alg = algorithm::hs256)
{
    auto const code = hmac_key::make(alg, with)->sign(input).value();
    return std::string{mac_bytes(code, alg)};
}

/// A token with these very parts and a good signature, whatever the parts say.
inline std::string signed_token(std::string_view header, std::string_view payload)
{
    auto const input = encoded(header) + '.' + encoded(payload);
    return input + '.' + encoded(mac_of(input, secret));
}

constexpr std::string_view good_header = R"({"alg":"HS256","typ":"JWT"})";

/// What signed_token needs as payload to be accepted at `now`.
constexpr std::string_view good_payload =
    R"({"sub":"a","jti":"j","sid":"s","type":"access","iat":1800000000,"exp":1800000001})";

/// The payload with a member more, or with another value where it has the member already.
inline std::string payload_with(std::string_view name, std::string_view value)
{
    std::string json{good_payload};
    auto const member = '"' + std::string{name} + "\":";
    if (auto const at = json.find(member); at != std::string::npos)
        return json.replace(at, json.find_first_of(",}", at) - at, member + std::string{value});
    json.pop_back();
    return json + ',' + member + std::string{value} + '}';
}

inline std::string payload_without(std::string_view name)
{
    auto json = boost::json::parse(good_payload);
    json.as_object().erase(name);
    return boost::json::serialize(json);
}

inline boost::json::value vector(std::string_view file)
{
    std::ifstream in{std::string{JWTGATE_VECTORS "/"} + std::string{file}};
    return boost::json::parse(std::string{std::istreambuf_iterator<char>{in}, {}});
}

}  // namespace tests
}  // namespace jwtgate::jwt
