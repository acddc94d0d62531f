#include "jwtgate/jwt/verifier.hpp"

#include "tokens.hpp"
#include <jwtgate/jwt/signer.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace jwtgate::jwt::tests {
namespace {

boost::system::error_code verify(
    std::string_view token, policy const& demands = {}, std::chrono::sys_seconds at = now
)
{
    return refusal(verifier{one_key(), demands}.verify(token, at));
}

boost::system::error_code with_header(std::string_view header)
{
    return verify(signed_token(header, good_payload));
}

boost::system::error_code with_payload(std::string_view payload, policy const& demands = {})
{
    return verify(signed_token(good_header, payload), demands);
}

boost::system::error_code const accepted;

claims full_claims()
{
    return {
        .fresh = true,
        .issued_at = 1'800'000'000,
        .id = "the id",
        .type = "access",
        .subject = "demo",
        .not_before = 1'800'000'000,
        .csrf = "the csrf value",
        .audience = {"x", "y"},
        .issuer = "the issuer",
        .expires_at = 1'800'000'060,
        .session = "the session",
        .roles = string_list{"admin", "user"},
        .refreshable_until = 1'800'000'120,
        .counter = 9,
    };
}

void check_full_claims(verified const& token)
{
    auto const expected = full_claims();
    auto const& got = token.claims();
    BOOST_TEST(token.key_id() == key_id);
    BOOST_TEST((got.fresh == expected.fresh && got.issued_at == expected.issued_at));
    BOOST_TEST(got.id == expected.id);
    BOOST_TEST(got.type == expected.type);
    BOOST_TEST(got.subject == expected.subject);
    BOOST_TEST(got.csrf == expected.csrf);
    BOOST_TEST(std::ranges::equal(got.audience, expected.audience));
    BOOST_TEST(got.issuer == expected.issuer);
    BOOST_TEST(got.session == expected.session);
    BOOST_TEST(std::ranges::equal(got.roles.value(), expected.roles.value()));
    BOOST_TEST((got.not_before == expected.not_before && got.expires_at == expected.expires_at));
    BOOST_TEST((got.refreshable_until == expected.refreshable_until && got.counter == expected.counter));
}

/// Whether all text of the token lies within the object itself.
bool owns_its_text(verified const& token)
{
    auto const* const begin = reinterpret_cast<char const*>(&token);
    auto const inside = [&](std::string_view text) {
        return text.data() >= begin && text.data() < begin + sizeof token;
    };
    auto const& c = token.claims();
    return inside(token.key_id()) && inside(c.id) && inside(c.type) && inside(c.subject) && inside(c.csrf) &&
           inside(c.issuer) && inside(c.session) && std::ranges::all_of(c.audience, inside) &&
           std::ranges::all_of(c.roles.value(), inside);
}

policy const full_policy{.issuer = "the issuer", .audience = "y"};

BOOST_AUTO_TEST_SUITE(jwt_verifier)

BOOST_AUTO_TEST_CASE(accepts_what_a_signer_makes)
{
    for (auto alg : {algorithm::hs256, algorithm::hs384, algorithm::hs512}) {
        auto const keys = keys_from(make_key_set_json(alg, key_id, std::string(64, 's')));
        auto const token = signer{keys}.sign(full_claims()).value();
        verifier one{keys, full_policy};
        auto copy = one;
        for (auto* each : {&one, &copy, &one}) check_full_claims(each->verify(token, now).value());
    }
}

BOOST_AUTO_TEST_CASE(a_verified_token_owns_its_text_wherever_it_goes)
{
    static_assert(std::is_nothrow_move_constructible_v<verified> && std::is_nothrow_copy_assignable_v<verified>);
    static_assert(!std::is_default_constructible_v<verified>);

    std::optional<std::string> token = signer{one_key()}.sign(full_claims()).value();
    std::optional<result<verified>> source;
    {
        verifier one{one_key(), full_policy};
        source = one.verify(*token, now);
        token->assign(token->size(), '#');
        token.reset();
    }
    auto copy = **source;
    auto moved = std::move(**source);  // NOLINT(performance-move-const-arg): it copies, which is the point
    source.reset();
    auto assigned = verifier{one_key(), {}}.verify(signed_token(good_header, good_payload), now).value();
    assigned = copy;
    auto const& itself = assigned;
    assigned = itself;
    for (auto const* each : {&copy, &moved, &assigned}) {
        check_full_claims(*each);
        BOOST_TEST(owns_its_text(*each));
    }
    std::vector<verified> grown(1, copy);
    for (int i = 0; i < 3; ++i) grown.push_back(grown.front());
    for (auto const& each : grown) BOOST_TEST(owns_its_text(each));
}

BOOST_AUTO_TEST_CASE(chooses_the_key_by_its_id_or_else_the_signing_key)
{
    auto const set = [](std::string const& first, std::string const& second) {
        auto const entry = [](std::string const& id) {
            return R"({"kty":"oct","alg":"HS256","kid":")" + id + R"(","k":")" +
                   encoded(std::string(32, id[0])) + "\"}";
        };
        return keys_from(R"({"keys":[)" + entry(first) + ',' + entry(second) + "]}");
    };
    auto const old_token = signer{set("a", "b")}.sign(full_claims()).value();
    verifier rotated{set("b", "a"), full_policy};
    BOOST_TEST(rotated.verify(old_token, now).value().key_id() == "a");
    BOOST_TEST(
        refusal(verifier{set("b", "c"), full_policy}.verify(old_token, now)) ==
        make_error_code(errc::unknown_key)
    );

