#include "auth/revocation/revocation_index.hpp"

#include "auth/revocation/revocation_key.hpp"

namespace jwtgate::auth {
namespace {

std::int64_t seconds_of(std::chrono::sys_seconds time) noexcept
{
    return time.time_since_epoch().count();
}

}  // namespace

void revocation_index::end(std::string_view session)
{
    put(session, ending::decided);
}

void revocation_index::note_stored_end(std::string_view session)
{
    put(session, ending::stored);
}

void revocation_index::put(std::string_view session, ending how)
{
    auto const key = revocation_key(session);
    std::lock_guard const lock{writing_};
    try {
        sessions_[current_].put(key, how);
    } catch (...) {
        is_complete_ = false;  // what could not be taken in now comes with the next rebuild
        throw;
    }
}

bool revocation_index::is_end_stored(std::string_view session) const noexcept
{
    auto const key = revocation_key(session);
    return sessions_[0].find(key) == ending::stored || sessions_[1].find(key) == ending::stored;
}

void revocation_index::cut_off(std::string_view user, std::chrono::sys_seconds issued_before)
{
    auto const key = revocation_key(user);
    std::lock_guard const lock{writing_};
    if (users_.find(key) < seconds_of(issued_before)) users_.put(key, seconds_of(issued_before));
}

void revocation_index::let_in(std::string_view user, std::chrono::sys_seconds now)
{
    auto const key = revocation_key(user);
    std::lock_guard const lock{writing_};
    if (auto const issued_before = users_.find(key); issued_before && *issued_before > seconds_of(now))
        users_.put(key, seconds_of(now));
}

bool revocation_index::refuses(jwt::claims const& token) const noexcept
{
    if (has_ended(revocation_key(token.session))) return true;
    if (users_.is_empty()) return false;
    auto const issued_before = users_.find(revocation_key(token.subject));
    return issued_before && *token.issued_at < *issued_before;
}

// Whatever has ended is in one of the two until the other one has it. While a reader that was held up went
// from the first to the second, it may have come to the first, and been cleared from the second.
bool revocation_index::has_ended(std::uint64_t session) const noexcept
{
    for (;;) {
        auto const clearings = clearings_.load(std::memory_order_acquire);
        for (auto const& table : sessions_)
            if (table.size() != 0 && table.find(session)) return true;
        if (clearings_.load(std::memory_order_acquire) == clearings) return false;
    }
}

void revocation_index::start_over()
{
    if (!is_complete()) return;
    forget_superseded();
    std::lock_guard const lock{writing_};
    is_complete_ = false;
    current_ = 1 - current_;
}

// Nobody writes into that table, so nobody has to wait while its memory is given back.
void revocation_index::forget_superseded()
{
    auto* const superseded = [this] {
        std::lock_guard const lock{writing_};
        return is_complete_ ? &sessions_.at(1 - current_) : nullptr;
    }();
    if (superseded == nullptr) return;
    clearings_.fetch_add(1);
    superseded->clear();
}

void revocation_index::complete()
{
    std::lock_guard const lock{writing_};
    is_complete_ = true;
}

std::size_t revocation_index::size() const noexcept
{
    std::lock_guard const lock{writing_};
    return sessions_[current_].size();
}

bool revocation_index::is_complete() const noexcept
{
    std::lock_guard const lock{writing_};
    return is_complete_;
}

}  // namespace jwtgate::auth
