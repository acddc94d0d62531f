#include "auth/login/login_guard.hpp"

#include "core/ip_address.hpp"

#include <sodium.h>

#include <algorithm>
#include <bit>
#include <string>
#include <utility>

namespace jwtgate::auth {
namespace {

using namespace std::chrono_literals;

enum kind : std::size_t { user_at_address, address, user, device };

// Newcomers wait 1, 2, 4, 8, 16, 32 s, the longer the more failures there are beyond what one address can do.
constexpr int most_doublings = 5;
constexpr auto report_interval = 10s;
constexpr std::chrono::nanoseconds longest_clock = std::chrono::years{100};

bool is_set(tally::time_point time) noexcept
{
    return time != tally::time_point{};
}

}  // namespace

login_guard::login_guard(login_limits const& limits, std::size_t table_size)
    : limits_{limits}, table_{table_size}
{}

// A row that somebody has edited holds nobody up for longer than two windows, and breaks no arithmetic.
void login_guard::restore(failed_logins const& remembered, time_point now)
{
    static_assert(sizeof(hash_key_) == sizeof(remembered.hash_key));
    std::lock_guard const lock(mutex_);
    hash_key_ = std::bit_cast<decltype(hash_key_)>(remembered.hash_key);
    auto const clock = std::clamp(remembered.clock, duration{0}, longest_clock);
    epoch_ = now - clock;
    for (auto const& one : remembered.counts) {
        if (one.gone_at <= clock) continue;
        auto const left = std::min(one.gone_at - clock, duration{2 * limits_.window});
        table_.find_or_add(one.key, now).gone_at = now + left;
        written_until_ = std::max(written_until_, now + left);
    }
}

admission login_guard::admit(login_attempt const& who, time_point now)
{
    auto const keys = keys_of(who);
    std::lock_guard const lock(mutex_);
    bool const is_known = keys[device] != 0 && until_free(device, keys, now) == 0s;
    if (!is_known) {
        auto const at_limit =
            std::max(until_free(user_at_address, keys, now), until_free(address, keys, now));
        auto const wait = std::max(at_limit, until_turn(keys, now));
        if (wait > 0s) return refuse(wait, now);
    }
    count(keys, now);
    return {.counted_for = keys};
}

void login_guard::settle(admission const& admitted, attempt_end how, time_point now)
{
    std::lock_guard const lock(mutex_);
    if (how == attempt_end::succeeded) forgive(admitted.counted_for, now);
    for (std::size_t i = 0; i < admitted.counted_for.size(); ++i) {
        auto* const found = table_.find(admitted.counted_for[i]);
        if (found == nullptr || found->in_flight == 0) continue;
        --found->in_flight;
        if (how == attempt_end::failed) {
            found->gone_at = std::min(found->gone_at, now + longest(i) + found->in_flight * step_of(i));
            mark_changed(*found);
        } else {
            found->gone_at -= step_of(i);
        }
    }
}

// What failed at an address from which the user then gets in was no attack on the user.
void login_guard::forgive(key_list const& keys, time_point now)
{
    auto const forgotten = forget(keys[user_at_address], now);
    auto* const whole = table_.find(keys[user]);
    if (whole != nullptr && forgotten > 0s) {
        whole->gone_at -= forgotten;
        mark_changed(*whole);
    }
    forget(keys[device], now);
}

// All but what is in flight. Returns how much that was.
login_guard::duration login_guard::forget(failure_key key, time_point now)
{
    auto* const found = table_.find(key);
    if (found == nullptr) return {};
    duration const forgotten = found->gone_at - now - found->in_flight * step_of(user);
    if (forgotten <= 0s) return {};
    found->gone_at -= forgotten;
    mark_changed(*found);
    return forgotten;
}

void login_guard::mark_changed(tally& one) noexcept
{
    one.is_changed = true;
    has_changed_ = true;
}

// More than a limit lets in can be counted for a user only, and what is far beyond it makes no difference.
login_guard::duration login_guard::longest(std::size_t kind) const noexcept
{
    return limits_.window + (most_doublings + 1) * step_of(kind);
}

bool login_guard::has_changes(time_point now)
{
    std::lock_guard const lock(mutex_);
    return has_changed_ || (is_set(written_until_) && written_until_ <= now);
}

failure_changes login_guard::take_changes(time_point now)
{
    std::lock_guard const lock(mutex_);
    failure_changes changes{.clock = now - epoch_};
    if (written_until_ <= now) written_until_ = {};
    has_changed_ = false;
    table_.for_each([&](tally& one) {
        if (!one.is_changed) return;
        one.is_changed = false;
        changes.counts.push_back({.key = one.key, .gone_at = one.gone_at - epoch_});
        written_until_ = std::max(written_until_, one.gone_at);
    });
    return changes;
}

void login_guard::put_back(failure_changes const& changes)
{
    std::lock_guard const lock(mutex_);
    has_changed_ = true;
    for (auto const& one : changes.counts) {
        if (auto* const found = table_.find(one.key)) found->is_changed = true;
    }
}

login_guard::key_list login_guard::keys_of(login_attempt const& who) const
{
    auto const parsed = core::ip_address::parse(who.address);
    auto const network = parsed ? parsed->network() : std::span<unsigned char const>{};
    key_list keys{};
    if (limits_.failures != 0) {
        keys[user_at_address] = key_of('p', network, who.user);
        keys[user] = key_of('u', {}, who.user);
    }
    if (limits_.failures != 0 && !who.device.empty()) keys[device] = key_of('d', {}, who.device);
    if (limits_.failures_address != 0) keys[address] = key_of('a', network, {});
    return keys;
}

// The size of the network stands before it, so that no name can be taken for a part of it.
failure_key login_guard::key_of(char kind, std::span<unsigned char const> network, std::string_view name)
    const
{
    std::string text{kind, static_cast<char>(network.size())};
    text.append(network.begin(), network.end()).append(name);
    std::array<unsigned char, sizeof(failure_key)> hash{};
    auto const* const bytes = reinterpret_cast<unsigned char const*>(text.data());
    crypto_shorthash(hash.data(), bytes, text.size(), hash_key_.data());
    return std::max(std::bit_cast<failure_key>(hash), failure_key{1});  // 0 is no key
}

login_guard::duration login_guard::step_of(std::size_t kind) const noexcept
{
    auto const most = kind == address ? limits_.failures_address : limits_.failures;
    return most == 0 ? duration{0} : duration{limits_.window} / most;
}

// Where only attempts whose end is not known yet stand in the way, that is soon.
login_guard::duration login_guard::until_free(std::size_t kind, key_list const& keys, time_point now)
{
    if (keys[kind] == 0) return {};
    auto const seen = table_.look_up(keys[kind], now);
    auto const step = step_of(kind);
    duration const wait = seen.gone_at + step - limits_.window - now;
    bool const is_soon = wait <= seen.in_flight * step;
    return std::clamp(wait, duration{0}, is_soon ? duration{1s} : duration::max());
}

// How long an address has to wait still, which it begins to do here.
login_guard::duration login_guard::until_turn(key_list const& keys, time_point now)
{
    auto const turn = turn_of(keys[user], now);
    if (turn == 0s) return turn;
    auto& mine = table_.find_or_add(keys[user_at_address], now);
    if (!mine.has_turn(now)) mine.ready_at = now + turn;
    return std::max(mine.ready_at - now, duration{0});
}

login_guard::duration login_guard::turn_of(failure_key user_key, time_point now)
{
    if (user_key == 0) return {};
    auto const beyond = table_.look_up(user_key, now).gone_at - now - limits_.window;
    if (beyond <= 0s) return {};
    auto const doublings = std::min<std::int64_t>(most_doublings, (beyond - 1ns) / step_of(user));
    return duration{1s} * (1 << doublings);
}

void login_guard::count(key_list const& keys, time_point now)
{
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (keys[i] == 0) continue;
        auto& one = table_.find_or_add(keys[i], now);
        auto const step = step_of(i);
        one.gone_at = std::max(one.gone_at, now) + step;
        one.ready_at = {};  // the turn is taken
        ++one.in_flight;
    }
}

admission login_guard::refuse(duration wait, time_point now)
{
    ++refused_;
    admission refused{.wait = std::chrono::ceil<std::chrono::seconds>(wait)};
    if (is_set(reported_at_) && now - reported_at_ < report_interval) return refused;
    reported_at_ = now;
    refused.to_report = std::exchange(refused_, 0);
    return refused;
}

}  // namespace jwtgate::auth
