#pragma once

#include <climits>

namespace jwtgate::store::test {

/// What SQLite asks of its files, and the commit as a whole.
enum class operation { read, write, sync, lock, commit };

struct fault {
    operation what = operation::write;
    int code = 1;  ///< SQLite's; whatever it is, a commit is refused as a constraint is
    int nth = 1;   ///< the first to fail, from now on
    int times = 1;

    static constexpr int for_ever = INT_MAX;
};

/// While it lives, whatever SQLite opens in this process goes through it, and fails as it is told to: a VFS
/// over the default one. One at a time; it outlives what was opened.
///
/// A sync waits for no disk: it copies the file to its name and `synced_suffix`, which is then what a loss of
/// power would leave of it.
class faulty_files {
public:
    static constexpr char const* synced_suffix = "-synced";

    faulty_files();
    faulty_files(faulty_files const&) = delete;
    faulty_files& operator=(faulty_files const&) = delete;
    ~faulty_files();

    static void arm(fault planned);

    /// Nothing fails any more. Returns whether something has since it was armed.
    static bool disarm();

    /// Neither counts nor fails anything while it lives: for a look at what there is.
    class pause {
    public:
        pause();
        pause(pause const&) = delete;
        pause& operator=(pause const&) = delete;
        ~pause();
    };
};

}  // namespace jwtgate::store::test
