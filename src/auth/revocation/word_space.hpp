#pragma once

#include <cstddef>
#include <cstdint>

namespace jwtgate::auth {

/// In what portions memory is taken: small ones are had at once; with huge ones (2 MiB, from the second on)
/// the processor finds the words faster.
enum class portions : bool { small, huge };

/// An array of words that grows in place: address space for as many as there may ever be is set aside at
/// once, memory is taken as they are first written. Its words stay where they are and can be read for as long
/// as it lives.
class word_space {
public:
    /// Throws std::system_error when there is no such address space.
    word_space(std::size_t most, portions taken);
    word_space(word_space const&) = delete;
    word_space& operator=(word_space const&) = delete;
    ~word_space();

    /// From now on the first `size` words can be used; new ones are 0. Throws std::length_error beyond what
    /// was set aside, std::system_error when the system gives no more.
    void grow_to(std::size_t size);

    /// Every word is 0 again, and the system has its memory back.
    void clear() noexcept;

    std::uint64_t* data() const noexcept { return words_; }

private:
    portions taken_;
    std::size_t reserved_;  // bytes, as the next two
    std::size_t usable_ = 0;
    void* start_;
    std::uint64_t* words_;
};

}  // namespace jwtgate::auth
