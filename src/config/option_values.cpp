#include "config/option_values.hpp"

#include "config/quantity.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <optional>

namespace jwtgate::config {
namespace {

constexpr std::size_t identifier_limit = 256;
constexpr std::size_t domain_limit = 253;
constexpr std::size_t cookie_prefix_limit = 32;

template <class T>
T between(
    setting const& from,
    std::optional<T> (*parse)(std::string_view) noexcept,
    std::string_view least,
    std::string_view most,
    std::string_view what
)
{
    auto const text = single_text(from);
    auto const value = parse(text);
    if (!value) throw complaint(from, in_quotes(text) + " is not " + std::string{what});
    if (*value >= *parse(least) && *value <= *parse(most)) return *value;
    throw complaint(from, text + " is outside " + std::string{least} + " to " + std::string{most});
}

bool printable(char c) noexcept
{
    return c > ' ' && c <= '~';
}

bool domain_character(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

bool is_domain(std::string_view text) noexcept
{
    if (text.size() > domain_limit || !std::ranges::all_of(text, domain_character)) return false;
    return !text.starts_with('.') && !text.ends_with('.') && text.find("..") == std::string_view::npos;
}

bool cookie_name_character(char c) noexcept
{
    return printable(c) && std::string_view{"()<>@,;:\\\"/[]?={}"}.find(c) == std::string_view::npos;
}

std::string_view trim(std::string_view text) noexcept
{
    auto const begin = std::min(text.find_first_not_of(" \t"), text.size());
    return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

std::string escape(unsigned char control)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    return std::string{"\\u00"} + digits[control >> 4U] + digits[control & 0xfU];
}

}  // namespace

error complaint(setting const& from, std::string_view wrong)
{
    return error{std::string{from.option} + " (" + from.origin + "): " + std::string{wrong}};
}

std::string in_quotes(std::string_view text)
{
    std::string out{'"'};
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out.append({'\\', c});
        } else if (byte < 0x20 || byte == 0x7f) {
            out.append(escape(byte));
        } else {
            out.push_back(c);
        }
    }
    return out.append(1, '"');
}

std::string single_text(setting const& from)
{
    if (from.texts.size() == 1) return from.texts.front();
    throw complaint(from, "takes one value, not " + std::to_string(from.texts.size()));
}

std::vector<std::string> list_of(setting const& from)
{
    std::vector<std::string> items;
    for (std::string_view rest : from.texts) {
        for (auto comma = rest.find(','); comma != std::string_view::npos; comma = rest.find(',')) {
            items.emplace_back(trim(rest.substr(0, comma)));
            rest.remove_prefix(comma + 1);
        }
        items.emplace_back(trim(rest));
    }
    if (items.empty()) throw complaint(from, "holds no value");
    if (std::ranges::count(items, "") > 0) throw complaint(from, "holds an empty value");
    return items;
}

bool boolean(setting const& from)
{
    auto const text = single_text(from);
    auto const value = parse_boolean(text);
    if (!value) throw complaint(from, in_quotes(text) + " is neither true nor false");
    return *value;
}

std::uint64_t count_between(setting const& from, std::uint64_t least, std::uint64_t most)
{
    return between(from, parse_count, std::to_string(least), std::to_string(most), "a whole number");
}

std::uint64_t size_between(setting const& from, std::string_view least, std::string_view most)
{
    return between(from, parse_size, least, most, "a size; write 4096, 16KiB or 19MiB");
}

std::chrono::milliseconds duration_between(setting const& from, std::string_view least, std::string_view most)
{
    return between(from, parse_duration, least, most, "a duration; write 500ms, 10s, 5m, 1h or 30d");
}

std::chrono::seconds seconds_between(setting const& from, std::string_view least, std::string_view most)
{
    auto const exact = duration_between(from, least, most);
    auto const whole = std::chrono::floor<std::chrono::seconds>(exact);
    if (exact != whole) throw complaint(from, single_text(from) + " is not in whole seconds");
    return whole;
}

std::string identifier(setting const& from)
{
    auto text = single_text(from);
    if (text.size() > identifier_limit) throw complaint(from, "is longer than 256 bytes");
    if (!std::ranges::all_of(text, printable))
        throw complaint(from, in_quotes(text) + " holds more than printable ASCII");
    return text;
}

std::string line_of_text(setting const& from)
{
    constexpr std::size_t longest = 200;
    auto text = single_text(from);
    auto const is_control = [](char c) { return (c >= 0 && c < ' ') || c == 0x7f; };
    if (text.size() > longest || !text::is_utf8(text) || std::ranges::any_of(text, is_control))
        throw complaint(from, "is not one line of at most 200 bytes of UTF-8 text");
    return text;
}

std::string domain_name(setting const& from)
{
    auto text = single_text(from);
    if (!is_domain(text)) throw complaint(from, in_quotes(text) + " is not a domain such as example.com");
    return text;
}

std::string cookie_prefix(setting const& from)
{
    auto text = single_text(from);
    if (text.size() > cookie_prefix_limit) throw complaint(from, "is longer than 32 bytes");
    if (text.starts_with("__"))
        throw complaint(
            from, in_quotes(text) + " begins with __, which browsers keep for __Host- and __Secure-"
        );
    if (!std::ranges::all_of(text, cookie_name_character))
        throw complaint(from, in_quotes(text) + " holds what no cookie's name may hold");
    return text;
}

std::filesystem::path file_path(setting const& from)
{
    auto const text = single_text(from);
    if (text.empty()) throw complaint(from, "is empty");
    return text;
}

std::filesystem::path sqlite_file(setting const& from)
{
    // The text is not repeated: an address of a database may hold a password.
    constexpr std::string_view prefix = "sqlite:";
    auto const text = single_text(from);
    if (text.starts_with("postgresql:") || text.starts_with("postgres:")) {
        throw complaint(from, "this build has no PostgreSQL support yet; write sqlite:PATH");
    }
    if (!text.starts_with(prefix)) throw complaint(from, "is not of the form sqlite:PATH");
    if (text.size() == prefix.size()) throw complaint(from, "names no file behind sqlite:");
    return text.substr(prefix.size());
}

}  // namespace jwtgate::config
