#include "config/config_file.hpp"

#include "config/option_values.hpp"
#include "config/settings.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

namespace jwtgate::config {
namespace {

constexpr std::size_t file_limit = std::size_t{1} << 20U;
constexpr std::string_view word_characters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._:/+-";

class reader {
public:
    reader(std::string_view name, std::string_view text) noexcept : name_{name}, rest_{text} {}

    std::vector<config_entry> read()
    {
        std::vector<config_entry> entries;
        for (skip_blank_lines(); !rest_.empty(); skip_blank_lines()) {
            auto entry = read_entry();
            if (std::ranges::count(entries, entry.key, &config_entry::key) > 0)
                fail(in_quotes(entry.key) + " is set twice");
            entries.push_back(std::move(entry));
        }
        return entries;
    }

private:
    config_entry read_entry()
    {
        config_entry entry{line_, read_word("a line of the form option = \"value\""), {}};
        skip_blanks();
        if (!take('=')) fail("expected = behind " + in_quotes(entry.key));
        skip_blanks();
        entry.texts = take('[') ? read_array() : std::vector{read_value()};
        skip_blanks();
        skip_comment();
        if (!rest_.empty() && !at('\n')) fail("unexpected text behind the value of " + in_quotes(entry.key));
        return entry;
    }

    std::vector<std::string> read_array()
    {
        std::vector<std::string> texts;
        for (skip_blank_lines(); !take(']'); skip_blank_lines()) {
            texts.push_back(read_value());
            skip_blank_lines();
            if (!take(',') && !at(']')) fail("expected , or ] in the array");
        }
        return texts;
    }

    std::string read_value()
    {
        if (take('"')) return read_string('"');
        if (take('\'')) return read_string('\'');
        return read_word("a value");
    }

    std::string read_word(std::string_view expected)
    {
        auto const end = std::min(rest_.find_first_not_of(word_characters), rest_.size());
        if (end == 0) fail("expected " + std::string{expected});
        std::string word{rest_.substr(0, end)};
        rest_.remove_prefix(end);
        return word;
    }

    std::string read_string(char quote)
    {
        std::string text;
        while (!take(quote)) {
            if (quote == '"' && take('\\') && !at('"') && !at('\\'))
                fail(R"(only \" and \\ may stand behind a backslash)");
            if (rest_.empty() || static_cast<unsigned char>(rest_.front()) < ' ')
                fail("a string does not end");
            text.push_back(rest_.front());
            rest_.remove_prefix(1);
        }
        return text;
    }

    void skip_blanks() noexcept
    {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r"), rest_.size()));
    }

    void skip_comment() noexcept
    {
        if (at('#')) rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
    }

    void skip_blank_lines() noexcept
    {
        do {
            skip_blanks();
            skip_comment();
        } while (take('\n'));
    }

    bool at(char c) const noexcept { return rest_.starts_with(c); }

    bool take(char c) noexcept
    {
        if (!at(c)) return false;
        rest_.remove_prefix(1);
        if (c == '\n') ++line_;
        return true;
    }

    [[noreturn]] void fail(std::string const& wrong) const
    {
        throw error{std::string{name_} + ":" + std::to_string(line_) + ": " + wrong};
    }

    std::string_view name_;
    std::string_view rest_;
    std::size_t line_ = 1;
};

error unreadable(std::filesystem::path const& file, std::string const& reason)
{
    return error{"config: cannot read " + in_quotes(file.string()) + ": " + reason};
}

}  // namespace

std::vector<config_entry> parse_config_file(std::string_view name, std::string_view text)
{
    return reader{name, text}.read();
}

std::string read_config_file(std::filesystem::path const& file)
{
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> const stream{
        std::fopen(file.c_str(), "rbe"), &std::fclose};
    if (!stream) throw unreadable(file, std::generic_category().message(errno));
    std::string text(file_limit + 1, '\0');
    text.resize(std::fread(text.data(), 1, text.size(), stream.get()));
    if (std::ferror(stream.get()) != 0) throw unreadable(file, std::generic_category().message(errno));
    if (text.size() > file_limit) throw unreadable(file, "larger than 1 MiB");
    return text;
}

}  // namespace jwtgate::config
