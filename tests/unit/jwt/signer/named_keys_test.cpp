#include "unit/jwt/tokens.hpp"
#include <jwtgate/jwt/key_ring.hpp>
#include <jwtgate/jwt/signer.hpp>
#include <jwtgate/jwt/verifier.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

namespace jwtgate::jwt::tests {
namespace {

struct named_key {
    std::string id;
    algorithm alg;
};

named_key const old_key{"old", algorithm::hs512};
named_key const new_key{"new", algorithm::hs256};
named_key const other_key{R"(a "quoted" kid)", algorithm::hs384};

std::string secret_of(named_key const& key)
{
    return std::string(64, key.id.front());
}

std::shared_ptr<key_set const> set_of(std::vector<named_key> const& keys)
{
    boost::json::array entries;
    for (auto const& key : keys)
        entries.push_back(
            {{"kty", "oct"}, {"kid", key.id}, {"alg", name(key.alg)}, {"k", encoded(secret_of(key))}}
        );
    return keys_from(boost::json::serialize(boost::json::object{{"keys", std::move(entries)}}));
}

claims some_claims()
{
    return {
        .issued_at = 1'800'000'000,
        .id = "j",
        .type = "refresh",
        .subject = "a",
        .expires_at = 1'800'000'001,
        .session = "s",
    };
}

std::string mac_by(named_key const& key, std::string_view text)
{
    return mac_of(text, secret_of(key), key.alg);
}

std::string mac_with(signer& one, named_key const& key, std::string_view text)
{
    auto const code = one.mac_with(key.id, text).value();
    return std::string{mac_bytes(code, key.alg)};
}

BOOST_AUTO_TEST_SUITE(jwt_signer_named_keys)

BOOST_AUTO_TEST_CASE(the_named_key_makes_the_token_that_it_makes_when_it_comes_first)
{
    std::vector const all{new_key, old_key, other_key};
    signer one{set_of(all)};
    for (auto const& key : all) BOOST_TEST_CONTEXT(key.id)
        {
            auto const token = one.sign_with(key.id, some_claims()).value();
            BOOST_TEST(token == signer{set_of({key})}.sign(some_claims()).value());
            BOOST_TEST(verifier(set_of(all), {}).verify(token, now).value().key_id() == key.id);
            BOOST_TEST(mac_with(one, key, "text") == mac_by(key, "text"));
        }
}

BOOST_AUTO_TEST_CASE(naming_a_key_changes_nothing_for_the_key_that_signs)
{
    signer one{set_of({new_key, old_key})};
    auto const token = one.sign(some_claims()).value();
    auto const mac = one.mac_of("text").value();
    for (auto const& key : {old_key, new_key, old_key}) {
        one.sign_with(key.id, some_claims()).value();
        one.mac_with(key.id, "text").value();
        BOOST_TEST(one.sign(some_claims()).value() == token);
        BOOST_TEST((one.mac_of("text").value() == mac));
        BOOST_TEST(one.key_id() == new_key.id);
    }
}

BOOST_AUTO_TEST_CASE(the_token_stays_the_same_while_the_keys_take_turns_in_signing)
{
    key_ring ring{set_of({old_key, new_key})};
    signer one{ring};
    auto const token = one.sign(some_claims()).value();
    auto const mac = mac_with(one, old_key, "jti");
    for (int turn = 0; turn < 180; ++turn) {
        bool const is_old_first = turn % 2 == 1;
        ring.replace(is_old_first ? set_of({old_key, new_key}) : set_of({new_key, old_key}));
        BOOST_TEST(one.sign_with("old", some_claims()).value() == token);
        BOOST_TEST(mac_with(one, old_key, "jti") == mac);
        BOOST_TEST(one.key_id() == (is_old_first ? "old" : "new"));
    }
}

BOOST_AUTO_TEST_CASE(a_key_that_is_not_in_the_ring_signs_nothing)
{
    key_ring ring{set_of({new_key, old_key})};
    signer one{ring};
    for (auto const* id : {"", "ol", "olds", "OLD", "old ", "new\n", "0"}) {
        BOOST_TEST(refusal(one.sign_with(id, some_claims())) == make_error_code(errc::unknown_key), id);
        BOOST_TEST(refusal(one.mac_with(id, "text")) == make_error_code(errc::unknown_key), id);
    }

    ring.replace(set_of({new_key}));
    BOOST_TEST(refusal(one.sign_with("old", some_claims())) == make_error_code(errc::unknown_key));
    BOOST_TEST(refusal(one.mac_with("old", "text")) == make_error_code(errc::unknown_key));
    ring.replace(set_of({new_key, old_key}));
    BOOST_TEST(one.sign_with("old", some_claims()).has_value());
}

BOOST_AUTO_TEST_CASE(a_key_that_comes_back_with_other_bytes_signs_with_these)
{
    key_ring ring{set_of({new_key, old_key})};
    signer one{ring};
    auto const before = one.sign_with("old", some_claims()).value();
    named_key const changed{"old", algorithm::hs256};
    ring.replace(set_of({new_key, changed}));
    auto const after = one.sign_with("old", some_claims()).value();
    BOOST_TEST(after != before);
    BOOST_TEST(after == signer{set_of({changed})}.sign(some_claims()).value());
}

BOOST_AUTO_TEST_CASE(memory_that_does_not_hold_the_token_is_refused_by_the_size_that_this_key_needs)
{
    signer one{set_of({new_key, old_key})};
    std::array<char, 1024> memory;
    for (auto const* id : {"new", "old"}) {
        auto const size = one.sign_with(id, some_claims(), memory).value();
        BOOST_TEST(one.sign_with(id, some_claims(), {memory.data(), size}).value() == size);
        BOOST_TEST(
            refusal(one.sign_with(id, some_claims(), {memory.data(), size - 1})) ==
            make_error_code(errc::buffer_too_small)
        );
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
