#include "auth/service.hpp"

#include "auth/error.hpp"
#include "auth/incident.hpp"
#include "auth/revocation/revocation_index.hpp"
#include "auth/token_id.hpp"

#include <algorithm>
#include <utility>

namespace jwtgate::auth {
namespace {

core::error_code refusal_of(rotation_outcome outcome) noexcept
{
    switch (outcome) {
        case rotation_outcome::rotated:
        case rotation_outcome::same_again:
            return {};
        case rotation_outcome::reused:
            return errc::token_reused;
        case rotation_outcome::ahead:
            return errc::counter_ahead;
        case rotation_outcome::expired:
            return jwt::errc::expired;
        case rotation_outcome::not_yet_valid:
            return jwt::errc::not_yet_valid;
        case rotation_outcome::unusable:
            break;
    }
    return errc::unusable_session;
}

void report_unusable(core::log const& log, session const& row) noexcept
{
    log.error("session_row_refused", {{"sid", row.id}, {"user", row.user_name}, {"why", fault_of(row)}});
}

std::string_view session_of(jwt::verified const& token) noexcept
{
    return token.claims().session;
}

bool same_session(jwt::verified const& a, jwt::verified const& b) noexcept
{
    return session_of(a) == session_of(b);
}

}  // namespace

service::service(shared_state shared, jwt::key_ring const& keys, counters& counted)
    : shared_{shared}, login_{shared, keys}, minter_{keys, shared.settings, shared.random}, counted_{counted}
{}

task<login_answer> service::login(credentials given, client from)
{
    auto const address = from.address;
    auto tried = co_await login_.attempt(std::move(given), std::move(from), std::string(minter_.key_id()));
    login_answer answer{
        .granted = tried.started.error(), .wait = tried.wait, .device_token = tried.device_token};
    auto const sid = tried.started ? std::string_view(tried.started->session.id) : std::string_view();
    counted_.logins.add(tried.started.error());
    if (answer.wait.count() == 0)
        record(shared_.log, {"login", tried.user_name, address, sid, tried.started.error()});
    if (!tried.started) co_return answer;
    auto const& [session, user] = *tried.started;
    answer.granted = minter_.tokens_of(session, user, freshness::fresh, session.created);
    co_return answer;
}

task<result<grant>> service::refresh(jwt::verified token, client from)
{
    auto const& said = token.claims();
    auto const held = co_await rotate(std::string(said.session), *said.counter);
    counted_.refreshes.add(held.error());
    record(shared_.log, {"refresh", said.subject, from.address, said.session, held.error()});
    if (!held) co_return held.error();
    co_return minter_.tokens_of(held->session, held->user, freshness::refreshed, shared_.clock.now());
}

task<result<session_and_user>> service::rotate(std::string session, std::int64_t counter)
{
    rotation asked{
        .session = std::move(session),
        .counter = counter,
        .at = shared_.clock.now(),
        .key_id = std::string(minter_.key_id()),
        .refresh_ttl = shared_.settings.refresh_ttl,
        .grace = shared_.settings.refresh_grace,
    };
    auto done = co_await shared_.store.rotate_session(std::move(asked));
    if (!done) co_return done.error();
    if (ends_session(done->outcome)) shared_.revoked.note_stored_end(done->found.session.id);
    if (done->outcome == rotation_outcome::unusable) report_unusable(shared_.log, done->found.session);
    if (auto const why = refusal_of(done->outcome)) co_return why;
    co_return std::move(done->found);
}

task<result<void>> service::logout(std::vector<jwt::verified> tokens, client from)
{
    tokens = not_ended_for_good(std::move(tokens));
    if (tokens.empty()) co_return result<void>{};
    std::vector<session_end> ends;
    ends.reserve(tokens.size());
    for (auto const& token : tokens) ends.push_back(end_of(token.claims()));
    for (auto const& token : tokens) shared_.revoked.end(session_of(token));
    auto const ended = co_await shared_.store.end_sessions(std::move(ends));
    for (auto const& token : tokens) {
        auto const& said = token.claims();
        if (ended) shared_.revoked.note_stored_end(said.session);
        if (!ended) shared_.revoked.end(said.session);
        record(shared_.log, {"logout", said.subject, from.address, said.session, ended.error()});
    }
    co_return ended;
}

// One token a session.
std::vector<jwt::verified> service::not_ended_for_good(std::vector<jwt::verified> tokens) const
{
    std::erase_if(tokens, [this](auto const& token) {
        return shared_.revoked.is_end_stored(session_of(token));
    });
    std::ranges::sort(tokens, {}, session_of);
    tokens.erase(std::unique(tokens.begin(), tokens.end(), same_session), tokens.end());
    return tokens;
}

// No session is older than its tokens say or lives longer than this, whatever the clock says now.
session_end service::end_of(jwt::claims const& token) const
{
    auto const begun = std::max(shared_.clock.now(), from_numeric_date(*token.issued_at));
    return {
        .id = std::string(token.session),
        .keep_until = begun + shared_.settings.session_max_age + revocation_margin,
    };
}

task<result<session>> service::find_session(std::string id)
{
    auto found = co_await shared_.store.find_session(std::move(id));
    if (found) co_return std::move(found->session);
    co_return found.error() == errc::no_such_session ? make_error_code(errc::token_revoked) : found.error();
}

std::optional<std::chrono::sys_seconds> service::refresh_at(jwt::claims const& access) const noexcept
{
    auto const window = shared_.settings.refresh_window;
    if (window.count() == 0 || !access.refreshable_until) return std::nullopt;
    if (*access.refreshable_until <= *access.expires_at) return std::nullopt;
    return from_numeric_date(*access.expires_at) - window;
}

std::optional<access_grant> service::renew(jwt::claims const& access)
{
    auto const now = shared_.clock.now();
    auto const due = refresh_at(access);
    if (!due || now < *due) return std::nullopt;
    if (!is_base64url(access.csrf) || !is_base64url(access.session)) return std::nullopt;
    if (now + shared_.settings.access_ttl <= from_numeric_date(*access.expires_at)) return std::nullopt;
    auto renewed = access;
    renewed.fresh = false;
    auto made = minter_.access_token(renewed, now);
    if (!made) return std::nullopt;
    return std::move(*made);
}

}  // namespace jwtgate::auth
