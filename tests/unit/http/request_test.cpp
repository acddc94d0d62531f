#include "http/request.hpp"

#include <boost/test/unit_test.hpp>

#include <array>

namespace {

using namespace jwtgate::http;

}  // namespace

BOOST_AUTO_TEST_SUITE(http_request)

BOOST_AUTO_TEST_CASE(names_fold_ascii_letters_only)
{
    BOOST_TEST(same_name("X-CSRF-TOKEN", "x-csrf-token"));
    BOOST_TEST(same_name("", ""));
    BOOST_TEST(!same_name("Host", "Hos"));
    BOOST_TEST(!same_name("a[", "a{"));  // 0x5b and 0x7b differ by the bit that folds letters
    BOOST_TEST(!same_name("\xc4", "\xe4"));
}

BOOST_AUTO_TEST_CASE(find_takes_the_first_field_of_a_name)
{
    constexpr std::array<field, 3> fields{{{"Cookie", "a"}, {"X", ""}, {"cookie", "b"}}};
    request const req{.fields = fields};

    BOOST_TEST(req.find("COOKIE") == "a");
    BOOST_TEST(req.count("cookie") == 2U);
    BOOST_TEST(req.count("Host") == 0U);
}

BOOST_AUTO_TEST_CASE(an_empty_field_differs_from_none)
{
    constexpr std::array<field, 1> fields{{{"X", ""}}};
    request const req{.fields = fields};

    BOOST_TEST(req.find("x").data() != nullptr);
    BOOST_TEST(req.find("y").data() == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
