#pragma once

#include "auth/shared_state.hpp"

namespace jwtgate::auth {

/// Carries what the login guard has counted over a restart. A failure is written down within a second, and
/// by nobody who waits for an answer: a crash loses that second.
class failure_memory {
public:
    explicit failure_memory(shared_state shared) noexcept : shared_{shared} {}

    /// Hands the guard what is remembered. To be called once, before anything asks it. Error: busy.
    task<result<void>> start();

    /// Writes down what has changed. To be called about every second; what the store cannot do now is left
    /// to the next call.
    task<void> run();

    /// Writes down what has changed and what time it is, the last thing of all.
    task<void> stop();

private:
    task<void> write();

    shared_state shared_;
};

}  // namespace jwtgate::auth
