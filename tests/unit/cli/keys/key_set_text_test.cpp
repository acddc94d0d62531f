#include "cli/keys/key_set_text.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace jwtgate::cli;

namespace {

std::string jwk(std::string const& kid, std::string const& more = "")
{
    return R"({"kty":"oct","alg":"HS256","k":")" + std::string(43, 'A') + R"(","kid":")" + kid + '"' + more +
           '}';
}

std::string set_of(std::string const& keys)
{
    return R"({"keys":[)" + keys + "]}";
}

std::string text_of(changed_key_set const& changed)
{
    return changed ? std::string((*changed).reveal()) : "refused: " + changed.error().line();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cli_keys_key_set_text)

BOOST_AUTO_TEST_CASE(a_key_is_appended_last)
{
    BOOST_TEST(
        text_of(append_keys(set_of(jwk("a")), set_of(jwk("b")) + "\n")) == set_of(jwk("a") + "," + jwk("b"))
    );
}

BOOST_AUTO_TEST_CASE(a_key_is_put_first_and_the_others_keep_their_order)
{
    auto const text = set_of(jwk("a") + "," + jwk("b") + "," + jwk("c"));
    BOOST_TEST(text_of(put_key_first(text, "c")) == set_of(jwk("c") + "," + jwk("a") + "," + jwk("b")));
    BOOST_TEST(text_of(put_key_first(text, "b")) == set_of(jwk("b") + "," + jwk("a") + "," + jwk("c")));
    BOOST_TEST(text_of(put_key_first(text, "a")) == text);
}

BOOST_AUTO_TEST_CASE(a_key_is_taken_out)
{
    auto const text = set_of(jwk("a") + "," + jwk("b") + "," + jwk("c"));
    BOOST_TEST(text_of(take_out_key(text, "b")) == set_of(jwk("a") + "," + jwk("c")));
    BOOST_TEST(text_of(take_out_key(text, "c")) == set_of(jwk("a") + "," + jwk("b")));
}

BOOST_AUTO_TEST_CASE(what_the_change_is_not_about_stays_as_it_is_written)
{
    auto const a = jwk("a", R"(, "x" : [1.0, 1e400, 12345678901234567890123, "\u0041"], "x5t": {"k":[]})");
    auto const b = jwk("b");
    auto const text = "{ \"note\": \"],\\\"\",\n  \"\\u006beys\": [\n    " + a + ",\n    " + b +
                      "\n  ],\n  \"v\": 1.50\n}\n";
    auto const swapped = "{ \"note\": \"],\\\"\",\n  \"\\u006beys\": [\n    " + b + ",\n    " + a +
                         "\n  ],\n  \"v\": 1.50\n}\n";
    BOOST_TEST(text_of(put_key_first(text, "b")) == swapped);
    BOOST_TEST(text_of(put_key_first(swapped, "a")) == text);
    BOOST_TEST(text_of(take_out_key(append_keys(text, set_of(jwk("c")))->reveal(), "c")) == text);
}

BOOST_AUTO_TEST_CASE(a_kid_is_compared_unescaped)
{
    auto const text = set_of(jwk("a") + "," + jwk(R"(\u00e9\"\n)"));
    BOOST_TEST(text_of(put_key_first(text, "\xc3\xa9\"\n")) == set_of(jwk(R"(\u00e9\"\n)") + "," + jwk("a")));
    BOOST_TEST(text_of(put_key_first(text, R"(\u00e9\"\n)")).starts_with("refused: no key "));
}

BOOST_AUTO_TEST_CASE(refusals_say_why)
{
    auto const text = set_of(jwk("a") + "," + jwk("b", R"(,"key_ops":["verify"])"));
    BOOST_TEST(text_of(put_key_first(text, "A")) == "refused: no key \"A\" in the key file");
    BOOST_TEST(
        text_of(take_out_key(text, "\x1b[31m\xff")) == R"(refused: no key "\u001b[31m\xff" in the key file)"
    );
    BOOST_TEST(text_of(take_out_key(text, "a")) == "refused: key \"a\" signs: use another one first");
    BOOST_TEST(
        text_of(put_key_first(text, "b")) ==
        "refused: key \"b\": it comes first, but key_ops does not hold sign"
    );
    BOOST_TEST(text_of(append_keys(text, set_of(jwk("b")))) == "refused: key \"b\": its kid occurs twice");
}

BOOST_AUTO_TEST_SUITE_END()
