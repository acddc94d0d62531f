#include "jwt/json/claim_names.hpp"
#include "jwt/json/claims_json.hpp"
#include "jwt/json/json_writer.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace jwtgate::jwt {
namespace {

class claims_writer {
public:
    explicit claims_writer(std::span<char> out) noexcept : writer_{out} {}

    void boolean(spelled_name name, std::optional<bool> value) noexcept
    {
        if (!value) return;
        member(name);
        writer_.raw(*value ? "true" : "false");
    }

    void number(spelled_name name, std::optional<std::int64_t> value) noexcept
    {
        if (!value) return;
        member(name);
        writer_.number(*value);
    }

    void text(spelled_name name, std::string_view value) noexcept
    {
        if (value.empty()) return;
        member(name);
        writer_.string(value);
    }

    void audience(spelled_name name, string_list const& values) noexcept
    {
        if (values.size() == 1) text(name, *values.begin());
        if (values.size() > 1) list(name, values);
    }

    void roles(spelled_name name, std::optional<string_list> const& values) noexcept
    {
        if (values) list(name, *values);
    }

    result<std::size_t> finish() noexcept
    {
        if (separator_ == '{') writer_.put('{');
        writer_.put('}');
        return writer_.size();
    }

private:
    void member(spelled_name name) noexcept
    {
        writer_.put(std::exchange(separator_, ','));
        writer_.word(name.word, name.size);
    }

    void list(spelled_name name, string_list const& values) noexcept
    {
        member(name);
        writer_.put('[');
        for (auto const& value : values) {
            if (&value != values.begin()) writer_.put(',');
            writer_.string(value);
        }
        writer_.put(']');
    }

    json_writer writer_;
    char separator_ = '{';
};

}  // namespace

// As one function it keeps the place where it writes in a register.
[[gnu::flatten]] result<std::size_t> write_claims(claims const& what, std::span<char> out) noexcept
{
    claims_writer writer{out};
    visit_claims(writer, what);
    return writer.finish();
}

}  // namespace jwtgate::jwt
