#pragma once

#include "unit/jwt/json/random_json.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jwtgate::jwt::tests {

/// Payloads of tokens and what is nearly one, the same ones for the same seed: most stand as our own signer
/// writes them, the others in another order, with white space, with names twice, with values of other types,
/// spelled otherwise, or damaged.
class random_claims {
public:
    explicit random_claims(unsigned seed) : random_{seed} {}

    std::string text()
    {
        auto members = ordered_members();
        if (random_.once_in(4)) shuffle(members);
        if (random_.once_in(6)) insert_somewhere(members, {random_.string(), random_.value()});
        if (random_.once_in(25)) insert_somewhere(members, members[random_.below(members.size())]);
        auto const json = joined(members, random_.once_in(4));
        return random_.once_in(3) ? random_.damaged(json) : json;
    }

private:
    using member = std::pair<std::string, std::string>;

    enum class kind { boolean, number, text, audience, roles };

    struct claim {
        std::string_view name;
        kind of;
        bool demanded;
    };

    static constexpr std::array<claim, 14> claims_in_order{{
        {"fresh", kind::boolean, false},
        {"iat", kind::number, true},
        {"jti", kind::text, true},
        {"type", kind::text, true},
        {"sub", kind::text, true},
        {"nbf", kind::number, false},
        {"csrf", kind::text, false},
        {"aud", kind::audience, false},
        {"iss", kind::text, false},
        {"exp", kind::number, true},
        {"sid", kind::text, true},
        {"roles", kind::roles, false},
        {"sxp", kind::number, false},
        {"ctr", kind::number, false},
    }};

    std::vector<member> ordered_members()
    {
        std::vector<member> members;
        for (auto const& [name, of, demanded] : claims_in_order)
            if (demanded ? !random_.once_in(60) : random_.once_in(2))
                members.emplace_back(spelled(name), random_.once_in(40) ? odd_value() : value(of));
        if (members.empty()) members.emplace_back("\"sub\"", "\"a\"");
        return members;
    }

    /// The name, once in a while with an escape in it.
    std::string spelled(std::string_view name)
    {
        constexpr std::string_view digits = "0123456789abcdef";
        auto text = '"' + std::string{name} + '"';
        if (!random_.once_in(40)) return text;
        auto const at = 1 + random_.below(name.size());
        auto const code = static_cast<unsigned char>(text[at]);
        return text.replace(at, 1, {'\\', 'u', '0', '0', digits[code >> 4], digits[code & 15]});
    }

    std::string value(kind of)
    {
        switch (of) {
            case kind::boolean:
                return random_.once_in(2) ? "true" : "false";
            case kind::number:
                return std::to_string(
                    random_.once_in(4) ? random_.below(1000) : 1'700'000'000 + random_.below(900'000'000)
                );
            case kind::text:
                return random_.once_in(8) ? random_.string() : word();
            case kind::audience:
                return random_.once_in(2) ? word() : list(1 + random_.below(3));
            case kind::roles:
                break;
        }
        return list(random_.once_in(30) ? 31 + random_.below(4) : random_.below(5));
    }

    std::string word()
    {
        return random_.one_of(std::array{
            R"("a")", R"("access")", R"("user@example.com")", R"("q4xMkT0b5mVfJw2uYc8rNg")"});
    }

    std::string list(std::size_t size)
    {
        std::string text = "[";
        for (; size > 0; --size) text += (random_.once_in(40) ? odd_value() : word()) + (size > 1 ? "," : "");
        return text + ']';
    }

    std::string odd_value()
    {
        constexpr std::array odd{
            "0",
            "-0",
            "-1",
            "00",
            "1.0",
            "2e9",
            "1e400",
            "9007199254740992",
            "9007199254740993",
            "9999999999999999",
            "10000000000000000",
            "18446744073709551616",
            "1234567",
            "12345678",
            "123456789",
            "0123456789",
            "null",
            "\"\"",
            "[]",
            "{}",
            "[\"\"]",
            "tru",
            "\"a\\u0000b\"",
            "\"\xc3\xa9\"",
            "\"\xff\"",
            "\"1800000000\"",
            " 1",
            "1 "};
        return random_.once_in(3) ? random_.value() : random_.one_of(odd);
    }

    void shuffle(std::vector<member>& members)
    {
        for (auto left = members.size(); left > 1; --left)
            std::swap(members[left - 1], members[random_.below(left)]);
    }

    void insert_somewhere(std::vector<member>& members, member added)
    {
        auto const place = static_cast<std::ptrdiff_t>(random_.below(members.size() + 1));
        members.insert(members.begin() + place, std::move(added));
    }

    std::string joined(std::vector<member> const& members, bool spaced)
    {
        auto const space = [&] { return spaced ? random_.space() : std::string{}; };
        auto text = space() + '{';
        for (auto const& [name, value] : members)
            text += space() + name + space() + ':' + space() + value + space() + ',';
        text.back() = '}';
        return text + space();
    }

    random_json random_;
};

}  // namespace jwtgate::jwt::tests
