#pragma once

#include "unit/store/faults/faulty_files.hpp"
#include "unit/store/faults/node.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>

namespace jwtgate::store::test {

/// What is there of a file when the process ends here, or the whole machine.
enum class loss { of_process, of_power };

inline std::filesystem::path left_by(loss cause, std::filesystem::path const& file)
{
    auto synced = file.native() + faulty_files::synced_suffix;
    return cause == loss::of_power ? std::filesystem::path(std::move(synced)) : file;
}

inline void copy_database(std::filesystem::path const& from, std::filesystem::path const& to, loss cause)
{
    for (std::string const suffix : {"", "-wal"}) {
        auto const file = left_by(cause, from.native() + suffix);
        if (std::filesystem::exists(file)) std::filesystem::copy_file(file, to.native() + suffix);
    }
}

/// The directory of a database that knows the user ann.
struct prepared {
    temporary_directory directory;
    std::filesystem::path file = directory / "a.db";

    prepared()
    {
        auto ann = named("ann");
        ann.password_hash = auth::hash_password("right", auth::least_password_cost).value();
        BOOST_REQUIRE(await(store::open_sqlite(file, silent())->add_user(ann)).has_value());
    }
};

/// The same, killed when its write-ahead log was so long that the next commits make a checkpoint due.
struct prepared_for_a_checkpoint : prepared {
    static constexpr std::uintmax_t frame = 24 + 4096;

    prepared_for_a_checkpoint()
    {
        BOOST_REQUIRE(in_child([this] { return lengthen_log(); }) == 0);
    }

    int lengthen_log() const
    {
        auto* const sql = store::open_writer(file).release();  // never closed
        *sql << "PRAGMA synchronous = OFF";
        auto const log = file.native() + "-wal";
        do *sql << "UPDATE users SET created = created + 1";
        while (std::filesystem::file_size(log) < 997 * frame);
        return 0;
    }
};

/// One user logs in, refreshes and logs out while faults strike; whatever is answered is held against what a
/// kill or a loss of power would leave in this moment.
struct life {
    std::filesystem::path file;
    node server{file};

    template <class Look>
    void after_a_crash(Look look) const
    {
        faulty_files::pause const quiet;
        for (auto const cause : {loss::of_process, loss::of_power}) {
            temporary_directory const directory;
            copy_database(file, directory / "a.db", cause);
            node again(directory / "a.db");
            look(again);
        }
    }

    // What is refused leaves everything as it was; the next call does it, once nothing fails any more.
    template <class Step, class Look>
    auth::grant until_done(Step step, Look unchanged)
    {
        auto const done = step();
        if (done) return *done;
        BOOST_TEST(done.error() == because(auth::errc::busy));
        after_a_crash(unchanged);
        faulty_files::disarm();
        return step().value();
    }

    auth::grant log_in()
    {
        auto given = until_done([this] { return server.log_in(); }, [](node&) {});
        after_a_crash([&given](node& again) {
            BOOST_TEST(again.lets_in(given));
            BOOST_TEST(again.refresh(given.refresh_token).has_value());
        });
        return given;
    }

    auth::grant refresh(auth::grant const& old)
    {
        auto renewed = until_done(
            [this, &old] { return server.refresh(old.refresh_token); },
            [&old](node& again) { BOOST_TEST(again.refresh(old.refresh_token).has_value()); }
        );
        BOOST_TEST(server.lets_in(old));
        after_a_crash([&](node& again) {
            BOOST_TEST(again.refresh(old.refresh_token).value().refresh_token == renewed.refresh_token);
        });
        BOOST_TEST(*server.tokens.check_refresh_token(renewed.refresh_token)->claims().counter == 2);
        return renewed;
    }

    void log_out(auth::grant const& first, auth::grant const& renewed)
    {
        auto const is_over = [&](node& any) { BOOST_TEST((any.refuses(first) && any.refuses(renewed))); };
        auto const ended = server.log_out(renewed.access.token);
        is_over(server);
        if (!ended) {
            BOOST_TEST(ended.error() == because(auth::errc::busy));
            faulty_files::disarm();
            BOOST_TEST(server.log_in().has_value());  // carries it along
        }
        after_a_crash(is_over);
    }
};

}  // namespace jwtgate::store::test
