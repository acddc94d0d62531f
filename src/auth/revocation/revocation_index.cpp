#include "auth/revocation/revocation_index.hpp"

#include <functional>
#include <utility>

namespace jwtgate::auth {
namespace {

// What stands beside a session.
constexpr std::int64_t ended = 0;
constexpr std::int64_t end_is_stored = 1;

std::uint64_t key_of(std::string_view name) noexcept
{
    static_assert(sizeof(std::size_t) == sizeof(std::uint64_t));
    auto const hash = std::hash<std::string_view>{}(name);
    return hash != 0 ? hash : 1;
}

std::int64_t seconds_of(std::chrono::sys_seconds time) noexcept
{
    return time.time_since_epoch().count();
}

}  // namespace

void revocation_index::end(std::string_view session)
{
    put(session, ended);
}

void revocation_index::note_stored_end(std::string_view session)
{
    put(session, end_is_stored);
}

void revocation_index::put(std::string_view session, std::int64_t state)
{
    std::lock_guard const lock{writing_};
    sessions_[current_].put(key_of(session), state);
}

bool revocation_index::is_end_stored(std::string_view session) const noexcept
{
    auto const key = key_of(session);
    return sessions_[0].find(key) == end_is_stored || sessions_[1].find(key) == end_is_stored;
}

void revocation_index::cut_off(std::string_view user, std::chrono::sys_seconds issued_before)
{
    auto const key = key_of(user);
    std::lock_guard const lock{writing_};
    if (users_.find(key) < seconds_of(issued_before)) users_.put(key, seconds_of(issued_before));
}

void revocation_index::let_in(std::string_view user, std::chrono::sys_seconds now)
{
    auto const key = key_of(user);
    std::lock_guard const lock{writing_};
    if (auto const issued_before = users_.find(key); issued_before && *issued_before > seconds_of(now))
        users_.put(key, seconds_of(now));
}

bool revocation_index::refuses(jwt::claims const& token) const noexcept
{
    if (has_ended(key_of(token.session))) return true;
    auto const issued_before = users_.find(key_of(token.subject));
    return issued_before && *token.issued_at < *issued_before;
}

// Between the two tables a whole rebuild may pass by a reader that was held up: it then looks again.
bool revocation_index::has_ended(std::uint64_t session) const noexcept
{
    for (;;) {
        auto const rebuild = rebuilds_.load(std::memory_order_acquire);
        if (sessions_[0].find(session) || sessions_[1].find(session)) return true;
        if (rebuilds_.load(std::memory_order_acquire) == rebuild) return false;
    }
}

void revocation_index::start_over()
{
    std::lock_guard const lock{writing_};
    if (!std::exchange(is_complete_, false)) return;
    rebuilds_.fetch_add(1, std::memory_order_release);
    current_ = 1 - current_;
    sessions_[current_].clear();
}

void revocation_index::complete()
{
    std::lock_guard const lock{writing_};
    is_complete_ = true;
}

bool revocation_index::is_complete() const noexcept
{
    std::lock_guard const lock{writing_};
    return is_complete_;
}

}  // namespace jwtgate::auth
