#include "config/rule_values.hpp"

#include "api/rules/rule_set.hpp"
#include "api/rules/rule_text.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace jwtgate::config {
namespace {

std::string_view without_blanks_around(std::string_view text) noexcept
{
    auto const begin = std::min(text.find_first_not_of(" \t"), text.size());
    return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

std::vector<std::string_view> texts_of(setting const& from)
{
    std::vector<std::string_view> texts;
    for (std::string_view rest : from.texts) {
        for (auto end = rest.find(';'); end != std::string_view::npos; end = rest.find(';')) {
            texts.push_back(without_blanks_around(rest.substr(0, end)));
            rest.remove_prefix(end + 1);
        }
        texts.push_back(without_blanks_around(rest));
    }
    if (texts.empty()) throw complaint(from, "holds no value");
    if (std::ranges::count(texts, "") > 0) throw complaint(from, "holds an empty rule");
    return texts;
}

api::rule read_rule(setting const& from, std::string_view text)
try {
    return api::parse_rule(text);

} catch (api::rule_error const& wrong) {
    throw complaint(from, in_quotes(text) + " is no rule: " + wrong.what());
}

}  // namespace

std::vector<api::rule> rules(setting const& from)
{
    auto const texts = texts_of(from);
    std::vector<api::rule> found;
    if (texts.size() == 1 && texts.front() == "none") return found;
    for (auto const text : texts) found.push_back(read_rule(from, text));
    auto const hidden = api::rule_set(found).find_hidden();
    if (!hidden) return found;
    throw complaint(
        from,
        "rule " + std::to_string(hidden->number) + ", " + in_quotes(found[hidden->number - 1].text) +
            ", never decides: rule " + std::to_string(hidden->behind) + ", " +
            in_quotes(found[hidden->behind - 1].text) + ", stands before it"
    );
}

}  // namespace jwtgate::config
