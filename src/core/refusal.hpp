#pragma once

#include <string>
#include <utility>

namespace jwtgate::core {

/// Why a command did nothing: one line for a person. Never made from a text by itself, so that it can stand
/// beside one in a result.
class refusal {
public:
    refusal() = default;  // boost::system::result asks for it

    static refusal because(std::string line) { return refusal(std::move(line)); }

    std::string const& line() const noexcept { return line_; }

private:
    explicit refusal(std::string line) noexcept : line_{std::move(line)} {}

    std::string line_;
};

}  // namespace jwtgate::core
