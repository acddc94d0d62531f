#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string_view>

namespace jwtgate::jwt {

/// The name of a claim as it is written, so with quotes and colon: eight bytes at most, for one comparison or
/// one store. The first byte is the lowest of `word`.
struct spelled_name {
    std::uint64_t word = 0;
    std::uint64_t mask = 0;
    std::size_t size = 0;

    /// `name` has at most five characters, which is checked when the program is compiled.
    explicit consteval spelled_name(std::string_view name)
    {
        if (name.size() > 5) throw std::length_error{"a name of more than five characters"};
        append('"');
        for (auto c : name) append(c);
        append('"');
        append(':');
    }

private:
    consteval void append(char c)
    {
        word |= std::uint64_t{static_cast<unsigned char>(c)} << size * 8;
        mask |= std::uint64_t{0xff} << size * 8;
        ++size;
    }
};

/// Shows each claim of `what` to `visitor`, in the order in which they stand in a token.
template <class Visitor, class Claims>
void visit_claims(Visitor& visitor, Claims& what) noexcept
{
    visitor.boolean(spelled_name{"fresh"}, what.fresh);
    visitor.number(spelled_name{"iat"}, what.issued_at);
    visitor.text(spelled_name{"jti"}, what.id);
    visitor.text(spelled_name{"type"}, what.type);
    visitor.text(spelled_name{"sub"}, what.subject);
    visitor.number(spelled_name{"nbf"}, what.not_before);
    visitor.text(spelled_name{"csrf"}, what.csrf);
    visitor.audience(spelled_name{"aud"}, what.audience);
    visitor.text(spelled_name{"iss"}, what.issuer);
    visitor.number(spelled_name{"exp"}, what.expires_at);
    visitor.text(spelled_name{"sid"}, what.session);
    visitor.roles(spelled_name{"roles"}, what.roles);
    visitor.number(spelled_name{"sxp"}, what.refreshable_until);
    visitor.number(spelled_name{"ctr"}, what.counter);
}

}  // namespace jwtgate::jwt
