#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <string>

namespace jwtgate::core::test {

/// A pipe that takes nothing more until it is read.
class full_pipe {
public:
    full_pipe()
    {
        if (::pipe2(ends_.data(), O_CLOEXEC) != 0) return;
        ::fcntl(ends_[1], F_SETFL, O_NONBLOCK);
        std::string const filling(4096, '.');
        while (::write(ends_[1], filling.data(), filling.size()) > 0) filled_ += filling.size();
        ::fcntl(ends_[1], F_SETFL, 0);
    }

    full_pipe(full_pipe const&) = delete;
    full_pipe& operator=(full_pipe const&) = delete;

    ~full_pipe()
    {
        ::close(ends_[0]);
        ::close(ends_[1]);
    }

    int write_end() const noexcept { return ends_[1]; }

    /// What has been written behind the filling: reads until `last` came, or the pipe is at its end.
    std::string read_until(std::string const& last)
    {
        std::array<char, 4096> piece{};
        while (!text_.ends_with(last)) {
            auto const size = ::read(ends_[0], piece.data(), piece.size());
            if (size <= 0) break;
            text_.append(piece.data(), static_cast<std::size_t>(size));
        }
        return text_.substr(filled_);
    }

private:
    std::array<int, 2> ends_{-1, -1};
    std::size_t filled_ = 0;
    std::string text_;
};

}  // namespace jwtgate::core::test
