#pragma once

#include "core/refusal.hpp"
#include "core/secret.hpp"

#include <boost/system/result.hpp>

#include <cstddef>

namespace jwtgate::cli {

/// Far more than a password may have, in bytes.
inline constexpr std::size_t longest_password_input = 4096;

/// The password in what standard input held: one line of UTF-8, without its end (LF or CR LF). Anything else
/// is refused with its reason, so that no one sets another password than was meant.
boost::system::result<core::secret, core::refusal> password_in(core::secret const& input);

}  // namespace jwtgate::cli
