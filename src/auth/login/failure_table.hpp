#pragma once

#include "auth/login/failed_logins.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace jwtgate::auth {

/// What is known of one key. A count of failures is kept as the time when the last of them is gone: each adds
/// a step to it (the generic cell rate algorithm).
struct tally {
    using time_point = std::chrono::steady_clock::time_point;

    /// How long a turn is kept for whoever waited for it.
    static constexpr std::chrono::minutes turn_kept{10};

    failure_key key = 0;
    time_point gone_at{};         ///< counted failures, those in flight too
    time_point ready_at{};        ///< when its turn comes; none: it waits for none
    std::uint32_t in_flight = 0;  ///< attempts that are counted before their end is known
    bool is_changed = false;      ///< since it was last written down

    /// Whether it waits for its turn, or has it.
    bool has_turn(time_point now) const noexcept
    {
        return ready_at != time_point{} && now < ready_at + turn_kept;
    }
};

/// Tallies by key, in memory that is bounded whatever is counted: a bucket of eight has the place of a key,
/// chosen by bits of it. A key that finds no free place takes that of the one whose failures are gone first,
/// and takes over that time: so a full table counts too much, but never too little (Metwally et al., Space-
/// Saving). Keys come from a keyed hash, so that nobody can fill a bucket on purpose.
class failure_table {
public:
    using time_point = tally::time_point;

    /// 32 bytes a tally, so 4 MiB where all are in use.
    static constexpr std::size_t usual_size = std::size_t{1} << 17U;

    /// `size` is a power of two, and at least 128.
    explicit failure_table(std::size_t size);

    /// None (null) when the key has no place; 0 never has one.
    tally* find(failure_key key) noexcept;

    /// What has to be assumed of the key: without a place in a full bucket, what it would take over.
    tally look_up(failure_key key, time_point now) noexcept;

    /// The one that is there, or a new one. It stays where it is until the next call.
    tally& find_or_add(failure_key key, time_point now);

    /// Calls `visit(tally&)` for each, those too that no longer count.
    template <class Visit>
    void for_each(Visit visit)
    {
        for (auto const& made : pages_) {
            if (!made) continue;
            for (auto& places : *made) std::ranges::for_each(places, visit);
        }
    }

private:
    static constexpr std::size_t bucket_size = 8;
    static constexpr std::size_t page_size = 16;  // buckets

    using bucket = std::array<tally, bucket_size>;
    using page = std::array<bucket, page_size>;

    std::unique_ptr<page>& page_of(failure_key key) noexcept
    {
        return pages_[key / page_size % pages_.size()];
    }

    std::vector<std::unique_ptr<page>> pages_;  // made when they are first needed
};

}  // namespace jwtgate::auth
