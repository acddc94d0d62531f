#include "unit/jwt/tokens.hpp"
#include <jwtgate/jwt/verifier.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <set>
#include <string>
#include <utility>

namespace jwtgate::jwt::tests {
namespace {

constexpr std::array<std::pair<std::string_view, errc>, 21> refusals{{
    {"too_large", errc::too_large},
    {"malformed", errc::malformed},
    {"bad_base64url", errc::bad_base64url},
    {"bad_json", errc::bad_json},
    {"duplicate_name", errc::duplicate_name},
    {"too_deep", errc::too_deep},
    {"critical_header", errc::critical_header},
    {"unencoded_payload", errc::unencoded_payload},
    {"wrong_algorithm", errc::wrong_algorithm},
    {"wrong_type_header", errc::wrong_type_header},
    {"unknown_key", errc::unknown_key},
    {"bad_signature", errc::bad_signature},
    {"missing_claim", errc::missing_claim},
    {"wrong_claim_type", errc::wrong_claim_type},
    {"number_out_of_range", errc::number_out_of_range},
    {"too_many_values", errc::too_many_values},
    {"expired", errc::expired},
    {"not_yet_valid", errc::not_yet_valid},
    {"issued_in_future", errc::issued_in_future},
    {"wrong_issuer", errc::wrong_issuer},
    {"wrong_audience", errc::wrong_audience},
}};

boost::system::error_code expected_of(boost::json::object const& test)
{
    auto const* const name = test.if_contains("error");
    BOOST_REQUIRE((name == nullptr) == (test.at("result").as_string() == "valid"));
    if (name == nullptr) return {};
    auto const* const found = std::ranges::find(
        refusals, std::string_view{name->as_string()}, [](auto const& row) { return row.first; }
    );
    BOOST_REQUIRE(found != refusals.end());
    return make_error_code(found->second);
}

policy policy_of(boost::json::object const& from)
{
    policy demands;
    if (auto const* const issuer = from.if_contains("issuer")) demands.issuer = issuer->as_string();
    if (auto const* const audience = from.if_contains("audience")) demands.audience = audience->as_string();
    if (auto const* const leeway = from.if_contains("leeway"))
        demands.leeway = std::chrono::seconds{leeway->as_int64()};
    return demands;
}

/// Each token before a verifier that has seen nothing yet, and before one that has seen all tokens so far.
void check(boost::json::value const& group, std::set<std::string>& seen)
{
    auto const keys = keys_from(boost::json::serialize(group.at("keys")));
    std::chrono::sys_seconds const at{std::chrono::seconds{group.at("now").as_int64()}};
    verifier const fresh{keys, policy_of(group.at("policy").as_object())};
    auto used = fresh;
    for (auto const& test : group.at("tests").as_array()) {
        std::string const token{test.at("jws").as_string()};
        auto const expected = expected_of(test.as_object());
        BOOST_TEST_CONTEXT(group.at("comment") << ": tcId " << test.at("tcId") << ", " << test.at("comment"))
        {
            BOOST_TEST(refusal(verifier{fresh}.verify(token, at)) == expected);
            BOOST_TEST(refusal(used.verify(token, at)) == expected);
        }
        seen.insert(expected.message());
    }
}

BOOST_AUTO_TEST_SUITE(jwt_verifier_vectors)

BOOST_AUTO_TEST_CASE(every_token_of_our_own_file_gets_exactly_its_answer)
{
    auto const file = vector("hmac_jwt_test.json");
    std::set<std::string> seen;
    std::size_t count = 0;
    for (auto const& group : file.at("testGroups").as_array()) {
        check(group, seen);
        count += group.at("tests").as_array().size();
    }
    BOOST_TEST(count == file.at("numberOfTests").as_int64());
    BOOST_TEST(seen.size() == refusals.size() + 1);  // each of them, and acceptance
}

BOOST_AUTO_TEST_CASE(the_examples_of_the_rfcs_fail_only_for_what_their_payloads_are)
{
    auto const a1 = vector("rfc7515_a1.json");
    auto jwk = a1.at("jwk").as_object();
    jwk["kid"] = "a1";
    jwk["alg"] = "HS256";
    verifier first{keys_from(R"({"keys":[)" + boost::json::serialize(jwk) + "]}"), {}};
    BOOST_TEST(
        refusal(first.verify(std::string_view{a1.at("token").as_string()}, now)) ==
        make_error_code(errc::missing_claim)
    );

    auto const frodo = vector("rfc7520_4_4.json");
    verifier second{keys_from(R"({"keys":[)" + boost::json::serialize(frodo.at("jwk")) + "]}"), {}};
    BOOST_TEST(
        refusal(second.verify(std::string_view{frodo.at("token").as_string()}, now)) ==
        make_error_code(errc::bad_json)
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
