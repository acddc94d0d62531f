#pragma once

#include "store/tables.hpp"
#include "unit/store/fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace jwtgate::store::test {

using ids = std::vector<std::string>;

inline constexpr std::size_t most = 100;

/// A database with alice and bob in it.
struct two_users : database {
    tables db{*sql};
    auth::user user = add("alice");
    auth::user other = add("bob");

    auth::user add(std::string const& name)
    {
        BOOST_REQUIRE(db.add_user(named(name)).has_value());
        return db.find_user(name).value();
    }

    auth::session start(auth::user const& of, std::string const& id)
    {
        auto session = session_of(of, id);
        BOOST_REQUIRE(db.start_session(session, seen(of), most).has_value());
        return session;
    }

    bool has_ended(std::string const& id)
    {
        auto const all = ended();
        bool const is_gone = db.find_session(id).error() == because(auth::errc::no_such_session);
        return is_gone && std::ranges::find(all, id) != all.end();
    }

    ids ended() { return db.ended_sessions("", 100).value(); }

    std::chrono::sys_seconds cutoff_of(std::string const& name)
    {
        for (auto const& each : db.user_cutoffs().value()) {
            if (each.name == name) return each.issued_before;
        }
        return {};
    }
};

}  // namespace jwtgate::store::test
