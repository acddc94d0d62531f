#include "auth/error.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>

namespace {

using namespace jwtgate;

constexpr int last_code = static_cast<int>(auth::errc::password_unchanged);

}  // namespace

BOOST_AUTO_TEST_SUITE(auth_error)

BOOST_AUTO_TEST_CASE(every_reason_has_a_text_of_its_own)
{
    std::set<std::string> texts{auth::error_category().message(0)};
    for (int code = 1; code <= last_code; ++code) {
        BOOST_TEST(texts.insert(auth::error_category().message(code)).second, "code " << code);
    }
    BOOST_TEST(auth::error_category().message(last_code + 1) == "unknown error");
}

BOOST_AUTO_TEST_CASE(a_code_belongs_to_its_category)
{
    boost::system::error_code const code = auth::errc::busy;
    BOOST_TEST(code.category().name() == "jwtgate.auth");
    BOOST_TEST((code == auth::errc::busy));
    BOOST_TEST((code != auth::errc::token_revoked));
}

BOOST_AUTO_TEST_SUITE_END()
