#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace jwtgate::core {

/// Writes lines to a descriptor on a thread of its own, so that whoever has a line never waits. What does not
/// fit into the queue is dropped and counted.
class line_writer {
public:
    /// Words the line that stands where `count` others were dropped. It is called on the writer's thread.
    using dropped_line = std::function<std::string(std::size_t count)>;

    /// The queue holds `capacity` bytes.
    line_writer(int descriptor, std::size_t capacity, dropped_line words);
    line_writer(line_writer const&) = delete;
    line_writer& operator=(line_writer const&) = delete;

    /// Flushes. A thread that the descriptor still keeps then is left behind with its lines.
    ~line_writer();

    /// From any thread: a whole line with its end. It is lost where there is no memory for it.
    void push(std::string line) noexcept;

    /// From any thread: how many lines did not fit, in all.
    std::uint64_t dropped() const noexcept;

    /// Waits until what was pushed is written, for write_patience at most.
    void flush() noexcept;

private:
    struct queue;
    std::shared_ptr<queue> queue_;
};

}  // namespace jwtgate::core
