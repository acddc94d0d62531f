#pragma once

#include <cstddef>
#include <string_view>

namespace jwtgate::http::test {

/// While it lives, all memory of this process from the global operator new is watched for a text. One at a
/// time.
class watched_memory {
public:
    explicit watched_memory(std::string_view text) noexcept;
    watched_memory(watched_memory const&) = delete;
    watched_memory& operator=(watched_memory const&) = delete;
    ~watched_memory();

    /// How many blocks were freed with the text in them.
    std::size_t freed_with_it() const noexcept;

    /// How many blocks, allocated since the watch began, hold it now. Nobody may write to them meanwhile.
    std::size_t live_with_it() const noexcept;

    /// The size of all blocks allocated since the watch began that are not freed.
    std::size_t live_size() const noexcept;
};

}  // namespace jwtgate::http::test
