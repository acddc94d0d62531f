#include "cli/rules/rule_report.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string_view>
#include <vector>

namespace jwtgate::cli {
namespace {

struct outcome {
    unsigned status;
    std::string why;
};

std::string joined(std::vector<std::string> const& words)
{
    return fmt::format("{}", fmt::join(words, ", "));
}

std::string_view words_for(api::rule_fit fit)
{
    switch (fit) {
        case api::rule_fit::other_host:
            return "is for another host";
        case api::rule_fit::other_method:
            return "is for another method";
        case api::rule_fit::no_preflight:
            return "is for CORS preflights";
        case api::rule_fit::other_path:
            return "is for another path";
        case api::rule_fit::other_letter_case:
            return "has this path but for upper and lower case";
        case api::rule_fit::fits:
            break;
    }
    return "decides";
}

std::string words_for(api::rule const& deciding)
{
    switch (deciding.lets_in) {
        case api::audience::everybody:
            return "everybody";
        case api::audience::preflights:
            return "CORS preflights";
        case api::audience::roles:
            return (deciding.roles.size() == 1 ? "users with the role " : "users with one of the roles ") +
                   joined(deciding.roles);
        case api::audience::users:
            break;
    }
    return "every user";
}

std::string roles_of(api::user_line const& user)
{
    return user.roles.empty() ? "no roles" : "the roles " + joined(user.roles);
}

bool has_any(api::user_line const& user, std::vector<std::string> const& roles)
{
    return std::ranges::any_of(roles, [&](auto const& role) {
        return std::ranges::count(user.roles, role) > 0;
    });
}

outcome outcome_for(api::audience lets_in, std::vector<std::string> const& roles, api::user_line const* user)
{
    if (lets_in == api::audience::everybody || lets_in == api::audience::preflights)
        return {200, "no login is needed"};
    if (user == nullptr) return {401, "nobody is logged in"};
    if (!user->enabled) return {401, user->name + " is disabled and cannot be logged in"};
    if (lets_in == api::audience::users) return {200, user->name + " is a user"};
    return {has_any(*user, roles) ? 200U : 403U, user->name + " has " + roles_of(*user)};
}

std::string last_line(outcome const& of)
{
    return fmt::format("The gate answers {}: {}.\n", of.status, of.why);
}

std::string line_of(std::size_t number, api::rule const& of, api::rule_fit fit)
{
    auto const lets_in = fit == api::rule_fit::fits ? " and lets " + words_for(of) + " in" : std::string{};
    return fmt::format("Rule {}, \"{}\", {}{}.\n", number, of.text, words_for(fit), lets_in);
}

rule_report without_rules(api::user_line const* user)
{
    auto const decided = outcome_for(api::audience::users, {}, user);
    return {"There are no rules: the gate lets every user in.\n" + last_line(decided), decided.status == 200};
}

std::string refusal_for(api::unclear why)
{
    return last_line({403, std::string(api::words_for(why)) + ", so no rule can be applied"});
}

}  // namespace

rule_report report(api::rule_set const& rules, asked_request const& asked, api::user_line const* user)
{
    if (rules.empty()) return without_rules(user);
    if (!asked) return {refusal_for(asked.error()), false};
    std::string text;
    for (std::size_t number = 1; auto const& each : rules.all()) {
        auto const fit = each.fit(*asked);
        text += line_of(number++, each, fit);
        if (fit == api::rule_fit::other_letter_case)
            return {text + refusal_for(api::unclear::letter_case), false};
        if (fit != api::rule_fit::fits) continue;
        auto const decided = outcome_for(each.lets_in, each.roles, user);
        return {text + last_line(decided), decided.status == 200};
    }
    return {text + last_line({403, "no rule is for this"}), false};
}

}  // namespace jwtgate::cli
