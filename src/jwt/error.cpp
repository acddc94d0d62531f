#include "jwtgate/jwt/error.hpp"

#include <string>

namespace jwtgate::jwt {
namespace {

char const* text(errc e) noexcept
{
    switch (e) {
        case errc::too_large:
            return "the token is too large";
        case errc::malformed:
            return "not three non-empty parts with two dots between";
        case errc::bad_base64url:
            return "bad base64url";
        case errc::bad_json:
            return "not a strict JSON object";
        case errc::duplicate_name:
            return "a name occurs twice in a JSON object";
        case errc::too_deep:
            return "the JSON is nested too deeply";
        case errc::critical_header:
            return "a critical header is not understood";
        case errc::unencoded_payload:
            return "the header says that the payload is not encoded";
        case errc::wrong_algorithm:
            return "the algorithm is not that of the key";
        case errc::wrong_type_header:
            return "the header's type is not JWT";
        case errc::unknown_key:
            return "no such key";
        case errc::bad_signature:
            return "bad signature";
        case errc::missing_claim:
            return "a required claim is missing";
        case errc::wrong_claim_type:
            return "a claim has the wrong type";
        case errc::number_out_of_range:
            return "a number is out of range";
        case errc::too_many_values:
            return "too many values";
        case errc::expired:
            return "the token has expired";
        case errc::not_yet_valid:
            return "the token is not yet valid";
        case errc::issued_in_future:
            return "the token was issued in the future";
        case errc::wrong_issuer:
            return "wrong issuer";
        case errc::wrong_audience:
            return "wrong audience";
        case errc::key_too_short:
            return "the key is too short for its algorithm";
        case errc::bad_key_set:
            return "not a set of HMAC keys";
        case errc::duplicate_key_id:
            return "two keys have the same id";
        case errc::buffer_too_small:
            return "the result does not fit";
        case errc::crypto_failure:
            return "OpenSSL failed";
    }
    return "unknown jwt error";
}

class category final : public boost::system::error_category {
public:
    char const* name() const noexcept override { return "jwtgate.jwt"; }

    std::string message(int value) const override { return text(static_cast<errc>(value)); }

    char const* message(int value, char* /*buffer*/, std::size_t /*size*/) const noexcept override
    {
        return text(static_cast<errc>(value));
    }
};

}  // namespace

boost::system::error_category const& error_category() noexcept
{
    static category const instance;
    return instance;
}

}  // namespace jwtgate::jwt
