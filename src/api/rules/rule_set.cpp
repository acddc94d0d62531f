#include "api/rules/rule_set.hpp"

#include <utility>

namespace jwtgate::api {

rule_set::rule_set(std::vector<rule> rules) noexcept : rules_{std::move(rules)} {}

boost::system::result<rule const*, unclear> rule_set::find(original_request const& asked) const noexcept
{
    for (auto const& each : rules_) {
        auto const fit = each.fit(asked);
        if (fit == rule_fit::fits) return &each;
        if (fit == rule_fit::other_letter_case) return unclear::letter_case;
    }
    return nullptr;
}

std::optional<hidden_rule> rule_set::find_hidden() const noexcept
{
    for (std::size_t later = 1; later < rules_.size(); ++later) {
        for (std::size_t first = 0; first < later; ++first) {
            if (rules_[first].hides(rules_[later])) return hidden_rule{later + 1, first + 1};
        }
    }
    return std::nullopt;
}

}  // namespace jwtgate::api
