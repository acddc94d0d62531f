#include "jwtgate/jwt/key_ring.hpp"

#include "tokens.hpp"
#include <jwtgate/jwt/signer.hpp>
#include <jwtgate/jwt/verifier.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace jwtgate::jwt::tests {
namespace {

boost::system::error_code const accepted;

/// A set of HS256 keys named after these letters, the first signs.
std::shared_ptr<key_set const> keys(std::string_view letters)
{
    std::string entries;
    for (auto letter : letters)
        entries += (entries.empty() ? "" : ",") +
                   (R"({"kty":"oct","alg":"HS256","kid":")" + std::string(1, letter)) + R"(","k":")" +
                   encoded(std::string(32, letter)) + "\"}";
    return keys_from(R"({"keys":[)" + entries + "]}");
}

/// A good token of this key, whose header names it or not.
std::string token_by(char letter, std::string_view header)
{
    auto const input = encoded(header) + '.' + encoded(good_payload);
    return input + '.' + encoded(mac_of(input, std::string(32, letter)));
}

std::string token_by(char letter)
{
    return token_by(letter, R"({"alg":"HS256","kid":")" + std::string(1, letter) + R"(","typ":"JWT"})");
}

claims good_claims()
{
    return {
        .issued_at = 1'800'000'000,
        .id = "j",
        .type = "access",
        .subject = "a",
        .expires_at = 1'800'000'001,
        .session = "s",
    };
}

boost::system::error_code answer(verifier& one, std::string_view token)
{
    return refusal(one.verify(token, now));
}

void replace_often(key_ring& ring)
{
    auto const same = ring.current();
    for (int i = 0; i < 100'000; ++i) ring.replace(same);
}

BOOST_AUTO_TEST_SUITE(jwt_key_ring)

BOOST_AUTO_TEST_CASE(holds_the_set_that_was_put_last)
{
    key_ring ring{keys("a")};
    BOOST_TEST(ring.current()->signing_key().id == "a");
    auto const next = keys("ba");
    ring.replace(next);
    BOOST_TEST(ring.current() == next);
}

BOOST_AUTO_TEST_CASE(a_reader_moves_on_when_it_is_asked_and_says_whether_it_did)
{
    key_ring ring{keys("a")};
    key_ring::reader reader{ring};
    BOOST_TEST(!reader.advance());
    ring.replace(keys("b"));
    ring.replace(keys("c"));
    BOOST_TEST(reader.keys().signing_key().id == "a");
    BOOST_TEST(reader.advance());
    BOOST_TEST(reader.keys().signing_key().id == "c");
    BOOST_TEST(!reader.advance());
    BOOST_TEST(key_ring::reader{ring}.keys().signing_key().id == "c");
}

BOOST_AUTO_TEST_CASE(a_replaced_set_goes_when_its_last_reader_moves_on)
{
    auto old = keys("a");
    std::weak_ptr<key_set const> const watched = old;
    key_ring ring{std::move(old)};
    key_ring::reader reader{ring};
    ring.replace(keys("b"));
    BOOST_TEST(!watched.expired());
    reader.advance();
    BOOST_TEST(watched.expired());
}

BOOST_AUTO_TEST_CASE(a_signer_uses_the_new_key_from_the_next_call_on)
{
    key_ring ring{keys("a")};
    signer one{ring};
    verifier check{ring, {}};
    BOOST_TEST(check.verify(one.sign(good_claims()).value(), now).value().key_id() == "a");
    auto const mac_before = one.mac_of("text").value();

    ring.replace(keys("ba"));
    BOOST_TEST(check.verify(one.sign(good_claims()).value(), now).value().key_id() == "b");
    BOOST_TEST(one.key_id() == "b");
    BOOST_TEST((one.mac_of("text").value() != mac_before));
    BOOST_TEST(one.sign_json(good_payload).value() == token_by('b'));
}

BOOST_AUTO_TEST_CASE(a_retired_signing_key_verifies_as_long_as_it_is_in_the_ring)
{
    key_ring ring{keys("a")};
    verifier one{ring, {}};
    auto const old_token = signer{ring}.sign(good_claims()).value();
    for (auto const* letters : {"ba", "cba", "acb", "dcba"}) {
        ring.replace(keys(letters));
        BOOST_TEST(one.verify(old_token, now).value().key_id() == "a");
    }
}

BOOST_AUTO_TEST_CASE(the_token_of_a_removed_key_is_refused_at_the_very_next_call)
{
    key_ring ring{keys("ab")};
    verifier one{ring, {}};
    auto const by_kid = token_by('b');
    auto const of_first = token_by('a', good_header);
    BOOST_TEST(answer(one, by_kid) == accepted);
    BOOST_TEST(answer(one, of_first) == accepted);

    ring.replace(keys("c"));
    BOOST_TEST(answer(one, by_kid) == make_error_code(errc::unknown_key));
    BOOST_TEST(refusal(one.verify_signature(by_kid)) == make_error_code(errc::unknown_key));
    BOOST_TEST(answer(one, of_first) == make_error_code(errc::bad_signature));
    BOOST_TEST(answer(one, token_by('c')) == accepted);

    ring.replace(keys("ab"));
    BOOST_TEST(answer(one, by_kid) == accepted);
}

BOOST_AUTO_TEST_CASE(a_key_that_comes_back_with_other_bytes_does_not_verify_what_the_old_one_signed)
{
    key_ring ring{keys("a")};
    verifier one{ring, {}};
    BOOST_TEST(answer(one, token_by('a')) == accepted);
    ring.replace(keys_from(make_key_set_json(algorithm::hs256, "a", std::string(32, 'x'))));
    BOOST_TEST(answer(one, token_by('a')) == make_error_code(errc::bad_signature));
    ring.replace(keys_from(make_key_set_json(algorithm::hs512, "a", std::string(64, 'x'))));
    BOOST_TEST(answer(one, token_by('a')) == make_error_code(errc::wrong_algorithm));
}

BOOST_AUTO_TEST_CASE(verifiers_and_signers_outlive_their_ring)
{
    std::optional<key_ring> ring{keys("a")};
    verifier current{*ring, {}};
    verifier behind{*ring, {}};
    ring->replace(keys("b"));
    signer one{*ring};
    BOOST_TEST(answer(current, token_by('b')) == accepted);
    ring.reset();
    BOOST_TEST(answer(current, one.sign(good_claims()).value()) == accepted);
    BOOST_TEST(answer(behind, token_by('b')) == accepted);
    BOOST_TEST(answer(behind, token_by('a')) == make_error_code(errc::unknown_key));
}

BOOST_AUTO_TEST_CASE(copies_follow_the_ring_each_for_itself)
{
    key_ring ring{keys("a")};
    verifier first{ring, {}};
    signer one{ring};
    auto second = first;
    auto other = one;
    ring.replace(keys("b"));
    BOOST_TEST(answer(first, token_by('b')) == accepted);
    BOOST_TEST(answer(second, token_by('a')) == make_error_code(errc::unknown_key));
    BOOST_TEST(answer(second, other.sign(good_claims()).value()) == accepted);
    BOOST_TEST(one.key_id() == "b");
}

BOOST_AUTO_TEST_CASE(what_never_moved_on_goes_away_without_exhausting_the_stack)
{
    key_ring ring{keys("a")};
    std::optional<verifier> never{std::in_place, ring, policy{}};
    std::optional<signer> neither{ring};
    std::optional<key_ring::reader> reader{ring};
    replace_often(ring);
    never.reset();
    neither.reset();
    reader.reset();
    BOOST_TEST(ring.current()->signing_key().id == "a");
}

BOOST_AUTO_TEST_CASE(the_ring_may_go_before_those_who_never_moved_on)
{
    std::optional<key_ring> ring{keys("a")};
    std::optional<key_ring::reader> early{*ring};
    replace_often(*ring);
    std::optional<key_ring::reader> late{*ring};
    replace_often(*ring);
    ring.reset();
    early.reset();
    late.reset();
}

BOOST_AUTO_TEST_CASE(assigning_to_what_never_moved_on_does_not_exhaust_the_stack)
{
    key_ring ring{keys("a")};
    verifier copied_to{ring, {}};
    verifier moved_to{ring, {}};
    key_ring::reader reader{ring};
    replace_often(ring);
    verifier const fresh{ring, {}};
    copied_to = fresh;
    moved_to = verifier{ring, {}};
    reader = key_ring::reader{ring};
    BOOST_TEST(answer(copied_to, token_by('a')) == accepted);
    BOOST_TEST(answer(moved_to, token_by('a')) == accepted);
    BOOST_TEST(!reader.advance());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
