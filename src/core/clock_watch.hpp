#pragma once

#include <chrono>

namespace jwtgate::core {

/// What both clocks said at one moment.
struct clock_reading {
    std::chrono::sys_seconds wall;
    std::chrono::steady_clock::time_point steady;
};

/// Judges the wall clock by the steady one. One that was set while it was watched is not trusted until it has
/// kept its pace for an hour again, nor is one that has not been watched for so long: the first minutes of a
/// process are the worst to believe it. It may still be wrong, evenly.
class clock_watch {
public:
    /// How long the wall clock has to keep its pace, and how far it may stray meanwhile: seconds are whole,
    /// and slewing (which moves the steady clock too) is no step.
    static constexpr std::chrono::hours trial{1};
    static constexpr std::chrono::seconds tolerance{10};

    explicit clock_watch(clock_reading first) noexcept : since_{first}, last_{first} {}

    /// Takes in what the clocks say now. Returns by how much the wall clock was set since it last kept its
    /// pace, ahead or back; 0 when it has kept it.
    std::chrono::seconds observe(clock_reading now) noexcept;

    /// Whether it had kept its pace for the whole trial when it was last observed.
    bool is_trusted() const noexcept { return last_.steady - since_.steady >= trial; }

private:
    clock_reading since_;
    clock_reading last_;
};

}  // namespace jwtgate::core
