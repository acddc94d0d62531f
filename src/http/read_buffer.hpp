#pragma once

#include "core/secret.hpp"
#include "core/wiping_allocator.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace jwtgate::http {

/// The bytes that came and are not consumed, in one piece. It grows with a request up to a limit, and gives
/// the memory back when it is idle. What it leaves behind, it wipes.
class read_buffer {
public:
    static constexpr std::size_t idle_size = std::size_t{16} * 1024;

    explicit read_buffer(std::size_t limit) noexcept : limit_{std::max(limit, idle_size)} {}

    bool empty() const noexcept { return begin_ == end_; }

    std::string_view bytes() const noexcept { return {memory_.data() + begin_, end_ - begin_}; }

    /// Where the next bytes go; empty only when it holds `limit` bytes. Views into bytes() end here.
    std::span<char> space()
    {
        if (empty()) begin_ = end_ = 0;
        if (end_ == memory_.size()) make_room();
        return std::span{memory_}.subspan(end_);
    }

    void commit(std::size_t count) noexcept { end_ += count; }

    /// What has been dealt with held tokens and passwords, so it is wiped.
    void consume(std::size_t count) noexcept
    {
        core::wipe(memory_.data() + begin_, count);
        begin_ += count;
    }

    void clear() noexcept { begin_ = end_; }

    /// Gives back what an empty buffer holds beyond the idle size.
    void shrink() noexcept
    {
        if (!empty() || memory_.size() <= idle_size) return;
        memory_.clear();
        memory_.shrink_to_fit();
        begin_ = end_ = 0;
    }

private:
    void make_room()
    {
        if (begin_ > 0) {
            std::ranges::copy(bytes(), memory_.begin());
            core::wipe(memory_.data() + end_ - begin_, begin_);
        } else if (memory_.size() < limit_) {
            memory_.resize(std::clamp(memory_.size() * 2, idle_size, limit_));
        }
        end_ -= begin_;
        begin_ = 0;
    }

    std::size_t limit_;
    std::vector<char, core::wiping_allocator<char>> memory_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

}  // namespace jwtgate::http
