#pragma once

#include "auth/login/failed_logins.hpp"
#include "auth/login/failure_table.hpp"
#include "auth/settings.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <string_view>

namespace jwtgate::auth {

/// Who wants to be let in as whom.
struct login_attempt {
    std::string_view user;     ///< the folded name; what is no name at all as it was typed
    std::string_view address;  ///< empty where it is not known, which is an address like any other
    std::string_view device;   ///< of a device on which this user has logged in before; empty: none
};

/// How an attempt ended. `undecided`: the password was not compared.
enum class attempt_end { failed, succeeded, undecided };

/// What the guard says to an attempt.
struct admission {
    std::chrono::seconds wait{0};              ///< above 0: refused; so long until another is worth it
    std::uint64_t to_report = 0;               ///< refused since the last that were to be logged; 0: not now
    std::array<failure_key, 4> counted_for{};  ///< for `settle`
};

/// Limits guessing. Failures count for the user at an address, for the address, for the user and for the
/// device. The first two are limits. The third makes everybody who is new wait for a turn, each address for
/// itself and for half a minute at most, once more has failed than one address could do: so nobody can lock
/// a user out. A device that is known is held up by its own failures only.
///
/// Whether there is such a user makes no difference. An attempt is counted as a failure before its end is
/// known, so that many at once are no more than one after the other. What is refused is not counted.
///
/// It takes the time as an argument and knows no wall clock. Shared by all workers.
class login_guard {
public:
    using time_point = tally::time_point;

    /// `limits` outlives it.
    login_guard(login_limits const& limits, std::size_t table_size);

    /// Takes over what was remembered. Before anything asks.
    void restore(failed_logins const& remembered, time_point now);

    admission admit(login_attempt const& who, time_point now);

    /// To be called once for each admission that was not refused. A success ends the count of the user at
    /// its address, and of the device.
    void settle(admission const& admitted, attempt_end how, time_point now);

    /// Whether something has to be written down: what has changed, and once that nothing counts any longer.
    bool has_changes(time_point now);

    /// All that has changed since the last call.
    failure_changes take_changes(time_point now);

    /// It could not be written down: it has changed still.
    void put_back(failure_changes const& changes);

private:
    using key_list = std::array<failure_key, 4>;
    using duration = std::chrono::nanoseconds;

    key_list keys_of(login_attempt const& who) const;
    failure_key key_of(char kind, std::span<unsigned char const> network, std::string_view name) const;
    void forgive(key_list const& keys, time_point now);
    duration forget(failure_key key, time_point now);
    void mark_changed(tally& one) noexcept;
    duration step_of(std::size_t kind) const noexcept;
    duration longest(std::size_t kind) const noexcept;
    duration until_free(std::size_t kind, key_list const& keys, time_point now);
    duration until_turn(key_list const& keys, time_point now);
    duration turn_of(failure_key user, time_point now);
    void count(key_list const& keys, time_point now);
    admission refuse(duration wait, time_point now);

    login_limits const& limits_;
    std::mutex mutex_;
    std::array<unsigned char, 16> hash_key_{};
    time_point epoch_{};  // when the clock of what is remembered stood at 0
    failure_table table_;
    bool has_changed_ = false;
    time_point written_until_{};  // until when something that was written down counts; none: nothing does
    std::uint64_t refused_ = 0;   // since the last report
    time_point reported_at_{};
};

}  // namespace jwtgate::auth
