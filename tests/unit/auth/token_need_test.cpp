#include "auth/token_need.hpp"

#include "auth/error.hpp"
#include "auth/revocation/revocation_index.hpp"
#include <jwtgate/jwt/error.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace jwtgate;
using namespace jwtgate::auth;

namespace {

struct a_token {
    revocation_index revoked;
    jwt::claims said;

    a_token()
    {
        said.type = "access";
        said.fresh = true;
        said.subject = "ann";
        said.session = "sid";
        said.issued_at = 100;
        said.roles.emplace();
        said.roles->push_back("admin");
        said.roles->push_back("dev");
    }

    core::error_code refusal(token_need const& needed) const { return check(said, needed, revoked).error(); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(auth_token_need, a_token)

BOOST_AUTO_TEST_CASE(each_type_counts_for_its_own_purpose_only)
{
    BOOST_TEST(!refusal({.type = token_type::access}));
    BOOST_TEST((refusal({.type = token_type::refresh}) == errc::refresh_required));
    said.type = "refresh";
    BOOST_TEST((refusal({.type = token_type::access}) == errc::access_required));
    BOOST_TEST((refusal({.type = token_type::refresh}) == jwt::errc::missing_claim));
    said.counter = 1;
    BOOST_TEST(!refusal({.type = token_type::refresh}));
}

BOOST_AUTO_TEST_CASE(a_revoked_session_or_user_is_told_before_anything_less)
{
    std::vector<std::string> const roles{"nobody"};
    revoked.end("another");
    revoked.cut_off("ann", std::chrono::sys_seconds{std::chrono::seconds{100}});
    BOOST_TEST(!refusal({}));
    revoked.cut_off("ann", std::chrono::sys_seconds{std::chrono::seconds{101}});
    BOOST_TEST((refusal({.any_role = roles}) == errc::token_revoked));
    said.issued_at = 101;
    BOOST_TEST(!refusal({}));
    revoked.end("sid");
    BOOST_TEST((refusal({}) == errc::token_revoked));
}

BOOST_AUTO_TEST_CASE(freshness_is_needed_only_where_it_is_asked_for)
{
    for (auto const fresh : {std::optional<bool>{false}, std::optional<bool>{}}) {
        said.fresh = fresh;
        BOOST_TEST(!refusal({}));
        BOOST_TEST((refusal({.is_fresh = true}) == errc::fresh_required));
    }
    said.fresh = true;
    BOOST_TEST(!refusal({.is_fresh = true}));
}

BOOST_AUTO_TEST_CASE(one_of_the_roles_will_do)
{
    using roles = std::vector<std::string>;
    for (auto const& needed : {roles{}, {"admin"}, {"dev"}, {"boss", "dev"}})
        BOOST_TEST(!refusal({.any_role = needed}));
    for (auto const& needed : {roles{"boss"}, {"Admin"}, {"admin "}, {""}, {"adm", "devs"}})
        BOOST_TEST((refusal({.any_role = needed}) == errc::role_missing));
    said.roles.reset();
    BOOST_TEST(!refusal({}));
    BOOST_TEST((refusal({.any_role = roles{"admin"}}) == errc::role_missing));
}

BOOST_AUTO_TEST_CASE(both_lists_of_roles_have_to_be_satisfied)
{
    using roles = std::vector<std::string>;
    roles const dev{"dev"};
    roles const boss{"boss"};
    BOOST_TEST(!refusal({.any_role = dev, .and_any_role = dev}));
    BOOST_TEST(!refusal({.and_any_role = dev}));
    BOOST_TEST((refusal({.any_role = dev, .and_any_role = boss}) == errc::role_missing));
    BOOST_TEST((refusal({.any_role = boss, .and_any_role = dev}) == errc::role_missing));
    BOOST_TEST((refusal({.and_any_role = boss}) == errc::role_missing));
}

BOOST_AUTO_TEST_SUITE_END()
