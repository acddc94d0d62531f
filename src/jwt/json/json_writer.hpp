#pragma once

#include "jwt/json/characters.hpp"
#include <jwtgate/jwt/error.hpp>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace jwtgate::jwt {

/// Appends JSON to memory of the caller's. Once something did not fit, nothing more is written.
class json_writer {
public:
    explicit json_writer(std::span<char> out) noexcept
        : begin_{out.data()}, at_{out.data()}, end_{out.data() + out.size()}
    {}

    /// This character as it is.
    void put(char c) noexcept
    {
        if (at_ == end_) return overflow();
        *at_++ = c;
    }

    /// These characters as they are.
    void raw(std::string_view text) noexcept
    {
        if (static_cast<std::size_t>(end_ - at_) < text.size()) return overflow();
        if (text.empty()) return;  // it may be null
        std::memcpy(at_, text.data(), text.size());
        at_ += text.size();
    }

    /// The lowest `size` bytes of `word`, at most eight, the lowest first.
    void word(std::uint64_t word, std::size_t size) noexcept
    {
        if (end_ - at_ < 8) return overflow();
        store_word(word, at_);
        at_ += size;
    }

    /// A quoted string. The text is UTF-8, which is not checked.
    void string(std::string_view text) noexcept
    {
        put('"');
        for (auto length = plain_length(text); length != text.size(); length = plain_length(text)) {
            raw(text.substr(0, length));
            escape(text[length]);
            text.remove_prefix(length + 1);
        }
        raw(text);
        put('"');
    }

    void number(std::int64_t value) noexcept
    {
        auto const [last, error] = std::to_chars(at_, end_, value);
        if (error != std::errc{}) return overflow();
        at_ = last;
    }

    /// Characters written, or errc::buffer_too_small.
    result<std::size_t> size() const noexcept
    {
        if (full_) return errc::buffer_too_small;
        return static_cast<std::size_t>(at_ - begin_);
    }

private:
    /// How far the text goes without an escape.
    static std::size_t plain_length(std::string_view text) noexcept
    {
        auto const* const end = text.data() + text.size();
        auto const* at = skip_plain(text.data(), end);
        while (at != end && (is_plain(*at) || octet(*at) >= 0x80)) ++at;
        return static_cast<std::size_t>(at - text.data());
    }

    void escape(char c) noexcept
    {
        constexpr std::string_view hex = "0123456789abcdef";
        put('\\');
        if (c == '"' || c == '\\') return put(c);
        raw("u00");
        put(hex[octet(c) >> 4]);
        put(hex[c & 15]);
    }

    void overflow() noexcept
    {
        full_ = true;
        end_ = at_;
    }

    char* begin_;
    char* at_;
    char* end_;
    bool full_ = false;
};

}  // namespace jwtgate::jwt
