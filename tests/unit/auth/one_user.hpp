#pragma once

#include "auth/error.hpp"
#include "support/fake_domain.hpp"
#include <jwtgate/jwt/signer.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jwtgate::auth {

/// A service whose only user ann logs in, refreshes and logs out.
struct one_user {
    test::fake_domain domain;
    service under_test = domain.make_service();
    test::token_checks tokens = domain.make_tokens();

    one_user() { domain.add_user("ann", "right", {"admin", "staff"}); }

    grant log_in()
    {
        return test::run_task(under_test.login(test::credentials("ann", "right"), {})).granted.value();
    }

    result<grant> refresh(std::string_view token)
    {
        auto const checked = tokens.check_refresh_token(token);
        if (!checked) return checked.error();
        return test::run_task(under_test.refresh(*checked, {.address = "192.0.2.7", .user_agent = "curl"}));
    }

    result<void> log_out(std::vector<std::string> const& texts)
    {
        std::vector<jwt::verified> recognised;
        for (auto const& token : texts) recognised.push_back(tokens.recognise(token).value());
        return test::run_task(
            under_test.logout(std::move(recognised), {.address = "192.0.2.7", .user_agent = "curl"})
        );
    }

    std::int64_t after(std::chrono::seconds time) const { return to_numeric_date(domain.time.now() + time); }

    /// Claims of an access token as a login makes them now.
    jwt::claims access_claims() const
    {
        jwt::claims what;
        what.issued_at = what.not_before = after(std::chrono::seconds{0});
        what.id = "id";
        what.type = "access";
        what.subject = "ann";
        what.csrf = "csrf";
        what.expires_at = after(std::chrono::hours{1});
        what.session = "sid";
        what.refreshable_until = after(std::chrono::hours{24});
        return what;
    }

    std::string sign(jwt::claims const& what) const { return jwt::signer{domain.keys}.sign(what).value(); }

    session const& row() const { return domain.store.sessions.begin()->second; }
};

inline bool has(std::string const& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

}  // namespace jwtgate::auth
