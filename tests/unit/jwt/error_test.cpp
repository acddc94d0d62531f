#include "jwtgate/jwt/error.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>

namespace jwtgate::jwt {
namespace {

BOOST_AUTO_TEST_SUITE(jwt_error)

BOOST_AUTO_TEST_CASE(each_value_has_a_message_of_its_own)
{
    std::set<std::string> messages;
    auto const last = static_cast<int>(errc::crypto_failure);
    for (int value = 1; value <= last; ++value) messages.insert(error_category().message(value));
    BOOST_TEST(messages.size() == static_cast<std::size_t>(last));
    BOOST_TEST(messages.count(error_category().message(last + 1)) == 0U);
}

BOOST_AUTO_TEST_CASE(a_value_converts_to_a_code_of_the_category)
{
    boost::system::error_code const code = errc::expired;
    BOOST_TEST(code.failed());
    BOOST_TEST(code.to_string() == "jwtgate.jwt:" + std::to_string(static_cast<int>(errc::expired)));
    BOOST_TEST(code.what().find("the token has expired") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt
