#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>

namespace jwtgate::core {

/// Fills the span with unpredictable bytes; a test gives one that counts instead.
using random_source = std::function<void(std::span<unsigned char>)>;

/// The kernel's generator, through libsodium. It never fails once the program runs.
random_source secure_random();

/// `bytes` random bytes as base64url text without padding (RFC 4648 section 5). The text begins with a letter
/// or a digit, so that it can stand on a command line: a first draw that does not is drawn again.
std::string random_id(random_source const& random, std::size_t bytes);

}  // namespace jwtgate::core
