#pragma once

#include <boost/test/unit_test.hpp>

#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstddef>
#include <cstdlib>

namespace jwtgate::jwt::tests {

/// Machine instructions that an action takes in a process of its own, up to that one's end, counted one by
/// one: the same number every time, unlike a duration. 0 where a process may not watch another.
template <class Action>
std::size_t steps_of(Action action)
{
    auto const child = fork();
    BOOST_REQUIRE(child >= 0);
    if (child == 0) {
        if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) _exit(EXIT_FAILURE);
        raise(SIGSTOP);
        action();
        _exit(EXIT_SUCCESS);
    }
    int status = 0;
    std::size_t steps = 0;
    waitpid(child, &status, 0);
    for (; WIFSTOPPED(status); waitpid(child, &status, 0)) {
        BOOST_REQUIRE(ptrace(PTRACE_SINGLESTEP, child, nullptr, nullptr) == 0);
        ++steps;
    }
    return steps;
}

/// For a test that needs steps_of: as precondition, it skips the test where there is no counting.
inline boost::test_tools::assertion_result steps_can_be_counted(boost::unit_test::test_unit_id /*of*/)
{
#ifdef __SANITIZE_THREAD__
    boost::test_tools::assertion_result can{false};
    can.message() << "ThreadSanitizer adds steps of its own, another number each time";
#else
    boost::test_tools::assertion_result can{steps_of([] {}) != 0};
    can.message() << "this process may not watch another";
#endif
    return can;
}

}  // namespace jwtgate::jwt::tests
