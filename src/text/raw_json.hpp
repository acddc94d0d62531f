#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jwtgate::text {

// JSON as it is written, where numbers, escapes and unknown members have to stay what they are. Every text
// but those of is_json and is_json_object has to be valid; views are of the caller's memory.

/// Whether the text is one JSON value (RFC 8259) in UTF-8, at most 32 levels deep. Equal names are not looked
/// for.
bool is_json(std::string_view text);

/// The same of one JSON object.
bool is_json_object(std::string_view text);

/// The elements of an array, or the members of an object, without the white space around them.
std::vector<std::string_view> items_of(std::string_view text);

struct raw_member {
    std::string name;  ///< unescaped
    std::string_view value;
};

std::vector<raw_member> members_of(std::string_view object);

/// What a string stands for.
std::string string_of(std::string_view text);

/// The same value without white space between its tokens.
std::string compact(std::string_view text);

}  // namespace jwtgate::text
