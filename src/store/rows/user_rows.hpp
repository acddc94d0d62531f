#pragma once

#include "auth/store.hpp"
#include "store/statement.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jwtgate::store {

/// A row of `users` as statements fill it; its columns in the order of `columns`, to be selected FROM users.
class user_row {
public:
    static constexpr char const* columns =
        "users.id, users.name, users.password_hash, users.password_version, users.enabled, users.roles, "
        "users.created";

    void define(soci::statement& select);
    auth::user value() const;

private:
    auth::user user_;
    std::string roles_;
};

/// The table of users over one connection, and that of their cut-offs, which go by name and outlive them.
/// Throws soci::soci_error when the database fails.
class user_rows {
public:
    explicit user_rows(soci::session& sql);

    std::optional<auth::user> find(std::string const& name);
    std::optional<auth::user> find(std::int64_t id);

    /// By name.
    std::vector<auth::user> all();

    /// Returns false when the name is taken.
    bool add(auth::user const& added);

    /// Writes password, roles and enabled of the user with this id.
    void update(auth::user const& changed);

    /// Its sessions go with it.
    void remove(std::int64_t id);

    void replace_hash(auth::user_as_seen seen, std::string const& password_hash);

    /// Leaves a later one.
    void cut_off(std::string const& name, auth::cutoff at);

    /// Moves a cut-off that lies after `now` there.
    void let_in(std::string const& name, std::chrono::sys_seconds now);

    std::vector<auth::user_cutoff> cutoffs();

    /// Forgets `limit` cut-offs at most that are to be kept until before `before`. Returns how many.
    std::int64_t purge_cutoffs(std::chrono::sys_seconds before, std::int64_t limit);

private:
    soci::session& sql_;
    user_row row_;
    std::string name_;
    std::int64_t id_ = 0;
    soci::statement find_by_name_;
    soci::statement find_by_id_;
};

}  // namespace jwtgate::store
