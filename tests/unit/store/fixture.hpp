#pragma once

#include "auth/error.hpp"
#include "auth/store.hpp"
#include "core/log/log.hpp"
#include "store/sqlite_connection.hpp"
#include "store/sqlite_schema.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace jwtgate::store::test {

inline constexpr std::chrono::sys_seconds now{std::chrono::seconds{1'800'000'000}};

inline core::log const& silent()
{
    static core::log const log(core::log_level::off, core::log_format::text);
    return log;
}

/// A directory of its own that goes with the test. The files that a test makes in it are for their owner
/// only, as a database has to be.
class temporary_directory {
public:
    temporary_directory()
    {
        auto name = (std::filesystem::temp_directory_path() / "jwtgate_store_XXXXXX").native();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory");
        path_ = name;
        ::umask(S_IRWXG | S_IRWXO);
    }

    temporary_directory(temporary_directory const&) = delete;
    temporary_directory& operator=(temporary_directory const&) = delete;

    ~temporary_directory() { std::filesystem::remove_all(path_); }

    std::filesystem::path operator/(std::string const& name) const { return path_ / name; }

    std::filesystem::path const& path() const { return path_; }

    /// Every file by name with its bytes.
    std::map<std::string, std::string> contents() const
    {
        std::map<std::string, std::string> files;
        for (auto const& entry : std::filesystem::directory_iterator(path_)) {
            std::ifstream in(entry.path(), std::ios::binary);
            files[entry.path().filename()] = {std::istreambuf_iterator<char>(in), {}};
        }
        return files;
    }

private:
    std::filesystem::path path_;
};

/// Runs a coroutine to its end on this thread.
template <class T>
T await(core::task<T> task)
{
    boost::asio::io_context context;
    auto value = boost::asio::co_spawn(context, std::move(task), boost::asio::use_future);
    context.run();
    return value.get();
}

/// Runs `body()` in a process of its own, which ends with its value without closing anything, as kill -9
/// would end it.
template <class Body>
int in_child(Body body)
{
    constexpr int threw = 99;
    auto const child = ::fork();
    if (child == 0) {
        try {
            ::_exit(body());
        } catch (...) {
            ::_exit(threw);
        }
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// Limits the files of this process: a write beyond it then fails, as on a full disk, and does not end the
/// process.
inline bool limit_file_size(rlim_t bytes)
{
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = std::min(bytes, limit.rlim_max);
    return std::signal(SIGXFSZ, SIG_IGN) != SIG_ERR && ::setrlimit(RLIMIT_FSIZE, &limit) == 0;
}

/// What `body()` writes to stderr.
template <class Body>
std::string captured_stderr(Body body)
{
    temporary_directory const directory;
    auto const file = directory / "stderr";
    int const old = ::dup(STDERR_FILENO);
    int const capture = ::open(file.c_str(), O_CREAT | O_WRONLY, S_IRUSR | S_IWUSR);
    ::dup2(capture, STDERR_FILENO);
    body();
    ::dup2(old, STDERR_FILENO);
    ::close(capture);
    ::close(old);
    return directory.contents().at("stderr");
}

inline std::vector<std::string> lines_of(std::string const& text)
{
    std::istringstream in(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

/// A database with all its tables, empty, over the connection that writes.
struct database {
    database() { migrate(*sql, sqlite_migrations()); }

    temporary_directory directory;
    std::unique_ptr<soci::session> sql = open_writer(directory / "a.db");
};

/// What a refusal has to say, to compare with result::error().
inline core::error_code because(auth::errc reason)
{
    return reason;
}

inline auth::user alice()
{
    return {
        .id = 0,
        .name = "alice",
        .password_hash = "$argon2id$first",
        .password_version = 1,
        .enabled = true,
        .roles = {"admin", "staff"},
        .created = now,
    };
}

inline auth::user named(std::string name)
{
    auto user = alice();
    user.name = std::move(name);
    return user;
}

inline bool same(auth::user const& a, auth::user const& b)
{
    auto const all = [](auth::user const& u) {
        return std::tie(u.name, u.password_hash, u.password_version, u.enabled, u.roles, u.created);
    };
    return all(a) == all(b);
}

/// A session of a user with every member set, so that a column that is lost or swapped shows.
inline auth::session session_of(auth::user const& user, std::string id)
{
    using std::chrono::seconds;
    return {
        .id = std::move(id),
        .user_id = user.id,
        .user_name = user.name,
        .counter = 1,
        .created = now,
        .rotated_at = now + seconds{1},
        .prev_rotated_at = now - seconds{1},
        .rotated_kid = "kid-1",
        .refresh_expires = now + std::chrono::days{30},
        .absolute_end = now + std::chrono::days{90},
        .csrf_access = "csrf-a",
        .csrf_refresh = "csrf-r",
        .address = "192.0.2.1",
        .user_agent = "agent",
    };
}

inline bool same(auth::session const& a, auth::session const& b)
{
    auto const all = [](auth::session const& s) {
        return std::tie(
            s.id,
            s.user_id,
            s.user_name,
            s.counter,
            s.created,
            s.rotated_at,
            s.prev_rotated_at,
            s.rotated_kid,
            s.refresh_expires,
            s.absolute_end,
            s.csrf_access,
            s.csrf_refresh,
            s.address,
            s.user_agent
        );
    };
    return all(a) == all(b);
}

/// How long revocations of the tests are to be kept.
inline constexpr auto kept = now + std::chrono::days{91};

inline constexpr auth::cutoff cut{.issued_before = now, .keep_until = kept};

inline std::vector<auth::session_end> ends(std::vector<std::string> const& ids)
{
    std::vector<auth::session_end> all;
    for (auto const& id : ids) all.push_back({id, kept});
    return all;
}

inline auth::user_as_seen seen(auth::user const& user)
{
    return {.id = user.id, .password_version = user.password_version};
}

/// What the session's head asks five minutes later.
inline auth::rotation next_of(auth::session const& session)
{
    return {
        .session = session.id,
        .counter = session.counter,
        .at = now + std::chrono::minutes{5},
        .key_id = "kid-2",
        .refresh_ttl = std::chrono::days{31},
        .grace = std::chrono::seconds{30},
    };
}

}  // namespace jwtgate::store::test
