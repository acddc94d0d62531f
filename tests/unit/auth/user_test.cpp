#include "auth/user.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using jwtgate::auth::fold_user_name;

BOOST_AUTO_TEST_SUITE(auth_user)

BOOST_AUTO_TEST_CASE(folds_a_name_to_lower_case)
{
    struct row {
        std::string given;
        std::string name;
    };

    for (auto const& [given, name] : {
             row{"a", "a"},
             row{"9lives", "9lives"},
             row{"Admin", "admin"},
             row{"ZOE.Q_x@Example-1.ORG+tag", "zoe.q_x@example-1.org+tag"},
             row{std::string(64, 'A'), std::string(64, 'a')},
         }) {
        BOOST_TEST(fold_user_name(given).value() == name);
    }
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_name)
{
    for (std::string const given : {
             "",
             ".a",
             "_a",
             "@a",
             "+a",
             "-a",
             " a",
             "a ",
             "a b",
             "a/b",
             "a,b",
             "a\n",
             "a:b",
             "\xc3\xa4",
             "a\xc3\xa4",
             "\xe2\x84\xaa"  // KELVIN SIGN, which Unicode folds to k
         }) {
        BOOST_TEST_CONTEXT(given) BOOST_TEST(!fold_user_name(given).has_value());
    }
    BOOST_TEST(!fold_user_name(std::string(65, 'a')).has_value());
    BOOST_TEST(!fold_user_name(std::string("a\0b", 3)).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
