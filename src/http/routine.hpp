#pragma once

#include <coroutine>
#include <utility>

namespace jwtgate::http {

/// A coroutine that somebody else resumes: it waits for nothing by itself, and costs no more than its frame.
/// What it throws, comes out of resume. Destroyed while it waits, it ends there.
class routine {
public:
    struct promise_type {
        routine get_return_object() noexcept
        {
            return routine{std::coroutine_handle<promise_type>::from_promise(*this)};
        }

        // The language calls these on an object. NOLINTBEGIN(readability-convert-member-functions-to-static)
        std::suspend_always initial_suspend() noexcept { return {}; }

        std::suspend_always final_suspend() noexcept { return {}; }

        void return_void() noexcept {}

        void unhandled_exception() { throw; }

        // NOLINTEND(readability-convert-member-functions-to-static)
    };

    routine(routine&& other) noexcept : frame_{std::exchange(other.frame_, nullptr)} {}

    routine& operator=(routine&&) = delete;

    ~routine()
    {
        if (frame_) frame_.destroy();
    }

    /// Runs it to its next wait or its end. Not once it is done.
    void resume() { frame_.resume(); }

    bool done() const noexcept { return frame_.done(); }

private:
    explicit routine(std::coroutine_handle<promise_type> frame) noexcept : frame_{frame} {}

    std::coroutine_handle<promise_type> frame_;
};

}  // namespace jwtgate::http
