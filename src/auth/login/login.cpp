#include "auth/login/login.hpp"

#include "auth/error.hpp"
#include "auth/login/login_guard.hpp"
#include "auth/passwords/password_pool.hpp"
#include "auth/revocation/revocation_index.hpp"
#include "auth/token_id.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

namespace jwtgate::auth {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t user_agent_limit = 256;

attempt_end end_of(core::error_code why) noexcept
{
    if (!why) return attempt_end::succeeded;
    return why == errc::bad_credentials ? attempt_end::failed : attempt_end::undecided;
}

// A line for many: whoever floods with logins must not flood the log.
void report(core::log const& log, admission const& refused, std::string_view address)
{
    if (refused.to_report == 0) return;
    auto const times = std::to_string(refused.to_report);
    log.warn("logins_refused", {{"address", address}, {"times", times}, {"outcome", "too_many_failures"}});
}

}  // namespace

login::login(shared_state shared, jwt::key_ring const& keys) : shared_{shared}, devices_{keys, shared.random}
{}

task<login_outcome> login::attempt(credentials given, client from, std::string key_id)
{
    auto const address = from.address;
    auto who = co_await identify(std::move(given), from);
    login_outcome outcome{.user_name = who.user_name, .started = who.checked.error(), .wait = who.wait};
    if (!who.checked) co_return outcome;
    outcome.started = co_await let_in(std::move(*who.checked), std::move(from), std::move(key_id));
    if (!outcome.started) co_return outcome;
    user_device const on{.user = who.user_name, .id = who.device, .address = address};
    if (auto token = devices_.make(on, shared_.clock.now())) outcome.device_token = std::move(*token);
    co_return outcome;
}

task<identity> login::identify(credentials given, client from)
{
    auto const name = fold_user_name(given.user_name).value_or(given.user_name);
    identity who{.checked = errc::too_many_failures};
    who.device = devices_.recognise(given.devices, name, shared_.clock.now());
    auto const admitted = shared_.guard.admit({name, from.address, who.device}, shared_.clock.steady());
    report(shared_.log, admitted, from.address);
    who.wait = admitted.wait;
    if (who.wait > 0s) co_return who;
    auto known = co_await find_user(name);
    if (known && *known) who.user_name = (*known)->name;
    who.checked = co_await check(std::move(known), std::move(given.password));
    shared_.guard.settle(admitted, end_of(who.checked.error()), shared_.clock.steady());
    co_return who;
}

task<result<std::optional<user>>> login::find_user(std::string name)
{
    if (!fold_user_name(name)) co_return std::nullopt;
    auto found = co_await shared_.store.find_user(name);
    if (!found && found.error() == errc::no_such_user) co_return std::nullopt;
    if (!found) co_return found.error();
    bool const has_password = !found->password_hash.empty();  // who was invited has none yet
    if (has_password && !is_usable_hash(found->password_hash))
        shared_.log.error("unusable_password_hash", {{"user", name}});
    co_return std::move(*found);
}

// One who may not log in is nobody: a user without a hash, which costs as much to check and never matches.
task<result<known_user>> login::check(result<std::optional<user>> candidate, core::secret password)
{
    if (!candidate) co_return candidate.error();
    known_user who;
    if (*candidate && (*candidate)->enabled) who.user = std::move(**candidate);
    auto matched = co_await shared_.passwords.verify(who.user.password_hash, std::move(password));
    if (!matched) co_return matched.error();
    who.better_hash = std::move(*matched);
    co_return who;
}

task<result<session_and_user>> login::let_in(known_user who, client from, std::string key_id)
{
    auto fresh = new_session(who.user, std::move(from), std::move(key_id));
    user_as_seen const seen{.id = who.user.id, .password_version = who.user.password_version};
    auto written = co_await shared_.store.start_session(fresh, seen, shared_.settings.max_sessions);
    if (!written) co_return written.error();
    for (auto const& ended : written->ended) shared_.revoked.note_stored_end(ended);
    shared_.revoked.let_in(who.user.name, fresh.created);
    if (who.better_hash)  // a failure leaves it to the next login
        co_await shared_.store.rehash_password(seen, std::move(*who.better_hash));
    co_return session_and_user{.session = std::move(fresh), .user = std::move(written->user)};
}

session login::new_session(user const& whose, client from, std::string key_id) const
{
    auto const now = shared_.clock.now();
    auto const absolute_end = now + shared_.settings.session_max_age;
    session started;
    started.id = core::random_id(shared_.random, token_id_bytes);
    started.user_id = whose.id;
    started.user_name = whose.name;
    started.created = started.rotated_at = now;
    started.rotated_kid = std::move(key_id);
    started.refresh_expires = std::min(now + shared_.settings.refresh_ttl, absolute_end);
    started.absolute_end = absolute_end;
    started.csrf_access = core::random_id(shared_.random, token_id_bytes);
    started.csrf_refresh = core::random_id(shared_.random, token_id_bytes);
    started.address = std::move(from.address);
    started.user_agent = from.user_agent.substr(0, user_agent_limit);
    return started;
}

}  // namespace jwtgate::auth
