#include "auth/outcome.hpp"

#include "auth/error.hpp"
#include <jwtgate/jwt/error.hpp>

#include <boost/test/unit_test.hpp>

namespace {

using namespace jwtgate;

struct row {
    core::error_code why;
    std::string_view word;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(auth_outcome)

BOOST_AUTO_TEST_CASE(every_reason_has_its_word)
{
    using auth::errc;
    for (auto const& [why, word] : {
             row{{}, "ok"},
             row{errc::bad_credentials, "bad_credentials"},
             row{errc::too_many_failures, "too_many_failures"},
             row{errc::busy, "busy"},
             row{errc::token_reused, "reused"},
             row{errc::counter_ahead, "counter_ahead"},
             row{errc::unusable_session, "unusable_session"},
             row{errc::token_revoked, "token_revoked"},
             row{errc::no_such_session, "no_such_session"},
             row{jwt::errc::expired, "expired"},
             row{jwt::errc::not_yet_valid, "not_yet_valid"},
             row{errc::password_too_short, "failed"},
             row{jwt::errc::malformed, "failed"},
         }) {
        BOOST_TEST(auth::word(auth::outcome_of(why)) == word);
    }
}

BOOST_AUTO_TEST_SUITE_END()
