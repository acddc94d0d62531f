#pragma once

#include <unistd.h>

#include <utility>

namespace jwtgate::core {

/// An open file, or a number below 0 where it could not be opened. Closed when this goes.
class descriptor {
public:
    explicit descriptor(int number) noexcept : number_{number} {}

    descriptor(descriptor&& other) noexcept : number_{std::exchange(other.number_, -1)} {}

    descriptor& operator=(descriptor&&) = delete;

    ~descriptor()
    {
        if (number_ >= 0) close(number_);
    }

    int number() const noexcept { return number_; }

private:
    int number_;
};

}  // namespace jwtgate::core