    auto const input = encoded(good_header) + '.' + encoded(good_payload);
    verifier plain{set("b", "a"), {}};
    BOOST_TEST(
        plain.verify(input + '.' + encoded(mac_of(input, std::string(32, 'b'))), now).value().key_id() == "b"
    );
    BOOST_TEST(
        refusal(plain.verify(input + '.' + encoded(mac_of(input, std::string(32, 'a'))), now)) ==
        make_error_code(errc::bad_signature)
    );
}

BOOST_AUTO_TEST_CASE(takes_no_leeway_but_from_0_to_a_day)
{
    using std::chrono::days;
    using std::chrono::seconds;
    BOOST_CHECK_NO_THROW((verifier{one_key(), {.leeway = days{1}}}));
    BOOST_CHECK_THROW((verifier{one_key(), {.leeway = seconds{-1}}}), std::invalid_argument);
    BOOST_CHECK_THROW((verifier{one_key(), {.leeway = days{1} + seconds{1}}}), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(refuses_a_token_over_the_size)
{
    BOOST_TEST(verify(std::string(max_token_size + 1, 'a')) == make_error_code(errc::too_large));
    BOOST_TEST(verify(std::string(max_token_size, 'a')) == make_error_code(errc::malformed));
    auto const token = signed_token(good_header, good_payload);
    BOOST_TEST(verify(token, {.max_size = token.size()}) == accepted);
    BOOST_TEST(verify(token, {.max_size = token.size() - 1}) == make_error_code(errc::too_large));
    BOOST_CHECK_THROW((verifier{one_key(), {.max_size = max_token_size + 1}}), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(reads_a_token_of_the_greatest_size)
{
    std::string payload = payload_with("x", "\"\"");
    auto const room =
        base64url_decoded_size(max_token_size - encoded(good_header).size() - 2 - 43) - payload.size();
    auto const token = signed_token(good_header, payload_with("x", '"' + std::string(room, 'x') + '"'));
    BOOST_TEST(token.size() > max_token_size - 4);
    BOOST_TEST(verify(token) == accepted);
}

BOOST_AUTO_TEST_CASE(refuses_other_forms)
{
    auto const token = signed_token(good_header, good_payload);
    auto const dot = token.rfind('.');
    for (auto const& bad :
         {std::string{},
          std::string{"."},
          std::string{".."},
          std::string{"..."},
          token.substr(0, dot),
          token.substr(0, dot + 1),
          '.' + token,
          token + '.',
          token + ".AA",
          token.substr(token.find('.')),
          std::string{"a..a"},
          encoded(good_header) + ".." + token.substr(dot + 1),
          std::string(8000, '.'),
          std::string(8000, 'a')})
        BOOST_TEST(verify(bad) == make_error_code(errc::malformed), "accepted " << bad);
}

BOOST_AUTO_TEST_CASE(a_header_of_too_many_names_is_not_called_a_claim_of_too_many_values)
{
    std::string header = R"({"alg":"HS256")";
    for (int i = 0; i < 128; ++i) header += ",\"x" + std::to_string(i) + "\":0";
    BOOST_TEST(verify(signed_token(header + '}', good_payload)) == make_error_code(errc::bad_json));
}

BOOST_AUTO_TEST_CASE(refuses_other_headers)
{
    struct row {
        std::string_view header;
        errc expected;
    };

    std::vector<row> const cases{
        {"[]", errc::bad_json},
        {R"("HS256")", errc::bad_json},
        {R"({"alg":"HS256"} )"
         "\x01",
         errc::bad_json},
        {R"({"alg":"HS256","alg":"HS256"})", errc::duplicate_name},
        {R"({"alg":"none","x":{"a":1,"a":2}})", errc::duplicate_name},
        {R"({"alg":"HS256","x":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]})", errc::too_deep},
        {R"({"alg":"HS256","crit":["exp"],"exp":1})", errc::critical_header},
        {R"({"alg":"none","crit":null})", errc::critical_header},
        {R"({})", errc::wrong_algorithm},
        {R"({"alg":"none"})", errc::wrong_algorithm},
        {R"({"alg":""})", errc::wrong_algorithm},
        {R"({"alg":null})", errc::wrong_algorithm},
        {R"({"alg":["HS256"]})", errc::wrong_algorithm},
        {R"({"alg":"hs256"})", errc::wrong_algorithm},
        {R"({"alg":"HS384"})", errc::wrong_algorithm},
        {R"({"alg":"RS256"})", errc::wrong_algorithm},
        {R"({"Alg":"HS256"})", errc::wrong_algorithm},
        {R"({"alg":"HS256","typ":"jwt"})", errc::wrong_type_header},
        {R"({"alg":"HS256","typ":"at+jwt"})", errc::wrong_type_header},
        {R"({"alg":"HS256","typ":null})", errc::wrong_type_header},
        {R"({"alg":"HS256","kid":"other"})", errc::unknown_key},
        {R"({"alg":"HS256","kid":""})", errc::unknown_key},
        {R"({"alg":"HS256","kid":1})", errc::unknown_key},
        {R"({"alg":"HS256","kid":["first-key"]})", errc::unknown_key},
    };

    for (auto const& c : cases) BOOST_TEST(with_header(c.header) == make_error_code(c.expected), c.header);
}

BOOST_AUTO_TEST_CASE(accepts_every_spelling_of_a_header_that_says_the_same)
{
    for (auto const* header :
         {R"({"alg":"HS256"})",
          R"({"typ":"JWT","alg":"HS256"})",
          " {\n\"kid\" : \"first\\u002dkey\", \"alg\":\"HS\\u003256\"}\t",
          R"({"alg":"HS256","cty":"x","x5u":{"a":[1]},"jku":"https://example.com"})"})
        BOOST_TEST(with_header(header) == accepted, header);
}

BOOST_AUTO_TEST_CASE(refuses_a_token_with_any_bit_flipped)
{
    auto const token = signer{one_key()}.sign(full_claims()).value();
    verifier one{one_key(), full_policy};
    BOOST_REQUIRE(one.verify(token, now).has_value());
    for (std::size_t bit = 0; bit < token.size() * 8; ++bit) {
        auto bad = token;
        bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ 1 << bit % 8);
        BOOST_TEST(!one.verify(bad, now).has_value(), "accepted with bit " << bit << " flipped");
        BOOST_TEST(!one.verify_signature(bad).has_value());
    }
}

BOOST_AUTO_TEST_CASE(refuses_every_cut_and_every_addition)
{
    auto const token = signer{one_key()}.sign(full_claims()).value();
    verifier one{one_key(), full_policy};
    for (std::size_t size = 0; size < token.size(); ++size) {
        BOOST_TEST(!one.verify(token.substr(0, size), now).has_value());
        BOOST_TEST(!one.verify(token.substr(token.size() - size), now).has_value());
    }
    for (auto const* more : {"A", "=", "==", " ", "\n", "%3d", "!!!!", ".", "AAAA"})
        for (auto const& bad : {token + more, more + token}) BOOST_TEST(!one.verify(bad, now).has_value());
}

BOOST_AUTO_TEST_CASE(a_bad_payload_counts_only_behind_a_good_signature)
{
    auto const broken = encoded(good_header) + ".!!!!." + std::string(43, 'A');
    BOOST_TEST(verify(broken) == make_error_code(errc::bad_signature));
    auto const input = encoded(good_header) + ".!!!!";
    BOOST_TEST(verify(input + '.' + encoded(mac_of(input, secret))) == make_error_code(errc::bad_base64url));
    for (auto const* payload : {"1", "[]", R"("x")", "{", "{}x"})
        BOOST_TEST(with_payload(payload) == make_error_code(errc::bad_json), payload);
    BOOST_TEST(with_payload(R"({"sub":"a","sub":"b"})") == make_error_code(errc::duplicate_name));
    BOOST_TEST(with_payload("{}") == make_error_code(errc::missing_claim));
    BOOST_TEST(with_payload(payload_with("exp", "\"1\"")) == make_error_code(errc::wrong_claim_type));
    BOOST_TEST(with_payload(payload_with("exp", "-1")) == make_error_code(errc::number_out_of_range));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
