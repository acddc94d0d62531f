#include "auth/housekeeping.hpp"

#include "auth/error.hpp"

namespace jwtgate::auth {
namespace {

// For an implicit refresh that was under way when its session ended, and for a clock that is being slewed.
constexpr std::chrono::minutes margin{1};

}  // namespace

task<result<std::unique_ptr<revocation_index>>> load_revocations(
    store& from, settings const& chosen, core::clock const& clock
)
{
    auto const longest_ttl = co_await from.note_access_ttl(chosen.access_ttl);
    if (!longest_ttl) co_return longest_ttl.error();
    auto const lifetime = *longest_ttl + chosen.leeway + margin;
    auto const ended = co_await from.ended_sessions(clock.now() - lifetime);
    if (!ended) co_return ended.error();
    auto index = std::make_unique<revocation_index>(lifetime, clock.steady());
    for (auto const& session : *ended) index->end(session.id, clock.steady());
    co_return std::move(index);
}

task<result<std::int64_t>> purge_sessions(
    store& from, revocation_index const& index, core::clock const& clock
)
{
    return from.purge_sessions(clock.now() - index.lifetime());
}

}  // namespace jwtgate::auth
