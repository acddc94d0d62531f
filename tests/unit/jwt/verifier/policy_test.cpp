#include "../tokens.hpp"
#include <jwtgate/jwt/verifier.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace jwtgate::jwt::tests {
namespace {

boost::system::error_code const accepted;

boost::system::error_code with_payload(std::string_view payload, policy const& demands = {})
{
    return refusal(verifier{one_key(), demands}.verify(signed_token(good_header, payload), now));
}

BOOST_AUTO_TEST_SUITE(jwt_verifier_policy)

BOOST_AUTO_TEST_CASE(checks_issuer_and_audience_as_the_policy_demands)
{
    struct row {
        std::string_view issuer;
        std::string_view audience;
        std::string payload;
        boost::system::error_code expected;
    };

    std::vector<row> const cases{
        {"", "", payload_with("iss", "\"i\""), accepted},
        {"i", "", payload_with("iss", "\"i\""), accepted},
        {"i", "", std::string{good_payload}, errc::missing_claim},
        {"i", "", payload_with("iss", "\"ii\""), errc::wrong_issuer},
        {"ii", "", payload_with("iss", "\"i\""), errc::wrong_issuer},
        {"i", "", payload_with("iss", "\"I\""), errc::wrong_issuer},
        {"", "", payload_with("aud", "\"a\""), errc::wrong_audience},
        {"", "a", payload_with("aud", "\"a\""), accepted},
        {"", "a", payload_with("aud", R"(["b","a"])"), accepted},
        {"", "a", std::string{good_payload}, errc::missing_claim},
        {"", "a", payload_with("aud", "\"b\""), errc::wrong_audience},
        {"", "a", payload_with("aud", R"(["b","aa"])"), errc::wrong_audience},
    };

    for (auto const& c : cases) BOOST_TEST_CONTEXT(c.payload << " for " << c.issuer << ' ' << c.audience)
        {
            policy const demands{.issuer = std::string{c.issuer}, .audience = std::string{c.audience}};
            BOOST_TEST(with_payload(c.payload, demands) == c.expected);
        }
}

BOOST_AUTO_TEST_CASE(verify_signature_looks_at_all_but_times_and_parties)
{
    verifier one{one_key(), {.issuer = "i", .audience = "a"}};
    auto const check = [&](std::string const& payload) {
        return refusal(one.verify_signature(signed_token(good_header, payload)));
    };
    BOOST_TEST(check(payload_with("exp", "0")) == accepted);
    BOOST_TEST(check(payload_with("iat", "9007199254740992")) == accepted);
    BOOST_TEST(check(payload_with("aud", "\"b\"")) == accepted);
    BOOST_TEST(check(payload_without("sid")) == make_error_code(errc::missing_claim));
    BOOST_TEST(refusal(one.verify_signature("a.b")) == make_error_code(errc::malformed));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
