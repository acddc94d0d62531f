#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace jwtgate::jwt {

/// The name of a claim as it is written, so with quotes and colon: eight bytes at most, for one comparison or
/// one store. The first byte is the lowest of `word`.
struct spelled_name {
    std::uint64_t word = 0;
    std::uint64_t mask = 0;
    std::size_t size = 0;

    /// `name` has at most five characters.
    explicit constexpr spelled_name(std::string_view name) noexcept
    {
        append('"');
        for (auto c : name) append(c);
        append('"');
        append(':');
    }

private:
    constexpr void append(char c) noexcept
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
