#include "jwtgate/jwt/key_set.hpp"

#include "tokens.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace jwtgate::jwt::tests {
namespace {

std::string const k32(43, 'A');

std::string set_of(std::string const& keys)
{
    return R"({"keys":[)" + keys + "]}";
}

std::string jwk(std::string const& id, std::string const& more)
{
    return R"({"kty":"oct","alg":"HS256","kid":")" + id + R"(","k":")" + k32 + '"' + more + '}';
}

BOOST_AUTO_TEST_SUITE(jwt_key_set)

BOOST_AUTO_TEST_CASE(reads_what_it_writes)
{
    for (auto alg : {algorithm::hs256, algorithm::hs384, algorithm::hs512}) {
        std::string const secret(mac_size(alg), 's');
        auto const set = key_set::parse(make_key_set_json(alg, "a \"kid\"\n", secret));
        BOOST_REQUIRE(set.has_value());
        BOOST_TEST(set->keys().size() == 1U);
        BOOST_TEST(set->signing_key().id == "a \"kid\"\n");
        BOOST_TEST((set->signing_key().hmac.alg() == alg));
        auto hmac = set->signing_key().hmac;
        BOOST_TEST(hmac.verify("text", mac_of("text", secret, alg)));
    }
}

BOOST_AUTO_TEST_CASE(the_first_key_signs_and_all_are_found_by_their_exact_id)
{
    auto const set = key_set::parse(set_of(jwk("b", "") + ',' + jwk("a", R"(,"use":"sig","x":[{}])")));
    BOOST_REQUIRE(set.has_value());
    BOOST_TEST(set->signing_key().id == "b");
    BOOST_TEST(set->find("a") == &set->keys()[1]);
    for (auto id : {"", "A", "a ", "ab"}) BOOST_TEST(set->find(id) == nullptr);
}

BOOST_AUTO_TEST_CASE(reads_the_key_of_rfc_7520_4_4)
{
    auto const example = vector("rfc7520_4_4.json");
    auto const set = key_set::parse(set_of(boost::json::serialize(example.at("jwk"))));
    BOOST_REQUIRE(set.has_value());
    BOOST_TEST(set->signing_key().id == "018c0ae5-4d9b-471b-bfd6-eef314bc7037");
}

BOOST_AUTO_TEST_CASE(obeys_key_ops)
{
    BOOST_TEST(key_set::parse(set_of(jwk("a", R"(,"key_ops":["sign","verify"])"))).has_value());
    BOOST_TEST(key_set::parse(set_of(jwk("a", "") + ',' + jwk("b", R"(,"key_ops":["verify"])"))).has_value());
}

