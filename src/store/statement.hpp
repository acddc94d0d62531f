#pragma once

#include <soci/soci.h>

#include <chrono>
#include <string>

/// Times are kept as whole seconds since 1970, in UTC.
template <>
struct soci::type_conversion<std::chrono::sys_seconds> {
    using base_type = long long;

    static void from_base(base_type seconds, indicator /*state*/, std::chrono::sys_seconds& out)
    {
        out = std::chrono::sys_seconds{std::chrono::seconds{seconds}};
    }

    static void to_base(std::chrono::sys_seconds in, base_type& seconds, indicator& state)
    {
        seconds = in.time_since_epoch().count();
        state = i_ok;
    }
};

/// Truth is kept as 0 or 1.
template <>
struct soci::type_conversion<bool> {
    using base_type = int;

    static void from_base(base_type number, indicator /*state*/, bool& out) { out = number != 0; }

    static void to_base(bool in, base_type& number, indicator& state)
    {
        number = in ? 1 : 0;
        state = i_ok;
    }
};

namespace jwtgate::store {

/// Compiles a statement over variables, each wrapped in soci::into or soci::use; they have to outlive it.
template <class... Variables>
soci::statement prepare(soci::session& sql, std::string const& text, Variables const&... variables)
{
    soci::statement made(sql);
    made.alloc();
    (made.exchange(variables), ...);
    made.prepare(text);
    made.define_and_bind();
    return made;
}

/// The same for a SELECT that fills `row`, which knows its columns.
template <class Row, class... Variables>
soci::statement prepare_select(
    soci::session& sql, std::string const& text, Row& row, Variables const&... variables
)
{
    soci::statement made(sql);
    made.alloc();
    row.define(made);
    (made.exchange(variables), ...);
    made.prepare(text);
    made.define_and_bind();
    return made;
}

/// Runs a SELECT of one row at most, to its end: left open it would hold its snapshot, and make COMMIT fail.
/// Returns whether there was a row.
inline bool fetch_one(soci::statement& select)
{
    bool const found = select.execute(true);
    while (select.got_data()) select.fetch();
    return found;
}

/// Runs a statement that returns no rows. Returns how many rows it changed.
inline long long run(soci::statement& change)
{
    change.execute(true);
    return change.get_affected_rows();
}

}  // namespace jwtgate::store
