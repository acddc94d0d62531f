#pragma once

#include <unistd.h>

#include <cstdio>
#include <memory>
#include <string>

namespace jwtgate::test {

/// While it lives, what goes to stderr is kept instead of shown. One at a time.
class stderr_capture {
public:
    stderr_capture()
    {
        std::fflush(stderr);
        dup2(fileno(file_.get()), STDERR_FILENO);
    }

    stderr_capture(stderr_capture const&) = delete;
    stderr_capture& operator=(stderr_capture const&) = delete;

    ~stderr_capture()
    {
        std::fflush(stderr);
        dup2(shown_, STDERR_FILENO);
        close(shown_);
    }

    /// All that was written so far.
    std::string text() const
    {
        std::fflush(stderr);
        std::string all;
        std::rewind(file_.get());
        for (int c = std::fgetc(file_.get()); c != EOF; c = std::fgetc(file_.get()))
            all += static_cast<char>(c);
        return all;
    }

private:
    struct close_file {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };

    int shown_ = dup(STDERR_FILENO);
    std::unique_ptr<std::FILE, close_file> file_{std::tmpfile()};
};

}  // namespace jwtgate::test
