#include "unit/jwt/tokens.hpp"
#include <jwtgate/jwt/key_ring.hpp>
#include <jwtgate/jwt/verifier.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

namespace jwtgate::jwt::tests {
namespace {

using namespace std::chrono_literals;

policy remembering()
{
    return {.remembered_texts = 8};
}

BOOST_AUTO_TEST_SUITE(jwt_verifier_remembered_texts)

BOOST_AUTO_TEST_CASE(says_the_same_of_a_text_that_it_remembers)
{
    verifier one{one_key(), remembering()};
    auto const token = signed_token(good_header, good_payload);
    auto const first = one.verify(token, now);
    auto const again = one.verify(token, now);
    BOOST_TEST_REQUIRE(first.has_value());
    BOOST_TEST_REQUIRE(again.has_value());
    BOOST_TEST(again->claims().subject == first->claims().subject);
    BOOST_TEST(again->claims().session == first->claims().session);
    BOOST_TEST(again->key_id() == key_id);
}

BOOST_AUTO_TEST_CASE(a_remembered_text_expires_like_any_other)
{
    verifier one{one_key(), remembering()};
    auto const token = signed_token(good_header, good_payload);
    auto const end = one.verify(token, now)->claims().expires_at.value();
    BOOST_TEST(
        refusal(one.verify(token, std::chrono::sys_seconds{std::chrono::seconds{end}})) ==
        make_error_code(errc::expired)
    );
    BOOST_TEST(refusal(one.verify(token, now)) == boost::system::error_code{});
}

BOOST_AUTO_TEST_CASE(a_change_of_one_character_is_still_seen)
{
    verifier one{one_key(), remembering()};
    auto const token = signed_token(good_header, good_payload);
    BOOST_TEST(one.verify(token, now).has_value());
    for (std::size_t place = 0; place < token.size(); ++place) {
        auto other = token;
        other[place] = other[place] == 'A' ? 'B' : 'A';
        BOOST_TEST(!one.verify(other, now).has_value(), place);
    }
}

BOOST_AUTO_TEST_CASE(no_text_outlives_its_key)
{
    key_ring ring{one_key()};
    verifier one{ring, remembering()};
    auto const token = signed_token(good_header, good_payload);
    BOOST_TEST(one.verify(token, now).has_value());
    ring.replace(keys_from(make_key_set_json(algorithm::hs256, key_id, std::string(32, 'x'))));
    BOOST_TEST(refusal(one.verify(token, now)) == make_error_code(errc::bad_signature));
    ring.replace(one_key());
    BOOST_TEST(refusal(one.verify(token, now)) == boost::system::error_code{});
}

BOOST_AUTO_TEST_CASE(a_text_of_a_bad_signature_is_not_remembered)
{
    verifier one{one_key(), remembering()};
    auto const token = signed_token(good_header, good_payload);
    auto forged = token;
    forged.back() = forged.back() == 'A' ? 'E' : 'A';
    for (int round = 0; round < 3; ++round)
        BOOST_TEST(refusal(one.verify(forged, now)) == make_error_code(errc::bad_signature));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
