#pragma once

#include "config/settings.hpp"
#include "core/refusal.hpp"
#include "files/file_lock.hpp"
#include "files/new_files.hpp"

#include <boost/system/result.hpp>

namespace jwtgate::files {

/// What happens where there is no database: whoever opens it then makes it, or nothing is done.
enum class missing_database { may_be_made, is_refused };

/// The data directory and the database, held by this one process until this goes. What was made for them is
/// removed again unless it is kept, and before anyone else can hold them.
class data_claim {
public:
    /// Makes a missing data directory where a missing database may be made too. Refused, with a line that
    /// names what is in use, while another process holds one of them. Throws std::runtime_error with one line
    /// when they cannot be used at all.
    static boost::system::result<data_claim, core::refusal> try_make(
        config::settings const& chosen, missing_database treated
    );

    /// Takes what is made under this claim, so that it goes with it.
    new_files& made() noexcept { return files_; }

    /// Everything that was made stays from here on.
    void keep() noexcept;

private:
    // In this order: files go while the locks are held, the directory when its lock file has gone.
    new_files directory_;
    file_lock directory_lock_;
    file_lock database_lock_;
    new_files files_;

    data_claim(
        new_files directory, file_lock directory_lock, file_lock database_lock, new_files files
    ) noexcept
        : directory_{std::move(directory)},
          directory_lock_{std::move(directory_lock)},
          database_lock_{std::move(database_lock)},
          files_{std::move(files)}
    {}
};

}  // namespace jwtgate::files
