#pragma once

#include "auth/authenticator.hpp"
#include "auth/login/login_guard.hpp"
#include "auth/passwords/password_pool.hpp"
#include "auth/revocation/revocation_index.hpp"
#include "auth/service.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_random.hpp"
#include "support/fake_store.hpp"
#include "support/run_task.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jwtgate::test {

/// A set of one HS256 key.
inline std::shared_ptr<jwt::key_set const> one_key(std::string_view id)
{
    auto const secret = std::string(32, id.front());
    auto keys = jwt::key_set::parse(jwt::make_key_set_json(jwt::algorithm::hs256, id, secret));
    return std::make_shared<jwt::key_set const>(std::move(*keys));
}

/// An authenticator, asked for one kind of token or the other.
class token_checks {
public:
    explicit token_checks(auth::authenticator made) : tokens_{std::move(made)} {}

    auto authenticate(std::string_view token)
    {
        return tokens_.authenticate(token, {.type = auth::token_type::access});
    }

    auto check_refresh_token(std::string_view token)
    {
        return tokens_.authenticate(token, {.type = auth::token_type::refresh});
    }

    auto recognise(std::string_view token) { return tokens_.recognise(token); }

private:
    auth::authenticator tokens_;
};

/// All that a service stands on, with a clock that stands still, the cheapest password hashes and a silent
/// log. Settings are changed before the first call of make_service.
struct fake_domain {
    fake_clock time;
    core::clock clock = time.clock();
    core::random_source random = counting_random();
    core::log log{core::log_level::off, core::log_format::text};
    auth::settings settings;
    fake_store store;
    auth::login_guard guard{settings.login, 1024};
    auth::password_pool passwords{1, auth::least_password_cost};
    auth::revocation_index revoked;
    std::shared_ptr<jwt::key_set const> keys = one_key("test");
    auth::counters counted;

    fake_domain() = default;
    fake_domain(fake_domain const&) = delete;
    fake_domain& operator=(fake_domain const&) = delete;

    ~fake_domain() { passwords.join(); }

    auth::shared_state shared() { return shared(store); }

    /// The same over another store.
    auth::shared_state shared(auth::store& other)
    {
        return {
            .store = other,
            .passwords = passwords,
            .revoked = revoked,
            .clock = clock,
            .random = random,
            .log = log,
            .settings = settings,
            .guard = guard,
        };
    }

    auth::service make_service() { return auth::service{shared(), keys, counted}; }

    auth::authenticator make_authenticator() { return {keys, settings, revoked, clock}; }

    token_checks make_tokens() { return token_checks{make_authenticator()}; }

    /// Adds an enabled user.
    auth::user& add_user(std::string name, std::string_view password, std::vector<std::string> roles = {})
    {
        auth::user added;
        added.name = std::move(name);
        added.password_hash = auth::hash_password(password, auth::least_password_cost).value();
        added.roles = std::move(roles);
        return store.put(std::move(added));
    }
};

inline auth::credentials credentials(std::string name, std::string password)
{
    return {.user_name = std::move(name), .password = core::secret{std::move(password)}};
}

}  // namespace jwtgate::test
