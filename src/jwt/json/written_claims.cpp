#include "jwt/json/written_claims.hpp"

#include "jwt/json/characters.hpp"
#include "jwt/json/claim_names.hpp"
#include "jwt/json/plain_number.hpp"

#include <cstdint>
#include <optional>

namespace jwtgate::jwt {
namespace {

class written_claims_reader {
public:
    explicit written_claims_reader(std::string_view payload) noexcept
        : at_{payload.data()}, end_{payload.data() + payload.size()}
    {}

    void boolean(spelled_name name, std::optional<bool>& field) noexcept
    {
        if (!begins(name)) return;
        field = next_is('t');
        if (*field)
            expect("true");
        else
            expect("false");
    }

    void number(spelled_name name, std::optional<std::int64_t>& field) noexcept
    {
        if (!begins(name)) return;
        auto const* const begin = at_;
        std::int64_t value = 0;
        if (end_ - at_ >= 8 && eight_digits(at_)) {
            value = value_of_eight_digits(at_);
            at_ += 8;
        }
        for (; at_ != end_ && is_digit(*at_) && at_ - begin < digits_of_largest; ++at_)
            value = value * 10 + (*at_ - '0');
        auto const leading_zero = at_ - begin > 1 && *begin == '0';
        as_written_ = as_written_ && at_ != begin && !leading_zero && value <= largest_number;
        field = value;
    }

    void text(spelled_name name, std::string_view& field) noexcept
    {
        if (begins(name)) field = string();
    }

    void audience(spelled_name name, string_list& field) noexcept
    {
        if (begins(name)) field.push_back(string());
    }

    void roles(spelled_name name, std::optional<string_list>& field) noexcept
    {
        if (!begins(name)) return;
        field.emplace();
        expect("[");
        for (auto more = as_written_ && !next_is(']'); more; more = take(','))
            as_written_ = field->push_back(string()) && as_written_;
        expect("]");
    }

    bool ends() noexcept
    {
        expect("}");
        return as_written_ && at_ == end_ && separator_ == ',';
    }

private:
    bool next_is(char c) const noexcept { return at_ != end_ && *at_ == c; }

    bool take(char c) noexcept
    {
        if (!next_is(c)) return false;
        ++at_;
        return true;
    }

    void expect(std::string_view text) noexcept
    {
        as_written_ = as_written_ && std::string_view{at_, end_}.starts_with(text);
        if (as_written_) at_ += text.size();
    }

    bool begins(spelled_name name) noexcept
    {
        if (end_ - at_ <= 8 || *at_ != separator_ || (load_word(at_ + 1) & name.mask) != name.word)
            return false;
        at_ += 1 + name.size;
        separator_ = ',';
        return true;
    }

    std::string_view string() noexcept
    {
        expect("\"");
        auto const* const begin = at_;
        at_ = skip_plain(at_, end_);
        std::string_view const text{begin, at_};
        as_written_ = as_written_ && !text.empty();
        expect("\"");
        return text;
    }

    char const* at_;
    char const* end_;
    char separator_ = '{';
    bool as_written_ = true;
};

}  // namespace

// As one function it keeps the place where it reads in a register.
[[gnu::flatten]] bool read_written_claims(std::string_view payload, claims& out) noexcept
{
    written_claims_reader reader{payload};
    visit_claims(reader, out);
    return reader.ends();
}

}  // namespace jwtgate::jwt
