#include "config/options.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>
#include <string_view>

using namespace jwtgate::config;

BOOST_AUTO_TEST_SUITE(config_options)

BOOST_AUTO_TEST_CASE(names_are_unique_and_can_be_flag_variable_and_key)
{
    std::set<std::string_view> names;
    for (auto const& option : options()) {
        BOOST_TEST(names.insert(option.name).second, option.name);
        BOOST_TEST(
            option.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos
        );
        BOOST_TEST(!option.help.empty(), option.name);
        BOOST_TEST(!option.help.ends_with('.'), option.name);
    }
}

BOOST_AUTO_TEST_CASE(groups_stay_together)
{
    std::set<std::string_view> left_behind;
    std::string_view group;
    for (auto const& option : options()) {
        if (option.group != group) BOOST_TEST(left_behind.insert(group).second, option.name);
        group = option.group;
        BOOST_TEST(left_behind.count(group) == 0U, option.name);
    }
}

BOOST_AUTO_TEST_CASE(options_are_found_by_exact_name)
{
    BOOST_REQUIRE(find_option("access-ttl") != nullptr);
    BOOST_TEST(find_option("access-ttl")->default_text == "1h");
    for (auto const* name : {"", "access", "ACCESS-TTL", "access_ttl", "config"}) {
        BOOST_TEST((find_option(name) == nullptr), name);
    }
}

BOOST_AUTO_TEST_CASE(variables_are_named_after_options)
{
    BOOST_TEST(variable_name("access-ttl") == "JWTGATE_ACCESS_TTL");
    BOOST_TEST(variable_name("argon2-memory") == "JWTGATE_ARGON2_MEMORY");
}

BOOST_AUTO_TEST_CASE(every_default_is_within_its_bounds)
{
    settings into;
    for (auto const& option : options()) {
        auto const text =
            option.default_text == "<cores>" ? std::string{"4"} : std::string{option.default_text};
        BOOST_CHECK_NO_THROW(option.apply(into, {option.name, {text}, "default"}));
    }
}

BOOST_AUTO_TEST_CASE(password_costs_are_bounded_as_stored_hashes_are)
{
    settings into;
    auto const set = [&](std::string_view name, std::string text) {
        find_option(name)->apply(into, {name, {std::move(text)}, "command line"});
    };
    for (auto const& bound : {jwtgate::auth::least_password_cost, jwtgate::auth::most_password_cost}) {
        BOOST_CHECK_NO_THROW(set("argon2-memory", std::to_string(bound.memory)));
        BOOST_CHECK_NO_THROW(set("argon2-passes", std::to_string(bound.passes)));
    }
    BOOST_CHECK_THROW(
        set("argon2-memory", std::to_string(jwtgate::auth::least_password_cost.memory - 1)), error
    );
    BOOST_CHECK_THROW(
        set("argon2-memory", std::to_string(jwtgate::auth::most_password_cost.memory + 1)), error
    );
    BOOST_CHECK_THROW(
        set("argon2-passes", std::to_string(jwtgate::auth::most_password_cost.passes + 1)), error
    );
}

BOOST_AUTO_TEST_SUITE_END()
