#pragma once

#include "config/option_values.hpp"

#include <string>
#include <utility>
#include <vector>

namespace jwtgate::config::test {

using texts = std::vector<std::string>;

inline setting from(std::string text)
{
    return {"opt", {std::move(text)}, "command line"};
}

template <class Function, class... Bounds>
std::string refusal_of(Function convert, setting const& given, Bounds... bounds)
{
    try {
        convert(given, bounds...);
    } catch (error const& wrong) {
        return wrong.what();
    }
    return "accepted";
}

}  // namespace jwtgate::config::test
