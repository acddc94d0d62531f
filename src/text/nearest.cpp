#include "text/nearest.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace jwtgate::text {
namespace {

/// Levenshtein's, a row of the table at a time.
std::size_t distance(std::string_view from, std::string_view to)
{
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (char const c : from) {
        auto diagonal = row[0]++;
        for (std::size_t i = 0; i < to.size(); ++i) {
            auto const replaced = diagonal + (c == to[i] ? 0 : 1);
            diagonal = row[i + 1];
            row[i + 1] = std::min({row[i] + 1, diagonal + 1, replaced});
        }
    }
    return row.back();
}

}  // namespace

std::string nearest(std::string_view word, std::span<std::string const> names)
{
    auto best = std::max<std::size_t>(2, word.size() / 3) + 1;
    std::string_view found;
    for (std::string_view const name : names) {
        auto const far = distance(word, name);
        if (far >= best || far >= name.size()) continue;
        best = far;
        found = name;
    }
    return std::string(found);
}

}  // namespace jwtgate::text
