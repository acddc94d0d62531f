#include "api/body/form_body.hpp"
#include "fuzz/support/require.hpp"
#include "http/target.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace {

using namespace jwtgate;
using fuzz::require;

int digit(char c)
{
    auto const found = std::string_view{"0123456789abcdef"}.find(http::to_lower(c));
    return found == std::string_view::npos ? -1 : static_cast<int>(found);
}

// Another implementation, octet by octet.
std::optional<std::string> decoded(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto octet = static_cast<int>(static_cast<unsigned char>(text[i]));
        if (text[i] == '%') {
            if (i + 2 >= text.size() || digit(text[i + 1]) < 0 || digit(text[i + 2]) < 0) return std::nullopt;
            octet = digit(text[i + 1]) * 16 + digit(text[i + 2]);
            if (octet < ' ' || octet == 0x7f) return std::nullopt;
            i += 2;
        } else if (text[i] == '+') {
            octet = ' ';
        }
        if (octet == 0) return std::nullopt;
        out += static_cast<char>(octet);
    }
    return out;
}

std::optional<std::map<std::string, std::string>> members_of(std::string_view body)
{
    std::map<std::string, std::string> found;
    while (!body.empty()) {
        auto const part = body.substr(0, body.find('&'));
        body.remove_prefix(std::min(part.size() + 1, body.size()));
        if (part.empty()) continue;
        auto const equals = std::min(part.find('='), part.size());
        auto const name = decoded(part.substr(0, equals));
        auto const value = decoded(part.substr(std::min(equals + 1, part.size())));
        if (!name || !value || !found.emplace(*name, *value).second) return std::nullopt;
    }
    return found;
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it by this name
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string const input(data, data + size);
    auto const form = api::form_body::parse(input);
    auto const expected = members_of(input);
    require(form.has_value() == expected.has_value());
    if (!form) return 0;
    for (auto const& [name, value] : *expected) require(form->value(name) == value);
    return 0;
}
