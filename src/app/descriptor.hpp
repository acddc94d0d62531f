#pragma once

#include <unistd.h>

namespace jwtgate::app {

/// An open file, or a number below 0 where it could not be opened. Closed when this goes.
class descriptor {
public:
    explicit descriptor(int number) noexcept : number_{number} {}

    descriptor(descriptor const&) = delete;
    descriptor& operator=(descriptor const&) = delete;

    ~descriptor()
    {
        if (number_ >= 0) close(number_);
    }

    int number() const noexcept { return number_; }

private:
    int number_;
};

}  // namespace jwtgate::app
