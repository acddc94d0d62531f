#pragma once

#include <boost/intrusive/list.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <tuple>

namespace jwtgate::http {

/// The time-outs of one worker's connections. Each phase has one duration, so its waiters are sorted by the
/// order in which they came: arming and disarming is a list operation, and only the heads are looked at. Time
/// comes from outside.
class deadlines {
public:
    using time_point = std::chrono::steady_clock::time_point;

    enum class phase { first, idle, header, body, write, linger };
    using durations = std::array<std::chrono::milliseconds, 6>;  ///< by phase

    /// Something that waits. It disarms itself when it goes.
    class waiter : public boost::intrusive::list_base_hook<
                       boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
    public:
        waiter() = default;
        waiter(waiter const&) = delete;
        waiter& operator=(waiter const&) = delete;
        virtual ~waiter() = default;

        /// The time is over, or the phase was ended early; it is not armed any more.
        virtual void expire() noexcept = 0;

    private:
        friend class deadlines;
        time_point due_;
    };

    explicit deadlines(durations const& lasts) noexcept : lasts_{lasts} {}

    /// Starts the phase's time for `who` from `now` on, whatever it waited for before. `now` never goes back.
    void arm(waiter& who, phase what, time_point now) noexcept
    {
        who.unlink();
        who.due_ = now + lasts_[index(what)];
        queues_[index(what)].push_back(who);
    }

    static void disarm(waiter& who) noexcept { who.unlink(); }

    /// Expires all whose time is over.
    void sweep(time_point now) noexcept
    {
        for (auto& queue : queues_) {
            while (!queue.empty() && queue.front().due_ <= now) expire_first(queue);
        }
    }

    /// When the one that has waited longest in this phase began to; none when none waits.
    std::optional<time_point> longest_since(phase what) const noexcept
    {
        auto const& queue = queues_[index(what)];
        if (queue.empty()) return std::nullopt;
        return queue.front().due_ - lasts_[index(what)];
    }

    /// Expires that one, if there is one.
    void end_longest(phase what) noexcept
    {
        auto& queue = queues_[index(what)];
        if (!queue.empty()) expire_first(queue);
    }

    /// Expires all that wait in this phase.
    void end(phase what) noexcept
    {
        auto& queue = queues_[index(what)];
        while (!queue.empty()) expire_first(queue);
    }

private:
    using queue_type = boost::intrusive::list<waiter, boost::intrusive::constant_time_size<false>>;

    static std::size_t index(phase what) noexcept { return static_cast<std::size_t>(what); }

    static void expire_first(queue_type& queue) noexcept
    {
        auto& first = queue.front();
        queue.pop_front();
        first.expire();
    }

    durations lasts_;
    std::array<queue_type, std::tuple_size_v<durations>> queues_;
};

}  // namespace jwtgate::http
