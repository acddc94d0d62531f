#pragma once

#include "auth/revocation/housekeeping.hpp"
#include "store/sqlite_store.hpp"
#include "support/fake_domain.hpp"
#include "unit/store/fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace jwtgate::store::test {

/// A server without HTTP, as it is when it has just started on this database.
struct node : jwtgate::test::fake_domain {
    explicit node(std::filesystem::path const& file) : db{store::open_sqlite(file, silent())}
    {
        BOOST_REQUIRE(await(auth::housekeeping{shared(*db)}.start()).has_value());
    }

    std::unique_ptr<auth::store> db;
    auth::service service{shared(*db), keys, counted};
    jwtgate::test::token_checks tokens = make_tokens();

    auth::result<auth::grant> log_in()
    {
        return await(service.login(jwtgate::test::credentials("ann", "right"), {})).granted;
    }

    auth::result<auth::grant> refresh(std::string const& token)
    {
        auto const checked = tokens.check_refresh_token(token);
        if (!checked) return checked.error();
        return await(service.refresh(*checked, {}));
    }

    auth::result<void> log_out(std::string const& token)
    {
        std::vector<jwt::verified> shown;
        shown.push_back(tokens.recognise(token).value());
        return await(service.logout(std::move(shown), {}));
    }

    bool lets_in(auth::grant const& given) { return tokens.authenticate(given.access.token).has_value(); }

    bool refuses(auth::grant const& given)
    {
        return tokens.authenticate(given.access.token).error() == because(auth::errc::token_revoked) &&
               refresh(given.refresh_token).error() == because(auth::errc::token_revoked);
    }
};

}  // namespace jwtgate::store::test
