#include "auth/passwords/password_pool.hpp"

#include "auth/error.hpp"
#include "auth/passwords/opaque_string.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <variant>

namespace jwtgate::auth {
namespace {

constexpr std::size_t queue_per_thread = 64;

std::string make_stand_in(password_cost cost)
{
    auto hash = hash_password("nobody", cost);
    if (!hash) throw std::runtime_error("argon2-memory: there is not enough memory for one password hash");
    return std::move(*hash);
}

/// The greater of the two, which `greatest` then is.
std::size_t raise(std::atomic<std::size_t>& greatest, std::size_t value) noexcept
{
    auto seen = greatest.load();
    while (seen < value && !greatest.compare_exchange_weak(seen, value)) continue;
    return std::max(seen, value);
}

}  // namespace

password_pool::password_pool(std::size_t threads, password_cost cost)
    : cost_{cost},
      stand_in_{make_stand_in(cost)},
      most_work_{work_of(cost)},
      threads_{threads, queue_per_thread * threads, core::worker_pool::priority::low}
{}

// A job that does not fit into the queue is not run: then "busy" stays.
task<result<std::string>> password_pool::hash(core::secret password)
{
    result<std::string> hashed = errc::busy;
    auto job = [&] {
        hashed = hash_password(opaque_string(password.reveal()).reveal(), cost_);
        return std::monostate{};
    };
    co_await threads_.offload(std::move(job));
    co_return hashed;
}

task<result<std::optional<std::string>>> password_pool::verify(std::string hash, core::secret password)
{
    result<std::optional<std::string>> checked = errc::busy;
    auto job = [&] {
        checked = check(hash, password.reveal());
        return std::monostate{};
    };
    co_await threads_.offload(std::move(job));
    co_return checked;
}

// A better hash that there is no memory for is made at another login.
result<std::optional<std::string>> password_pool::check(std::string const& hash, std::string_view given)
{
    auto const prepared = opaque_string(given);
    auto matched = match(hash, prepared.reveal());
    bool const as_given = matched.error() == errc::bad_credentials && prepared.reveal() != given;
    if (as_given) matched = match(hash, given);
    if (!matched) return matched.error();
    if (!as_given && !is_weaker(hash, cost_)) return std::optional<std::string>{};
    auto better = hash_password(prepared.reveal(), cost_);
    if (!better) return std::optional<std::string>{};
    return std::optional<std::string>{std::move(*better)};
}

// A refusal makes up for what a weaker hash saved, since the time would tell that there is such a user.
result<void> password_pool::match(std::string const& hash, std::string_view password)
{
    bool const usable = is_usable_hash(hash);
    auto const& compared = usable ? hash : stand_in_;
    auto const spent = work_of(compared);
    auto const due = raise(most_work_, spent);
    auto const matched = verify_password(compared, password);
    if (usable && matched) return {};
    if (!matched && matched.error() != errc::bad_credentials) return matched;
    auto const missing = missing_cost(due, spent, cost_.memory);
    if (missing && !hash_password(password, *missing)) return errc::busy;
    return errc::bad_credentials;
}

}  // namespace jwtgate::auth
