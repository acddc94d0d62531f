#include "auth/account.hpp"

#include "unit/auth/one_user.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace jwtgate::auth {
namespace {

core::error_code because(errc reason)
{
    return reason;
}

struct three_sessions : one_user {
    account of_ann{domain.shared(), domain.keys};
    std::vector<std::string> access;
    std::vector<std::string> ids;

    three_sessions()
    {
        for (int i = 0; i < 3; ++i) {
            access.push_back(log_in().access.token);
            ids.emplace_back(tokens.authenticate(access.back())->claims().session);
            domain.time.advance(std::chrono::seconds{1});
        }
    }

    account_holder holder(std::size_t i = 0) const
    {
        return {
            .user_name = "ann", .session = ids[i], .from = {.address = "192.0.2.7", .user_agent = "curl"}};
    }

    std::string alive()
    {
        std::string which;
        for (auto const& token : access) which += tokens.authenticate(token) ? 'x' : '-';
        return which;
    }

    password_answer change(std::string current, std::string wanted, std::size_t from = 0)
    {
        password_change given{core::secret{std::move(current)}, core::secret{std::move(wanted)}};
        return test::run_task(of_ann.change_password(holder(from), std::move(given)));
    }

    bool lets_in(std::string password)
    {
        auto given = test::credentials("ann", std::move(password));
        return test::run_task(under_test.login(std::move(given), {})).granted.has_value();
    }
};

constexpr auto longer = "a longer secret";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(auth_account, three_sessions)

BOOST_AUTO_TEST_CASE(lists_the_sessions_of_the_user_newest_first)
{
    std::vector<std::string> listed;
    for (auto const& each : test::run_task(of_ann.list("ann")).value()) listed.push_back(each.id);
    std::ranges::reverse(listed);
    BOOST_TEST(listed == ids, boost::test_tools::per_element());
    BOOST_TEST(test::run_task(of_ann.list("bob"))->empty());
    domain.store.away = true;
    BOOST_TEST(test::run_task(of_ann.list("ann")).error() == because(errc::busy));
}

BOOST_AUTO_TEST_CASE(an_ended_session_is_refused_at_once)
{
    BOOST_TEST(test::run_task(of_ann.end_one(holder(), ids[1])).has_value());
    BOOST_TEST(alive() == "x-x");
    BOOST_TEST(domain.revoked.is_end_stored(ids[1]));
    BOOST_TEST(test::run_task(of_ann.end_one(holder(), ids[1])).error() == because(errc::no_such_session));
}

BOOST_AUTO_TEST_CASE(ends_no_session_of_another_user)
{
    domain.add_user("bob", "right");
    auto bob = holder();
    bob.user_name = "bob";
    BOOST_TEST(test::run_task(of_ann.end_one(bob, ids[1])).error() == because(errc::no_such_session));
    BOOST_TEST(test::run_task(of_ann.end_all(bob)).has_value());
    BOOST_TEST(alive() == "xxx");
}

BOOST_AUTO_TEST_CASE(ends_all_or_all_others)
{
    BOOST_TEST(test::run_task(of_ann.end_others(holder(1))).has_value());
    BOOST_TEST(alive() == "-x-");
    BOOST_TEST(test::run_task(of_ann.end_all(holder(1))).has_value());
    BOOST_TEST(alive() == "---");
}

BOOST_AUTO_TEST_CASE(ends_nothing_that_cannot_be_written_down)
{
    domain.store.away = true;
    BOOST_TEST(test::run_task(of_ann.end_one(holder(), ids[1])).error() == because(errc::busy));
    BOOST_TEST(test::run_task(of_ann.end_all(holder())).error() == because(errc::busy));
    BOOST_TEST(change("right", longer).changed.error() == because(errc::busy));
    BOOST_TEST(alive() == "xxx");
}

BOOST_AUTO_TEST_CASE(a_new_password_spares_this_session_and_no_other)
{
    BOOST_TEST(change("right", longer, 2).changed.has_value());
    BOOST_TEST(alive() == "--x");
    BOOST_TEST(!lets_in("right"));
    BOOST_TEST(lets_in(longer));
}

BOOST_AUTO_TEST_CASE(refuses_a_wrong_password_and_counts_it)
{
    for (std::uint32_t i = 0; i < domain.settings.login.failures; ++i)
        BOOST_TEST(change("wrong", longer).changed.error() == because(errc::bad_credentials));
    auto const limited = change("right", longer);
    BOOST_TEST(limited.changed.error() == because(errc::too_many_failures));
    BOOST_TEST(limited.wait.count() > 0);
    BOOST_TEST(alive() == "xxx");
}

BOOST_AUTO_TEST_CASE(refuses_a_new_password_for_its_reason)
{
    for (auto const& [wanted, reason] : {
             std::pair{"short", errc::password_too_short},
             {"password", errc::password_too_common},
             {"a\ttab inside", errc::password_has_control},
             {"not \xff utf-8", errc::password_not_text},
         })
        BOOST_TEST(change("right", wanted).changed.error() == because(reason));
    BOOST_TEST(change(longer, longer).changed.error() == because(errc::password_unchanged));
    BOOST_TEST(change("a longer\xc2\xa0secret", longer).changed.error() == because(errc::password_unchanged));
    BOOST_TEST(alive() == "xxx");
}

BOOST_AUTO_TEST_CASE(of_two_changes_at_once_the_second_is_refused)
{
    domain.store.before_password_change = [this] { ++domain.store.users.at("ann").password_version; };
    BOOST_TEST(change("right", longer).changed.error() == because(errc::bad_credentials));
    BOOST_TEST(alive() == "xxx");
}

BOOST_AUTO_TEST_CASE(a_session_that_ends_meanwhile_changes_no_password)
{
    domain.store.before_password_change = [this] { domain.store.sessions.erase(ids[0]); };
    BOOST_TEST(change("right", longer).changed.error() == because(errc::token_revoked));
    BOOST_TEST(!lets_in(longer));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::auth
