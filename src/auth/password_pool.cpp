#include "auth/password_pool.hpp"

#include "auth/error.hpp"

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

}  // namespace

password_pool::password_pool(std::size_t threads, password_cost cost)
    : cost_{cost},
      stand_in_{make_stand_in(cost)},
      threads_{threads, queue_per_thread * threads, core::worker_pool::priority::low}
{}

// A job that does not fit into the queue is not run: then "busy" stays.
task<result<std::string>> password_pool::hash(core::secret password)
{
    result<std::string> hashed = errc::busy;
    auto job = [&] {
        hashed = hash_password(password.reveal(), cost_);
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

// A stronger hash that there is no memory for is made at another login.
result<std::optional<std::string>> password_pool::check(std::string const& hash, std::string_view password)
    const
{
    bool const usable = is_usable_hash(hash);
    auto const matched = verify_password(usable ? hash : stand_in_, password);
    if (!matched) return matched.error();
    if (!usable) return errc::bad_credentials;
    if (!is_weaker(hash, cost_)) return std::optional<std::string>{};
    auto stronger = hash_password(password, cost_);
    if (!stronger) return std::optional<std::string>{};
    return std::optional<std::string>{std::move(*stronger)};
}

}  // namespace jwtgate::auth
