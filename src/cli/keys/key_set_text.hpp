#pragma once

#include "core/refusal.hpp"
#include "core/secret.hpp"

#include <boost/system/result.hpp>

#include <string_view>

namespace jwtgate::cli {

/// The new text, or why there is none, without any key material.
using changed_key_set = boost::system::result<core::secret, core::refusal>;

// One change of a key set's text. The text is one that jwt::key_set takes, and so is what comes out; all that
// the change is not about stays as it is written, unknown members and white space included.

/// The keys of the other text, which is a key set too, stand last and so only verify.
changed_key_set append_keys(std::string_view text, std::string_view other);

/// This key stands first and so signs. Refused when there is none, or its key_ops do not let it sign.
changed_key_set put_key_first(std::string_view text, std::string_view kid);

/// Refused when there is no such key, or it is the one that signs.
changed_key_set take_out_key(std::string_view text, std::string_view kid);

}  // namespace jwtgate::cli
