#include "cli/tokens/token_report.hpp"

#include <jwtgate/jwt/base64url.hpp>
#include <jwtgate/jwt/error.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

namespace jwtgate::cli {
namespace {

using namespace std::chrono_literals;
using jwt::errc;

constexpr std::chrono::sys_seconds now{1'700'000'000s};

std::string encode(std::string_view bytes)
{
    std::string text(jwt::base64url_encoded_size(bytes.size()), '\0');
    jwt::base64url_encode(bytes, text.data());
    return text;
}

std::string token(std::string_view payload, std::string_view header = R"({"alg":"HS256"})")
{
    return encode(header) + "." + encode(payload) + ".AAAA";
}

core::error_code const accepted;

std::string report(std::string_view of, core::error_code refused)
{
    return report_of({.token = of, .refused = refused, .demands = {}}, now);
}

bool holds(std::string const& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cli_tokens_token_report)

BOOST_AUTO_TEST_CASE(shows_header_claims_times_and_verdict)
{
    BOOST_TEST(
        report(
            token(R"({"type":"access", "x":[1.0, 2], "iat":1699999999,"exp":1700003599,"sxp":"never"})"),
            accepted
        ) ==
        R"(header: {
  "alg": "HS256"
}

claims: {
  "type": "access",
  "x": [1.0,2],
  "iat": 1699999999,
  "exp": 1700003599,
  "sxp": "never"
}

iat  2023-11-14 22:13:19 UTC, 1 second ago
exp  2023-11-14 23:13:19 UTC, 59 minutes from now
sxp  not whole seconds since 1970

would be accepted as "access" token, unless its session has ended
)"
    );
}

BOOST_AUTO_TEST_CASE(says_first_that_nothing_is_proved_without_a_good_signature)
{
    for (auto const why :
         {errc::malformed,
          errc::critical_header,
          errc::unencoded_payload,
          errc::wrong_algorithm,
          errc::unknown_key,
          errc::bad_signature}) {
        core::error_code const refused = why;
        auto const text = report(token("{}"), refused);
        BOOST_TEST(text.starts_with(
            "NOTHING OF THIS IS PROVED (" + refused.message() + "): anybody may have written it\n\n"
        ));
        BOOST_TEST(text.ends_with("\n\nwould be refused: " + refused.message() + "\n"));
    }
    for (auto const why :
         {errc::missing_claim, errc::expired, errc::wrong_audience, errc::number_out_of_range})
        BOOST_TEST(report(token("{}"), why).starts_with("header: "));
}

BOOST_AUTO_TEST_CASE(does_not_claim_who_wrote_what_no_one_could_read)
{
    for (auto const why : {errc::bad_base64url, errc::bad_json, errc::duplicate_name, errc::too_deep}) {
        core::error_code const refused = why;
        BOOST_TEST(report(token("{}"), refused)
                       .starts_with(
                           "NOTHING OF THIS IS PROVED (" + refused.message() +
                           "): who wrote it is not known\n\n"
                       ));
    }
}

BOOST_AUTO_TEST_CASE(only_tokens_of_a_type_that_a_server_takes_are_said_to_be_accepted)
{
    for (std::string_view const type : {R"("access")", R"("refresh")", R"("\u0061ccess")"})
        BOOST_TEST(
            holds(report(token("{\"type\":" + std::string(type) + "}"), accepted), "would be accepted as ")
        );
    BOOST_TEST(report(token(R"({"type":"foo"})"), accepted)
                   .ends_with("is good, but a server takes access and refresh tokens only, not \"foo\"\n"));
}

BOOST_AUTO_TEST_CASE(proved_is_what_came_past_the_signature)
{
    auto const proved = [](core::error_code refused) {
        return is_proved({.token = "", .refused = refused, .demands = {}});
    };
    for (auto const why :
         {errc::missing_claim,
          errc::wrong_claim_type,
          errc::number_out_of_range,
          errc::too_many_values,
          errc::expired,
          errc::not_yet_valid,
          errc::issued_in_future,
          errc::wrong_issuer,
          errc::wrong_audience})
        BOOST_TEST(proved(why), core::error_code(why));
    for (auto const why :
         {errc::too_large,
          errc::malformed,
          errc::bad_base64url,
          errc::bad_json,
          errc::duplicate_name,
          errc::too_deep,
          errc::critical_header,
          errc::unencoded_payload,
          errc::wrong_algorithm,
          errc::wrong_type_header,
          errc::unknown_key,
          errc::bad_signature,
          errc::crypto_failure})
        BOOST_TEST(!proved(why), core::error_code(why));
    BOOST_TEST(proved({}));
    BOOST_TEST(!proved({static_cast<int>(errc::expired), boost::system::generic_category()}));
}

BOOST_AUTO_TEST_CASE(missing_claims_are_named)
{
    jwt::policy const demands{.issuer = "i", .audience = "a"};
    auto const of = token(R"({"sub":"a","exp":1,"jti":"j"})");
    BOOST_TEST(
        reason_of({.token = of, .refused = errc::missing_claim, .demands = demands}) ==
        "a required claim is missing: iat, type, sid, iss, aud"
    );
    BOOST_TEST(
        reason_of({.token = of, .refused = errc::expired, .demands = demands}) == "the token has expired"
    );
}

BOOST_AUTO_TEST_CASE(nothing_in_it_acts_on_a_terminal)
{
    auto const payload = "{\"a\\u001b\xc2\x9b\":\"\xe2\x80\xae\x7f\\u0000\",\n\t\"type\" :\n\"\xc2\x9b\"}";
    auto const text = report(token(payload, "\x1b[31m\xff"), errc::bad_signature);
    BOOST_TEST(holds(text, R"(header: not JSON: \u001b[31m\xff)"));
    BOOST_TEST(holds(text, R"(  "a\u001b\u009b": "\u202e\u007f\u0000",)"));
    BOOST_TEST(holds(report(token(payload), accepted), R"(tokens only, not "\u009b")"));
    for (char const c : text) BOOST_TEST((c == '\n' || (c >= ' ' && c < 0x7f)));
}

BOOST_AUTO_TEST_CASE(shows_as_much_as_can_be_read)
{
    BOOST_TEST(holds(report("", errc::malformed), "header: none\n\nclaims: none\n"));
    BOOST_TEST(holds(report("a!.b", errc::malformed), "header: not base64url\n\nclaims: not base64url\n"));
    BOOST_TEST(holds(report(token("[1, 2]"), errc::bad_json), "claims: not an object: [1,2]\n"));
    BOOST_TEST(holds(report(token("{}"), errc::missing_claim), "claims: {}\n"));
    BOOST_TEST(holds(report(token(R"({"a":1,"a":2})"), errc::duplicate_name), "\"a\": 1,\n  \"a\": 2\n"));
    BOOST_TEST(holds(
        report(token(std::string(300, '?')), errc::bad_json), "not JSON: " + std::string(256, '?') + "\n"
    ));
    BOOST_TEST(
        report(std::string(9000, 'a'), errc::too_large) ==
        "NOTHING OF THIS IS PROVED (the token is too large): anybody may have written it\n\n"
        "would be refused: the token is too large\n"
    );
}

BOOST_AUTO_TEST_CASE(the_payload_is_handed_out_as_it_is_written)
{
    BOOST_TEST(payload_of(token("{ \"a\": 1.0 }")) == "{ \"a\": 1.0 }");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::cli
