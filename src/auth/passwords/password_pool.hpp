#pragma once

#include "auth/passwords/password.hpp"
#include "core/secret.hpp"
#include "core/task.hpp"
#include "core/worker_pool.hpp"

#include <atomic>
#include <cstddef>
#include <optional>
#include <string>

namespace jwtgate::auth {

using core::task;

/// Where passwords are hashed: a fixed number of threads below the priority of the I/O workers, 64 waiting
/// jobs a thread; what does not fit is refused at once with errc::busy. Results arrive on the caller's
/// executor, and a password is wiped as soon as its job is done.
class password_pool {
public:
    /// Makes the hash that stands in for users that are not there. Throws std::runtime_error when there is no
    /// memory for it.
    password_pool(std::size_t threads, password_cost cost);

    /// Of the password's opaque_string. Error: busy.
    task<result<std::string>> hash(core::secret password);

    /// Checks the password's opaque_string against the hash; where that does not match and is not what was
    /// given, the given bytes too, for a hash that was made of them. A hash that is not usable, an empty one
    /// too, never matches. Every refusal of one password takes the same time, whatever the hash and its cost:
    /// as long as the cost of this pool, or as the dearest hash that it has seen. On success: a better hash,
    /// when the stored one is weaker than the cost of this pool or was made of other bytes than the
    /// opaque_string. Errors: bad_credentials, busy.
    task<result<std::optional<std::string>>> verify(std::string hash, core::secret password);

    /// From any thread: how many passwords wait for a thread.
    std::size_t waiting() const noexcept { return threads_.waiting(); }

    /// Waits for what is queued and refuses from then on.
    void join() { threads_.join(); }

private:
    result<std::optional<std::string>> check(std::string const& hash, std::string_view given);
    result<void> match(std::string const& hash, std::string_view password);

    password_cost const cost_;
    std::string const stand_in_;
    std::atomic<std::size_t> most_work_;  // of one hash that was verified here
    core::worker_pool threads_;
};

}  // namespace jwtgate::auth
