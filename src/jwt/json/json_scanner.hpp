#pragma once

#include "jwt/json/characters.hpp"
#include <jwtgate/jwt/error.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace jwtgate::jwt {

enum class json_kind { object, array, string, number, boolean, null, none };

/// A number that holds the length and the first seven bytes of a name: equal for equal names, and of names up
/// to seven bytes only for those.
constexpr std::uint64_t name_tag(std::string_view name) noexcept
{
    std::uint64_t tag = std::min<std::size_t>(name.size(), 255);
    for (auto c : name.substr(0, 7)) tag = tag << 8 | static_cast<unsigned char>(c);
    return tag;
}

/// The name of a member, unescaped.
struct json_name {
    std::uint64_t tag;
    char const* data;
    std::size_t size;

    std::string_view view() const noexcept { return {data, size}; }
};

inline bool operator==(json_name const& a, json_name const& b) noexcept
{
    return a.tag == b.tag && (a.size <= 7 || a.view() == b.view());
}

/// Reads strict JSON (RFC 8259) in one pass, without a tree and without an allocation: UTF-8 is validated, a
/// name that occurs twice in one object is refused. Strings are unescaped where they stand, so the text is
/// changed, and views into it live as long as it does. Each reading function moves past what it read; once
/// one has failed, refusal() says why and the scanner is of no further use.
class json_scanner {
public:
    static constexpr std::size_t max_depth = 16;
    static constexpr std::size_t max_names = 128;  ///< in all objects that are open at one time

    explicit json_scanner(std::span<char> text) noexcept : at_{text.data()}, end_{text.data() + text.size()}
    {}

    /// Reads a text that is one object. `on_member(json_name)` reads the value and says whether to go on.
    template <class OnMember>
    bool document(OnMember on_member)
    {
        if (peek() != json_kind::object || !object(on_member)) return false;
        skip_space();
        return at_ == end_;
    }

    /// What the next value is; none at the end and where no value begins.
    json_kind peek() noexcept;

    template <class OnMember>
    bool object(OnMember on_member);

    /// `on_element()` reads the value and says whether to go on.
    template <class OnElement>
    bool array(OnElement on_element);

    std::optional<std::string_view> string() noexcept;
    std::optional<std::string_view> number() noexcept;  ///< as it is written
    std::optional<bool> boolean() noexcept;
    bool skip() noexcept;  ///< any value

    /// Meaningful after a failure: bad_json, duplicate_name, too_deep or too_many_values.
    errc refusal() const noexcept { return refusal_; }

private:
    bool fail(errc why) noexcept
    {
        refusal_ = why;
        return false;
    }

    bool next_is(char c) const noexcept { return at_ != end_ && *at_ == c; }

    bool accept(char c) noexcept
    {
        if (!next_is(c)) return false;
        ++at_;
        return true;
    }

    void skip_space() noexcept
    {
        while (next_is(' ') || next_is('\t') || next_is('\n') || next_is('\r')) ++at_;
    }

    bool take(char c) noexcept
    {
        skip_space();
        return accept(c);
    }

    bool enter(char opening) noexcept;
    bool leave(char closing) noexcept;
    json_name const* name(std::size_t first) noexcept;
    bool remember(std::string_view name, std::size_t first) noexcept;
    bool literal(std::string_view word) noexcept;
    bool digits() noexcept;
    std::optional<std::string_view> rest_of_string(char* begin) noexcept;
    char* escape(char* out) noexcept;
    char* utf8_sequence(char* out) noexcept;
    std::optional<std::uint32_t> code_unit() noexcept;
    std::optional<std::uint32_t> code_point() noexcept;

    char* at_;
    char* end_;
    errc refusal_ = errc::bad_json;  // what a failure means that says nothing else
    std::size_t depth_ = 0;
    std::size_t name_count_ = 0;
    std::array<json_name, max_names> names_;  // of the open objects, outermost first
};

/// A member whose value should be a string: absent, or present with or without a text.
struct json_text {
    bool present = false;
    std::optional<std::string_view> text;

    /// Reads the value, whatever it is.
    bool read_from(json_scanner& scanner) noexcept;
};

inline json_kind json_scanner::peek() noexcept
{
    skip_space();
    if (at_ == end_) return json_kind::none;
    switch (*at_) {
        case '{':
            return json_kind::object;
        case '[':
            return json_kind::array;
        case '"':
            return json_kind::string;
        case 't':
        case 'f':
            return json_kind::boolean;
        case 'n':
            return json_kind::null;
        default:
            return is_digit(*at_) || *at_ == '-' ? json_kind::number : json_kind::none;
    }
}

inline json_name const* json_scanner::name(std::size_t first) noexcept
{
    auto const text = string();
    if (!text || !take(':') || !remember(*text, first)) return nullptr;
    return &names_[name_count_ - 1];
}

inline bool json_scanner::remember(std::string_view name, std::size_t first) noexcept
{
    if (name_count_ == max_names) return fail(errc::too_many_values);
    auto* const added = names_.data() + name_count_;
    *added = {name_tag(name), name.data(), name.size()};
    if (std::find(names_.data() + first, added, *added) != added) return fail(errc::duplicate_name);
    ++name_count_;
    return true;
}

inline std::optional<std::string_view> json_scanner::string() noexcept
{
    if (!take('"')) return std::nullopt;
    auto* const begin = at_;
    at_ += skip_plain(at_, end_) - at_;
    if (!next_is('"')) return rest_of_string(begin);
    return std::string_view{begin, static_cast<std::size_t>(at_++ - begin)};
}

inline bool json_scanner::enter(char opening) noexcept
{
    if (!take(opening)) return false;
    skip_space();
    return ++depth_ <= max_depth || fail(errc::too_deep);
}

inline bool json_scanner::leave(char closing) noexcept
{
    if (!take(closing)) return false;
    --depth_;
    return true;
}

template <class OnMember>
bool json_scanner::object(OnMember on_member)
{
    auto const first = name_count_;
    if (!enter('{')) return false;
    for (auto more = !next_is('}'); more; more = take(',')) {
        auto const* const member = name(first);
        if (member == nullptr || !on_member(*member)) return false;
    }
    name_count_ = first;
    return leave('}');
}

template <class OnElement>
bool json_scanner::array(OnElement on_element)
{
    if (!enter('[')) return false;
    for (auto more = !next_is(']'); more; more = take(','))
        if (!on_element()) return false;
    return leave(']');
}

}  // namespace jwtgate::jwt
