#include "jwtgate/jwt/signer.hpp"

#include "tokens.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <string>

namespace jwtgate::jwt::tests {
namespace {

using namespace std::string_view_literals;

claims access_claims()
{
    return {
        .fresh = true,
        .issued_at = 1,
        .id = "j",
        .type = "access",
        .subject = "demo",
        .not_before = 1,
        .csrf = "c",
        .audience = {},
        .issuer = {},
        .expires_at = 2,
        .session = "s",
        .roles = string_list{"a", "b"},
        .refreshable_until = 3,
        .counter = {},
    };
}

std::string part(std::string_view token, int which)
{
    for (; which > 0; --which) token.remove_prefix(token.find('.') + 1);
    auto const text = token.substr(0, token.find('.'));
    std::string bytes(base64url_decoded_size(text.size()), '\0');
    base64url_decode(text, bytes.data()).value();
    return bytes;
}

std::string payload_of(claims const& what)
{
    return part(signer{one_key()}.sign(what).value(), 1);
}

BOOST_AUTO_TEST_SUITE(jwt_signer)

BOOST_AUTO_TEST_CASE(writes_the_access_token_of_the_contract)
{
    auto const token = signer{one_key()}.sign(access_claims()).value();
    BOOST_TEST(part(token, 0) == R"({"alg":"HS256","kid":"first-key","typ":"JWT"})");
    BOOST_TEST(
        part(token, 1) ==
        R"({"fresh":true,"iat":1,"jti":"j","type":"access","sub":"demo","nbf":1,"csrf":"c","exp":2,"sid":"s","roles":["a","b"],"sxp":3})"
    );
    BOOST_TEST(part(token, 2) == mac_of(token.substr(0, token.rfind('.')), secret));
}

BOOST_AUTO_TEST_CASE(writes_the_refresh_token_of_the_contract)
{
    auto what = access_claims();
    what.fresh = false;
    what.type = "refresh";
    what.roles.reset();
    what.refreshable_until.reset();
    what.counter = 0;
    what.issuer = "i";
    what.audience = {"x"};
    BOOST_TEST(
        payload_of(what) ==
        R"({"fresh":false,"iat":1,"jti":"j","type":"refresh","sub":"demo","nbf":1,"csrf":"c","aud":"x","iss":"i","exp":2,"sid":"s","ctr":0})"
    );
}

BOOST_AUTO_TEST_CASE(leaves_out_what_is_absent)
{
    BOOST_TEST(payload_of({}) == "{}");
    claims lists;
    lists.audience = {"x", "y"};
    lists.roles.emplace();
    BOOST_TEST(payload_of(lists) == R"({"aud":["x","y"],"roles":[]})");
    lists.roles->push_back({});
    BOOST_TEST(payload_of(lists) == R"({"aud":["x","y"],"roles":[""]})");
}

BOOST_AUTO_TEST_CASE(writes_numbers_to_their_ends)
{
    claims what;
    what.issued_at = INT64_MIN;
    what.expires_at = INT64_MAX;
    BOOST_TEST(payload_of(what) == R"({"iat":-9223372036854775808,"exp":9223372036854775807})");
}

BOOST_AUTO_TEST_CASE(escapes_quotes_backslashes_and_control_characters_only)
{
    claims what;
    what.subject = "\"\\\b\n\x1f\0 /\x7f\xc3\xa9 long enough for words \""sv;
    BOOST_TEST(
        payload_of(what) ==
        "{\"sub\":\"\\\"\\\\\\u0008\\u000a\\u001f\\u0000 /\x7f\xc3\xa9 long enough for words \\\"\"}"
    );
}

BOOST_AUTO_TEST_CASE(escapes_the_key_id_too)
{
    std::string id(max_key_id_size, '"');
    auto const token =
        signer{keys_from(make_key_set_json(algorithm::hs256, id, secret))}.sign(claims{}).value();
    BOOST_TEST(boost::json::parse(part(token, 0)).at("kid").as_string() == id);
}

BOOST_AUTO_TEST_CASE(signs_with_the_algorithm_of_the_first_key)
{
    for (auto alg : {algorithm::hs384, algorithm::hs512}) {
        std::string const long_secret(64, 's');
        auto const token =
            signer{keys_from(make_key_set_json(alg, "k", long_secret))}.sign(access_claims()).value();
        BOOST_TEST(boost::json::parse(part(token, 0)).at("alg").as_string() == name(alg));
        BOOST_TEST(part(token, 2) == mac_of(token.substr(0, token.rfind('.')), long_secret, alg));
    }
}

BOOST_AUTO_TEST_CASE(the_same_claims_give_the_same_token_every_time)
{
    signer one{one_key()};
    auto const first = one.sign(access_claims()).value();
    BOOST_TEST(one.sign(access_claims()).value() == first);
    BOOST_TEST(signer{one}.sign(access_claims()).value() == first);
}

BOOST_AUTO_TEST_CASE(refuses_memory_that_does_not_hold_the_token)
{
    signer one{one_key()};
    auto const token = one.sign(access_claims()).value();
    std::string memory(token.size() + 1, '#');
    for (std::size_t size = 0; size < token.size(); ++size)
        BOOST_TEST(
            refusal(one.sign(access_claims(), {memory.data(), size})) ==
            make_error_code(errc::buffer_too_small)
        );
    BOOST_TEST(one.sign(access_claims(), {memory.data(), token.size()}).value() == token.size());
    BOOST_TEST(memory == token + '#');
}

BOOST_AUTO_TEST_CASE(makes_no_token_that_no_verifier_would_read)
{
    signer one{one_key()};
    claims what;
    auto const room = max_token_size - one.sign(what).value().size();
    std::string subject(room, 's');
    std::size_t longest = 0;
    for (std::size_t size = room / 2; size < room; ++size) {
        what.subject = std::string_view{subject}.substr(0, size);
        auto const token = one.sign(what);
        if (!token) break;
        longest = token->size();
    }
    BOOST_TEST(longest <= max_token_size);
    BOOST_TEST(longest > max_token_size - 4);
    what.subject = subject;
    BOOST_TEST(refusal(one.sign(what)) == make_error_code(errc::buffer_too_small));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