BOOST_AUTO_TEST_CASE(refuses_the_whole_set_and_says_which_key_and_why)
{
    struct row {
        std::string json;
        errc code;
        std::string detail;
    };

    std::vector<row> const cases{
        {"", errc::bad_json, "not a strict JSON object"},
        {"[]", errc::bad_json, "not a strict JSON object"},
        {R"({"keys":[]} x)", errc::bad_json, "not a strict JSON object"},
        {"-----BEGIN PUBLIC KEY-----", errc::bad_json, "not a strict JSON object"},
        {"{}", errc::bad_key_set, "keys is not a list of keys"},
        {set_of(""), errc::bad_key_set, "keys is not a list of keys"},
        {R"({"keys":{}})", errc::bad_key_set, "keys is not a list of keys"},
        {set_of(jwk("a", "") + ",1"), errc::bad_key_set, "keys is not a list of keys"},
        {jwk("a", ""), errc::bad_key_set, "keys is not a list of keys"},
        {R"({"keys":[],"keys":[]})", errc::duplicate_name, "a name occurs twice in a JSON object"},
        {set_of(jwk("a", R"(,"k":"")")), errc::duplicate_name, "a name occurs twice in a JSON object"},
        {set_of(jwk("a", "") + ',' + jwk("a", "")),
         errc::duplicate_key_id,
         R"(key "a": its kid occurs twice)"},
        {set_of(R"({"kty":"oct"})"), errc::bad_key_set, "key 1: kid is not a string of 1 to 128 bytes"},
        {set_of(jwk("a", "") + R"(,{"kid":2})"),
         errc::bad_key_set,
         "key 2: kid is not a string of 1 to 128 bytes"},
        {set_of(jwk("", "")), errc::bad_key_set, "key 1: kid is not a string of 1 to 128 bytes"},
        {set_of(jwk(std::string(129, 'a'), "")),
         errc::bad_key_set,
         "key 1: kid is not a string of 1 to 128 bytes"},
        {set_of(R"({"kid":"a\nb"})"), errc::bad_key_set, R"(key "a\u000ab": kty is not oct)"},
        {set_of(R"({"kid":"a","kty":"RSA"})"), errc::bad_key_set, R"(key "a": kty is not oct)"},
        {set_of(jwk("a", R"(,"use":"enc")")), errc::bad_key_set, R"(key "a": use is not sig)"},
        {set_of(jwk("a", R"(,"use":null)")), errc::bad_key_set, R"(key "a": use is not sig)"},
        {set_of(jwk("a", R"(,"key_ops":["sign"])")),
         errc::bad_key_set,
         R"(key "a": key_ops does not hold verify)"},
        {set_of(jwk("a", R"(,"key_ops":"verify")")),
         errc::bad_key_set,
         R"(key "a": key_ops does not hold verify)"},
        {set_of(jwk("a", R"(,"key_ops":["verify"])")),
         errc::bad_key_set,
         R"(key "a": it comes first, but key_ops does not hold sign)"},
        {set_of(R"({"kid":"a","kty":"oct"})"),
         errc::bad_key_set,
         R"(key "a": alg is not HS256, HS384 or HS512)"},
        {set_of(R"({"kid":"a","kty":"oct","alg":"RS256"})"),
         errc::bad_key_set,
         R"(key "a": alg is not HS256, HS384 or HS512)"},
        {set_of(R"({"kid":"a","kty":"oct","alg":"HS256"})"),
         errc::bad_key_set,
         R"(key "a": k is not a string)"},
        {set_of(R"({"kid":"a","kty":"oct","alg":"HS256","k":1})"),
         errc::bad_key_set,
         R"(key "a": k is not a string)"},
        {set_of(R"({"kid":"a","kty":"oct","alg":"HS256","k":"AA=="})"),
         errc::bad_base64url,
         R"(key "a": k is not strict base64url)"},
        {set_of(R"({"kid":"a","kty":"oct","alg":"HS256","k":""})"),
         errc::key_too_short,
         R"(key "a": k has 0 bytes, HS256 needs 32)"},
        {set_of(R"({"kid":"a","kty":"oct","alg":"HS512","k":")" + k32 + R"("})"),
         errc::key_too_short,
         R"(key "a": k has 32 bytes, HS512 needs 64)"},
        {std::string(17, '['), errc::bad_json, "not a strict JSON object"},
        {R"({"a":)" + std::string(16, '['), errc::too_deep, "the JSON is nested too deeply"},
    };

    for (auto const& c : cases) {
        BOOST_TEST_CONTEXT(c.json)
        {
            auto const set = key_set::parse(c.json);
            BOOST_REQUIRE(!set.has_value());
            BOOST_TEST(set.error().code == c.code);
            BOOST_TEST(set.error().detail == c.detail);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_value_of_a_refused_set_is_an_exception_that_says_why)
{
    BOOST_CHECK_EXCEPTION(
        key_set::parse(make_key_set_json(algorithm::hs512, "short", secret)).value(),
        boost::system::system_error,
        [](auto const& thrown) {
            return thrown.code() == errc::key_too_short &&
                   std::string_view{thrown.what()}.find("key \"short\"") != std::string_view::npos;
        }
    );
}

BOOST_AUTO_TEST_CASE(a_copy_of_the_set_has_keys_of_its_own)
{
    auto set = *one_key();
    auto const copies = std::vector<key_set>(2, set);
    set = copies.front();
    auto original_key = set.signing_key().hmac;
    auto copied_key = copies.back().signing_key().hmac;
    BOOST_TEST((original_key.sign("text").value() == copied_key.sign("text").value()));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
