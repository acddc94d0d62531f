#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

namespace jwtgate::auth {

/// The sessions that have ended, in memory, shared by all workers. Reading takes no lock and never waits;
/// writing takes a mutex. A session is known by 64 bits of a hash of its id: enough, since ids are random and
/// only asked for after the signature has been checked.
class revocation_index {
public:
    using time_point = std::chrono::steady_clock::time_point;

    /// `lifetime`: how long an entry has to stay, the longest that an access token can still live.
    revocation_index(std::chrono::seconds lifetime, time_point now);

    revocation_index(revocation_index const&) = delete;
    revocation_index& operator=(revocation_index const&) = delete;
    ~revocation_index();

    /// From its return on, every thread finds the session for at least one lifetime. An entry goes with the
    /// first call that comes two lifetimes later.
    void end(std::string_view session, time_point now);

    bool contains(std::string_view session) const noexcept;

    std::chrono::seconds lifetime() const noexcept { return lifetime_; }

private:
    class block;

    /// The entries of one lifetime: a chain of tables, each twice as large as the one before. They are filled
    /// in order and stay until the index goes, so a reader may be in any of them at any time.
    class generation {
    public:
        generation();
        ~generation();

        bool contains(std::uint64_t key) const noexcept;
        void insert(std::uint64_t key);
        void clear() noexcept;

    private:
        block& block_with_room();

        std::vector<std::unique_ptr<block>> blocks_;  // for the writer, under its mutex
        block const* const first_;                    // for readers
    };

    std::chrono::seconds const lifetime_;
    std::mutex writing_;
    time_point current_since_;
    std::array<generation, 2> generations_;
    std::size_t current_ = 0;
};

}  // namespace jwtgate::auth
