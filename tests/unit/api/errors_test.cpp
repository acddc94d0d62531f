#include "api/errors.hpp"

#include "auth/error.hpp"
#include <jwtgate/jwt/error.hpp>

#include <boost/test/unit_test.hpp>

namespace jwtgate::api {

BOOST_AUTO_TEST_SUITE(api_errors)

BOOST_AUTO_TEST_CASE(every_reason_of_a_token_has_a_row)
{
    for (int value = 1; value <= static_cast<int>(jwt::errc::wrong_audience); ++value) {
        BOOST_TEST_CONTEXT(value) BOOST_TEST(describe(static_cast<jwt::errc>(value)).status == 401U);
    }
}

BOOST_AUTO_TEST_CASE(every_reason_of_the_domain_has_a_row)
{
    for (int value = 1; value <= static_cast<int>(auth::errc::password_unchanged); ++value) {
        auto const why = static_cast<auth::errc>(value);
        BOOST_TEST_CONTEXT(value) BOOST_TEST(describe(why).status != 500U);
    }
}

BOOST_AUTO_TEST_CASE(only_a_password_that_is_too_short_is_explained_by_a_number)
{
    using a = auth::errc;
    BOOST_TEST(
        explain(a::password_too_short, 12) == "Password is too short: it needs at least 12 characters"
    );
    for (auto const why :
         {a::password_too_long,
          a::password_not_text,
          a::password_has_control,
          a::password_too_common,
          a::busy})
        BOOST_TEST(explain(why, 12) == describe(why).message);
}

BOOST_AUTO_TEST_CASE(every_reason_of_the_api_has_a_row)
{
    for (int value = 1; value <= static_cast<int>(errc::method_not_allowed); ++value) {
        BOOST_TEST_CONTEXT(value) BOOST_TEST(describe(static_cast<errc>(value)).status != 500U);
    }
}

BOOST_AUTO_TEST_CASE(what_is_unknown_tells_nothing)
{
    auto const shown = describe(make_error_code(boost::system::errc::no_space_on_device));
    BOOST_TEST(shown.status == 500U);
    BOOST_TEST(shown.message == "Internal error");
    BOOST_TEST(shown.code == "internal");
}

BOOST_AUTO_TEST_CASE(the_server_s_own_refusals_have_the_status_of_their_rfc)
{
    using http::refusal;
    BOOST_TEST(describe(refusal::malformed).status == 400U);
    BOOST_TEST(describe(refusal::timed_out).status == 408U);
    BOOST_TEST(describe(refusal::length_required).status == 411U);
    BOOST_TEST(describe(refusal::body_too_large).status == 413U);
    BOOST_TEST(describe(refusal::target_too_large).status == 414U);
    BOOST_TEST(describe(refusal::header_too_large).status == 431U);
    BOOST_TEST(describe(refusal::failed).status == 500U);
    BOOST_TEST(describe(refusal::unsupported_version).status == 505U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
