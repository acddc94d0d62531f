#include "core/log/log_line.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>
#include <boost/locale/utf.hpp>

#include <algorithm>
#include <cstddef>
#include <fmt/chrono.h>

namespace jwtgate::core {
namespace {

constexpr std::size_t longest_value = 256;
constexpr std::string_view cut_mark = "...";
constexpr std::string_view replacement = "\xef\xbf\xbd";

bool is_plain(char c) noexcept
{
    return c > ' ' && c < 0x7f && c != '"' && c != '\\' && c != '=';
}

bool continues_character(char c) noexcept
{
    return (static_cast<unsigned char>(c) & 0xc0U) == 0x80;
}

std::string shortened(std::string_view value)
{
    if (value.size() <= longest_value) return std::string{value};
    auto end = longest_value - cut_mark.size();
    for (int back = 0; back < 3 && continues_character(value[end]); ++back) --end;
    return std::string{value.substr(0, end)}.append(cut_mark);
}

std::string as_utf8(std::string_view text)
{
    std::string out;
    for (auto const* at = text.begin(); at != text.end();) {
        auto const* next = at;
        auto const point = boost::locale::utf::utf_traits<char>::decode(next, text.end());
        bool const is_valid = boost::locale::utf::is_valid_codepoint(point);
        if (!is_valid) next = at + 1;
        out += is_valid ? std::string_view{at, next} : replacement;
        at = next;
    }
    return out;
}

std::string quoted(std::string_view value)
{
    return boost::json::serialize(boost::json::value(boost::json::string(value)));
}

// Every octet that is not printable ASCII.
std::string escape(std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (char c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte >= ' ' && byte < 0x7f) {
            out += c;
        } else {
            out += "\\x";
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        }
    }
    return out;
}

std::string text_value(std::string_view value)
{
    auto text = shortened(value);
    bool const plain = !text.empty() && std::ranges::all_of(text, is_plain);
    return plain ? text : escape(quoted(text));
}

std::string_view word(log_level level) noexcept
{
    switch (level) {
        case log_level::debug:
            return "debug";
        case log_level::info:
            return "info";
        case log_level::warn:
            return "warning";
        case log_level::error:
            return "error";
        case log_level::off:
            break;
    }
    return "off";
}

// RFC 3339, with milliseconds.
std::string words(std::chrono::system_clock::time_point time)
{
    auto const second = std::chrono::floor<std::chrono::seconds>(time);
    auto const rest = std::chrono::floor<std::chrono::milliseconds>(time - second);
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(second), rest.count());
}

std::string text_line(log_record const& record)
{
    auto line = fmt::format("{} {} {}", words(record.time), word(record.level), escape(record.event));
    for (auto const& field : record.fields) {
        line.append(" ").append(field.name).append("=").append(text_value(field.value));
    }
    return line += '\n';
}

std::string json_line(log_record const& record)
{
    auto line = fmt::format(
        R"({{"time":"{}","level":"{}","event":{})",
        words(record.time),
        word(record.level),
        quoted(as_utf8(record.event))
    );
    for (auto const& field : record.fields) {
        line.append(",").append(quoted(field.name)).append(":");
        line.append(quoted(shortened(as_utf8(field.value))));
    }
    return line += "}\n";
}

}  // namespace

std::string log_line(log_format format, log_record const& record)
{
    return format == log_format::text ? text_line(record) : json_line(record);
}

}  // namespace jwtgate::core
