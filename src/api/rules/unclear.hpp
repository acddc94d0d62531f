#pragma once

#include <cstddef>
#include <string_view>

namespace jwtgate::api {

/// Why the gate cannot tell which request it is asked about, so that no rule decides.
enum class unclear {
    peer,              ///< whoever asks is no trusted proxy
    question,          ///< the gate was not asked as /auth, so another reader may see another path
    missing,           ///< neither X-Original-URL with its method nor X-Forwarded-Host, -Uri and -Method
    several,           ///< one of these fields stands twice
    contradiction,     ///< two of these fields say different things
    method,            ///< no method
    host,              ///< no URL of http or https, or no host in it
    no_slash,          ///< the path does not begin with a slash
    control,           ///< a control octet or a space
    not_ascii,         ///< an octet outside ASCII as it is
    backslash,         ///< some readers take it for a slash
    semicolon,         ///< some readers cut off what stands behind
    fragment,          ///< '#', the same
    empty_segment,     ///< two slashes in a row, which some readers merge
    dot_segment,       ///< "." or "..", which some readers resolve
    bad_encoding,      ///< '%' without two hexadecimal digits
    hidden_delimiter,  ///< one of / \ . % ? # ; or a control octet, percent-encoded
    not_utf8,          ///< percent-encoded octets that are not UTF-8
    letter_case,       ///< only upper and lower case differ from a rule's path
};

inline constexpr std::size_t unclear_count = static_cast<std::size_t>(unclear::letter_case) + 1;

/// The reason in words that go on a sentence about the request: "its path has a backslash".
std::string_view words_for(unclear why) noexcept;

}  // namespace jwtgate::api
