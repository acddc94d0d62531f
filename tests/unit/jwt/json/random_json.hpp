#pragma once

#include <array>
#include <cstddef>
#include <random>
#include <string>

namespace jwtgate::jwt::tests {

/// JSON texts of all shapes, the same ones for the same seed on every machine.
class random_json {
public:
    explicit random_json(unsigned seed) : engine_{seed} {}

    std::string object(std::size_t depth = 0)
    {
        std::string text = "{" + space();
        for (auto left = below(5); left > 0; --left) {
            text += string() + space() + ':' + space() + value(depth + 1) + space();
            if (left > 1) text += ',' + space();
        }
        return text + '}';
    }

    /// The text with one to three bytes changed, added, removed or swapped for bytes that matter to JSON.
    std::string damaged(std::string text)
    {
        constexpr std::string_view telling = "{}[]\",:\\/u0123456789.eE+-tfn \n\x80\xc3\xed\xf0";
        for (auto left = 1 + below(3); left > 0 && !text.empty(); --left) {
            auto const at = below(text.size());
            auto const byte = below(4) == 0 ? static_cast<char>(below(256)) : telling[below(telling.size())];
            switch (below(4)) {
                case 0:
                    text[at] = byte;
                    break;
                case 1:
                    text.insert(at, 1, byte);
                    break;
                case 2:
                    text.erase(at, 1 + below(4));
                    break;
                default:
                    text.insert(at, text.substr(below(text.size()), below(12)));
            }
        }
        return text;
    }

    /// A number from 0 to below the bound.
    std::size_t below(std::size_t bound) { return engine_() % bound; }

    /// True once in so many times.
    bool once_in(std::size_t times) { return below(times) == 0; }

    template <std::size_t Size>
    std::string one_of(std::array<char const*, Size> const& choices)
    {
        return choices[below(Size)];
    }

    std::string space() { return below(4) == 0 ? one_of(std::array{" ", "\n", "\t ", "\r\n"}) : ""; }

    std::string value(std::size_t depth = 0)
    {
        switch (below(depth > 20 ? 5 : 9)) {
            case 0:
                return number();
            case 1:
                return one_of(std::array{"true", "false", "null"});
            case 2:
            case 3:
            case 4:
                return string();
            case 5:
            case 6:
                return object(depth);
            default:
                return array(depth);
        }
    }

    std::string array(std::size_t depth)
    {
        std::string text = "[" + space();
        for (auto left = below(4); left > 0; --left)
            text += value(depth + 1) + space() + (left > 1 ? "," : "");
        return text + ']';
    }

    std::string number()
    {
        auto const integer = below(3) == 0 ? "0" : std::to_string(1 + engine_() % 1'000'000'000);
        auto const fraction = below(3) == 0 ? '.' + std::to_string(below(1000)) : "";
        auto const exponent =
            below(3) == 0 ? one_of(std::array{"e", "E", "e+", "E-"}) + std::to_string(below(300)) : "";
        return (below(4) == 0 ? "-" : "") + integer + fraction + exponent;
    }

    std::string string()
    {
        std::string text = "\"";
        for (auto left = below(12); left > 0; --left)
            text += one_of(std::array{
                "a",
                "b",
                "sub",
                "exp",
                " ",
                "a longer piece of plain text",
                "\\\"",
                "\\\\",
                "\\n",
                "\\/",
                "\\u0061",
                "\\u00E9",
                "\\u20ac",
                "\\ud83d\\ude00",
                "\\u0000",
                "\xc3\xa9",
                "\xe2\x82\xac",
                "\xf0\x9f\x98\x80",
                "\x7f"});
        return text + '"';
    }

private:
    std::mt19937 engine_;
};

}  // namespace jwtgate::jwt::tests
