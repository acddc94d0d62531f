#include "unit/jwt/support/steps.hpp"
#include "unit/jwt/tokens.hpp"
#include <jwtgate/jwt/verifier.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace jwtgate::jwt::tests {
namespace {

boost::system::error_code const accepted;

std::shared_ptr<key_set const> two_keys(std::string const& first, std::string const& second)
{
    auto const entry = [](std::string const& id) {
        return R"({"kty":"oct","alg":"HS256","kid":")" + id + R"(","k":")" + encoded(std::string(32, id[0])) +
               "\"}";
    };
    return keys_from(R"({"keys":[)" + entry(first) + ',' + entry(second) + "]}");
}

std::string token_by(char letter, std::string_view header)
{
    auto const input = encoded(header) + '.' + encoded(good_payload);
    return input + '.' + encoded(mac_of(input, std::string(32, letter)));
}

/// The token with another signature of the right form.
std::string forged(std::string token)
{
    auto const at = token.rfind('.') + 1;
    token[at] = token[at] == 'A' ? 'B' : 'A';
    return token;
}

/// Headers that say the same, each spelled otherwise.
std::vector<std::string> foreign_headers(std::size_t count)
{
    std::vector<std::string> headers;
    for (std::size_t i = 0; i < count; ++i)
        headers.push_back(R"({"x":)" + std::to_string(i) + R"(,"kid":"a","alg":"HS256"})");
    return headers;
}

boost::system::error_code answer(verifier& one, std::string_view token)
{
    return refusal(one.verify(token, now));
}

BOOST_AUTO_TEST_SUITE(jwt_verifier_known_headers)

BOOST_AUTO_TEST_CASE(more_foreign_headers_than_it_remembers_still_verify)
{
    verifier one{two_keys("a", "b"), {}};
    for (int round = 0; round < 3; ++round)
        for (auto const& header : foreign_headers(50)) {
            BOOST_TEST(answer(one, token_by('a', header)) == accepted);
            BOOST_TEST(answer(one, token_by('a', header)) == accepted);
            BOOST_TEST(answer(one, token_by('b', header)) == make_error_code(errc::bad_signature));
        }
    BOOST_TEST(answer(one, token_by('b', R"({"alg":"HS256","kid":"b","typ":"JWT"})")) == accepted);
}

BOOST_AUTO_TEST_CASE(a_remembered_header_answers_for_its_own_key_only)
{
    verifier one{two_keys("a", "b"), {}};
    for (auto const* header : {R"({"kid":"a","alg":"HS256"})", R"({"alg":"HS256"})"}) {
        BOOST_TEST(answer(one, token_by('a', header)) == accepted);
        BOOST_TEST(answer(one, token_by('b', header)) == make_error_code(errc::bad_signature));
        BOOST_TEST(answer(one, forged(token_by('a', header))) == make_error_code(errc::bad_signature));
        BOOST_TEST(one.verify(token_by('a', header), now).value().key_id() == "a");
    }
    BOOST_TEST(one.verify(token_by('b', R"({"kid":"b","alg":"HS256"})"), now).value().key_id() == "b");
}

BOOST_AUTO_TEST_CASE(a_remembered_header_is_one_whole_text)
{
    verifier one{two_keys("a", "b"), {}};
    auto const header = encoded(R"({"alg":"HS256" ,"kid":"a"})");
    auto const token = [&](std::string const& text) {
        auto const input = text + '.' + encoded(good_payload);
        return input + '.' + encoded(mac_of(input, std::string(32, 'a')));
    };
    BOOST_TEST(answer(one, token(header)) == accepted);
    BOOST_TEST(answer(one, token(header.substr(0, 4))) == make_error_code(errc::bad_json));
    BOOST_TEST(answer(one, token(header + "AAAA")) != accepted);
    BOOST_TEST(answer(one, token("AAAA" + header)) == make_error_code(errc::bad_json));
    BOOST_TEST(answer(one, token(std::string(header.size(), 'A'))) == make_error_code(errc::bad_json));
}

BOOST_AUTO_TEST_CASE(a_header_behind_a_bad_signature_changes_nothing)
{
    verifier one{two_keys("a", "b"), {}};
    for (auto const& header : foreign_headers(50))
        BOOST_TEST(answer(one, forged(token_by('a', header))) == make_error_code(errc::bad_signature));
    for (auto const& header : foreign_headers(50)) BOOST_TEST(answer(one, token_by('a', header)) == accepted);
    auto const unknown = token_by('c', R"({"alg":"HS256","kid":"c"})");
    for (int round = 0; round < 3; ++round)
        BOOST_TEST(answer(one, unknown) == make_error_code(errc::unknown_key));
}

// Only the work that a verifier has tells whether it knows a header: so it is counted, in steps.
BOOST_AUTO_TEST_CASE(
    headers_behind_bad_signatures_do_not_push_out_what_was_learnt,
    *boost::unit_test::precondition(steps_can_be_counted)
)
{
    verifier one{two_keys("a", "b"), {}};
    auto const token = token_by('a', R"({"alg":"HS256","x":")" + std::string(100, 'x') + "\"}");
    auto const steps = [&] { return steps_of([&] { return one.verify(token, now).has_value(); }); };
    auto const unknown = steps();
    BOOST_TEST(answer(one, token) == accepted);
    auto const known = steps();
    BOOST_REQUIRE(known < unknown);

    for (auto const& header : foreign_headers(50))
        BOOST_TEST(answer(one, forged(token_by('a', header))) == make_error_code(errc::bad_signature));
    BOOST_TEST(steps() < (known + unknown) / 2);
}

BOOST_AUTO_TEST_CASE(what_was_learnt_does_not_survive_a_change_of_the_ring)
{
    key_ring ring{two_keys("a", "b")};
    verifier one{ring, {}};
    auto const named = token_by('a', R"({"kid":"a","alg":"HS256"})");
    auto const unnamed = token_by('a', R"({"alg":"HS256"})");
    BOOST_TEST(one.verify(named, now).value().key_id() == "a");
    BOOST_TEST(one.verify(unnamed, now).value().key_id() == "a");

    ring.replace(two_keys("b", "a"));
    BOOST_TEST(one.verify(named, now).value().key_id() == "a");
    BOOST_TEST(answer(one, unnamed) == make_error_code(errc::bad_signature));
    BOOST_TEST(one.verify(token_by('b', R"({"alg":"HS256"})"), now).value().key_id() == "b");

    ring.replace(two_keys("b", "c"));
    BOOST_TEST(answer(one, named) == make_error_code(errc::unknown_key));
    BOOST_TEST(answer(one, unnamed) == make_error_code(errc::bad_signature));
}

BOOST_AUTO_TEST_CASE(long_headers_verify_though_they_are_not_remembered)
{
    verifier one{two_keys("a", "b"), {}};
    for (std::size_t size : {100U, 150U, 200U, 300U, 3000U}) {
        auto const header = R"({"alg":"HS256","x":")" + std::string(size, 'x') + "\"}";
        for (int round = 0; round < 2; ++round) BOOST_TEST(answer(one, token_by('a', header)) == accepted);
        BOOST_TEST(answer(one, token_by('b', header)) == make_error_code(errc::bad_signature));
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
