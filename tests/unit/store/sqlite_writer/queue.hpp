#pragma once

#include "store/sqlite_writer.hpp"
#include "unit/store/fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <functional>
#include <latch>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace jwtgate::store::test {

using names = std::vector<std::string>;

/// All that happens on the writer's thread; read it when the writer is gone.
struct queue : database {
    std::filesystem::path file = directory / "a.db";
    names events;
    soci::session& connection = *sql;
    std::unique_ptr<sqlite_writer> writer = std::make_unique<sqlite_writer>(std::move(sql), file, silent());

    sqlite_writer::job job(std::string const& name, std::function<void(tables&)> const& run)
    {
        return {
            .run =
                [this, name, run](tables& db) {
                    events.push_back("run " + name);
                    run(db);
                },
            .finish = [this, name](bool durable) { events.push_back((durable ? "done " : "busy ") + name); },
        };
    }

    sqlite_writer::job adding(std::string const& name)
    {
        return job(name, [name](tables& db) { db.add_user(named(name)).value(); });
    }

    sqlite_writer::job breaking_commit(std::string const& name)
    {
        return job(name, [this](tables&) {
            connection << "PRAGMA defer_foreign_keys = ON";  // a broken reference then shows in COMMIT only
            connection << "INSERT INTO sessions VALUES ('s', 99, 1, 0, 0, 0, '', 0, 0, '', '', '', '')";
        });
    }

    void push(sqlite_writer::job one) const { BOOST_TEST(writer->push(one)); }

    void push_and_wait(sqlite_writer::job one) const
    {
        std::latch answered{1};
        one.finish = [&answered, finish = one.finish](bool durable) {
            finish(durable);
            answered.count_down();
        };
        push(one);
        answered.wait();
    }

    /// Opens the database again, with a writer that logs. Returns its connection.
    soci::session& restart(core::log const& log)
    {
        writer.reset();
        auto reopened = open_writer(file);
        auto& to = *reopened;
        writer = std::make_unique<sqlite_writer>(std::move(reopened), file, log);
        return to;
    }

    names ended_when_closed()
    {
        writer.reset();
        auto const reopened = open_writer(file);
        return tables(*reopened).ended_sessions("", 100).value();
    }

    names users()
    {
        writer.reset();
        auto const reopened = open_writer(file);
        names found;
        for (auto const& user : tables(*reopened).list_users().value()) found.push_back(user.name);
        return found;
    }
};

/// Keeps the writer's thread busy, so that what is pushed meanwhile makes one batch.
struct blocked : queue {
    std::latch running{1};
    std::latch open{1};

    blocked()
    {
        push({
            .run =
                [this](tables&) {
                    running.count_down();
                    open.wait();
                },
            .finish = [](bool) {},
        });
        running.wait();
    }
};

}  // namespace jwtgate::store::test
