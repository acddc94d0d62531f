#pragma once

#include "api/rules/unclear.hpp"

#include <boost/system/result.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace jwtgate::api {

/// A path that every reader takes for the same: percent-decoded once, whole. What some readers would cut off,
/// merge, resolve or decode again is refused, so decoding brings forth no delimiter.
class canonical_path {
public:
    /// `path` is that of a URL without its query, and outlives what this returns. No allocation unless
    /// something in it is percent-encoded.
    static boost::system::result<canonical_path, unclear> read(std::string_view path);

    /// Begins with '/'.
    std::string_view text() const noexcept { return decoded_ ? std::string_view{*decoded_} : sent_; }

private:
    std::string_view sent_;
    std::optional<std::string> decoded_;
};

}  // namespace jwtgate::api
