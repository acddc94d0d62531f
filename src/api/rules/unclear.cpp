#include "api/rules/unclear.hpp"

namespace jwtgate::api {

std::string_view words_for(unclear why) noexcept
{
    switch (why) {
        case unclear::peer:
            return "whoever asks is no trusted-proxy";
        case unclear::question:
            return "the gate is asked under another path than /auth";
        case unclear::missing:
            return "neither X-Original-URL and X-Original-Method nor X-Forwarded-Host, X-Forwarded-Uri and "
                   "X-Forwarded-Method say what is asked for";
        case unclear::several:
            return "a field that says what is asked for stands twice";
        case unclear::contradiction:
            return "the fields that say what is asked for contradict each other";
        case unclear::method:
            return "its method is none";
        case unclear::host:
            return "its URL is not http:// or https:// with a host and a path";
        case unclear::no_slash:
            return "its path does not begin with a slash";
        case unclear::control:
            return "its path has a space or a control character";
        case unclear::not_ascii:
            return "its path has characters outside ASCII that are not percent-encoded";
        case unclear::backslash:
            return "its path has a backslash, which some servers take for a slash";
        case unclear::semicolon:
            return "its path has a semicolon, where some servers cut it off";
        case unclear::fragment:
            return "its path has a #, where some servers cut it off";
        case unclear::empty_segment:
            return "its path has two slashes in a row, which some servers merge";
        case unclear::dot_segment:
            return "its path has a segment . or .., which some servers resolve";
        case unclear::bad_encoding:
            return "its path has a % without two hexadecimal digits";
        case unclear::hidden_delimiter:
            return "its path has one of / \\ . % ? # ; or a control character percent-encoded";
        case unclear::not_utf8:
            return "its path has percent-encoded octets that are not UTF-8";
        case unclear::letter_case:
            break;
    }
    return "its path is that of a rule but for upper and lower case";
}

}  // namespace jwtgate::api
