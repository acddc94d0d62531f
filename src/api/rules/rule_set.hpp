#pragma once

#include "api/rules/rule.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace jwtgate::api {

/// Two rules of which the later never decides; numbers count from 1.
struct hidden_rule {
    std::size_t number = 0;
    std::size_t behind = 0;
};

/// The rules in their order: the first that fits decides.
class rule_set {
public:
    /// Without any rule.
    rule_set() = default;

    explicit rule_set(std::vector<rule> rules) noexcept;

    bool empty() const noexcept { return rules_.empty(); }

    std::span<rule const> all() const noexcept { return rules_; }

    /// The first rule that fits, or null when none does. Error: letter_case, where a rule that stands before
    /// would fit but for upper and lower case, which the application may fold.
    boost::system::result<rule const*, unclear> find(original_request const& asked) const noexcept;

    /// The first rule that another one hides.
    std::optional<hidden_rule> find_hidden() const noexcept;

private:
    std::vector<rule> rules_;
};

}  // namespace jwtgate::api
