#pragma once

#include "auth/revocation/atomic_map.hpp"
#include "auth/revocation/ended_table.hpp"
#include <jwtgate/jwt/claims.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string_view>

namespace jwtgate::auth {

/// What has been revoked, in memory, shared by all workers: the sessions that have ended, and for each user
/// the time before which its tokens were issued in vain. Asking takes no lock and never waits; writing takes
/// a mutex. Sessions and users are known by `revocation_key`: enough, since it is only asked after the
/// signature has been checked.
///
/// It knows no time. What has ended leaves it only when it has left the storage that it is loaded from.
class revocation_index {
public:
    /// From its return on every thread refuses the session. To be called before the end is written down, and
    /// again when it could not be, so that a rebuild meanwhile does not lose it.
    void end(std::string_view session);

    /// The same, and its end is in the storage.
    void note_stored_end(std::string_view session);

    /// Whether nothing is left to do to end it.
    bool is_end_stored(std::string_view session) const noexcept;

    /// Tokens of the user that were issued before this (not at it) are refused. Leaves a later time.
    void cut_off(std::string_view user, std::chrono::sys_seconds issued_before);

    /// What is issued to the user from `now` on counts, though a clock that was ahead had cut it off.
    void let_in(std::string_view user, std::chrono::sys_seconds now);

    /// Whether a verified token has been revoked, with its session or its user.
    bool refuses(jwt::claims const& token) const noexcept;

    /// Begins a rebuild: every session that the storage holds then, and holds for good, is to be noted again
    /// before `complete`. Until then nothing is forgotten; what is not noted goes with the rebuild after
    /// that. Does nothing while a rebuild is not complete.
    void start_over();
    void complete();

    /// Gives back the memory of what the last rebuild left behind, if it is complete. To be called long
    /// enough after it for an end that could not be stored to have been noted again; never beside
    /// `start_over`.
    void forget_superseded();

    /// False also when a session could not be taken in, for want of memory: it is to be noted again.
    bool is_complete() const noexcept;

    /// How many sessions it holds, those that the storage has forgotten since the last rebuild among them.
    std::size_t size() const noexcept;

private:
    void put(std::string_view session, ending how);
    bool has_ended(std::uint64_t session) const noexcept;

    mutable std::mutex writing_;
    // The one in use, and the one before it, which a reader may be in and a rebuild falls back on.
    std::array<ended_table, 2> sessions_;
    std::size_t current_ = 0;
    std::atomic<std::uint64_t> clearings_ = 0;  // of one of the two
    bool is_complete_ = false;
    atomic_map users_;
};

}  // namespace jwtgate::auth
