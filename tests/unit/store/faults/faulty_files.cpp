#include "unit/store/faults/faulty_files.hpp"

#include <sqlite3.h>

#include <filesystem>
#include <mutex>
#include <string>
#include <system_error>

namespace jwtgate::store::test {
namespace {

using io = sqlite3_io_methods;

// SQLite's callbacks know no context of ours; the writer, the reader and the test are threads of their own.
struct plan {
    std::mutex mutex;
    fault armed;
    bool is_armed = false;
    int paused = 0;
    int seen = 0;
    bool has_struck = false;

    // SQLITE_OK where it is to go on.
    int strike(operation what)
    {
        std::lock_guard const lock(mutex);
        if (!is_armed || paused > 0 || what != armed.what) return SQLITE_OK;
        if (++seen < armed.nth || seen - armed.nth >= armed.times) return SQLITE_OK;
        has_struck = true;
        return armed.code;
    }
};

plan& the_plan()
{
    static plan instance;
    return instance;
}

sqlite3_vfs* the_default()
{
    static sqlite3_vfs* const found = sqlite3_vfs_find(nullptr);
    return found;
}

// The default's file lies right behind ours.
struct named_file {
    sqlite3_file base;
    char const* name;  // SQLite keeps it until the file is closed
};

named_file* ours(sqlite3_file* file)
{
    return reinterpret_cast<named_file*>(file);
}

sqlite3_file* real(sqlite3_file* file)
{
    return reinterpret_cast<sqlite3_file*>(ours(file) + 1);
}

template <auto Method, class R, class... Arguments>
R forward(sqlite3_file* file, Arguments... arguments)
{
    return (real(file)->pMethods->*Method)(real(file), arguments...);
}

template <operation What, auto Method, class... Arguments>
int attempt(sqlite3_file* file, Arguments... arguments)
{
    int const failure = the_plan().strike(What);
    return failure == SQLITE_OK ? forward<Method, int>(file, arguments...) : failure;
}

int lock_shared_memory(sqlite3_file* file, int offset, int count, int flags)
{
    bool const takes = (flags & SQLITE_SHM_LOCK) != 0;
    int const failure = takes ? the_plan().strike(operation::lock) : SQLITE_OK;
    return failure == SQLITE_OK ? forward<&io::xShmLock, int>(file, offset, count, flags) : failure;
}

int sync(sqlite3_file* file, int /*flags*/)
{
    int const failure = the_plan().strike(operation::sync);
    if (failure != SQLITE_OK) return failure;
    std::string const name = ours(file)->name;
    std::error_code failed;
    constexpr auto replacing = std::filesystem::copy_options::overwrite_existing;
    std::filesystem::copy_file(name, name + faulty_files::synced_suffix, replacing, failed);
    return failed ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

int close(sqlite3_file* file)
{
    return real(file)->pMethods == nullptr ? SQLITE_OK : forward<&io::xClose, int>(file);
}

// Version 2: SQLite maps no pages then, so that each read is seen.
constexpr io methods{
    .iVersion = 2,
    .xClose = close,
    .xRead = attempt<operation::read, &io::xRead>,
    .xWrite = attempt<operation::write, &io::xWrite>,
    .xTruncate = attempt<operation::write, &io::xTruncate>,
    .xSync = sync,
    .xFileSize = forward<&io::xFileSize>,
    .xLock = attempt<operation::lock, &io::xLock>,
    .xUnlock = forward<&io::xUnlock>,
    .xCheckReservedLock = forward<&io::xCheckReservedLock>,
    .xFileControl = forward<&io::xFileControl>,
    .xSectorSize = forward<&io::xSectorSize>,
    .xDeviceCharacteristics = forward<&io::xDeviceCharacteristics>,
    .xShmMap = forward<&io::xShmMap>,
    .xShmLock = lock_shared_memory,
    .xShmBarrier = forward<&io::xShmBarrier>,
    .xShmUnmap = forward<&io::xShmUnmap>,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open(sqlite3_vfs* /*faulty*/, sqlite3_filename name, sqlite3_file* file, int flags, int* flags_out)
{
    int const opened = the_default()->xOpen(the_default(), name, real(file), flags, flags_out);
    ours(file)->name = name;
    file->pMethods = real(file)->pMethods == nullptr ? nullptr : &methods;
    return opened;
}

sqlite3_vfs* the_faulty()
{
    static sqlite3_vfs made = [] {
        auto copy = *the_default();
        copy.szOsFile += static_cast<int>(sizeof(named_file));
        copy.pNext = nullptr;
        copy.zName = "faulty";
        copy.xOpen = open;
        return copy;
    }();
    return &made;
}

int before_commit(void* /*context*/)
{
    return the_plan().strike(operation::commit);
}

int watch_commits(sqlite3* opened, char const** /*message*/, void const* /*routines*/)
{
    sqlite3_commit_hook(opened, before_commit, nullptr);
    return SQLITE_OK;
}

// In the form in which SQLite takes it.
auto* const entry_point = reinterpret_cast<void (*)()>(watch_commits);

}  // namespace

faulty_files::faulty_files()
{
    the_default();  // before ours takes its place
    sqlite3_vfs_register(the_faulty(), 1);
    sqlite3_auto_extension(entry_point);
}

faulty_files::~faulty_files()
{
    disarm();
    sqlite3_cancel_auto_extension(entry_point);
    sqlite3_vfs_unregister(the_faulty());
}

void faulty_files::arm(fault planned)
{
    std::lock_guard const lock(the_plan().mutex);
    the_plan().armed = planned;
    the_plan().is_armed = true;
    the_plan().seen = 0;
    the_plan().has_struck = false;
}

bool faulty_files::disarm()
{
    std::lock_guard const lock(the_plan().mutex);
    the_plan().is_armed = false;
    return the_plan().has_struck;
}

faulty_files::pause::pause()
{
    std::lock_guard const lock(the_plan().mutex);
    ++the_plan().paused;
}

faulty_files::pause::~pause()
{
    std::lock_guard const lock(the_plan().mutex);
    --the_plan().paused;
}

}  // namespace jwtgate::store::test
