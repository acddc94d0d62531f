// Loaded with LD_PRELOAD: moves the clocks of one program by the seconds that stand in the file named by
// CLOCK_SHIM_OFFSETS, two signed 64-bit numbers, for the wall clock and for the steady one. The file may
// change at any time. What waits in the kernel for a time waits by the machine's own clock.

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <ctime>

namespace {

struct offsets {
    std::int64_t wall;
    std::int64_t steady;
};

offsets const volatile* map_file()
{
    auto const* const name = std::getenv("CLOCK_SHIM_OFFSETS");
    if (name == nullptr) std::abort();
    int const file = ::open(name, O_RDONLY | O_CLOEXEC);
    if (file < 0) std::abort();
    auto* const mapped = ::mmap(nullptr, sizeof(offsets), PROT_READ, MAP_SHARED, file, 0);
    if (mapped == MAP_FAILED) std::abort();
    ::close(file);
    return static_cast<offsets const volatile*>(mapped);
}

std::int64_t offset_of(clockid_t clock)
{
    static auto const* const mapped = map_file();
    if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) return mapped->wall;
    return clock == CLOCK_MONOTONIC ? mapped->steady : 0;
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* out) noexcept
{
    auto const status = static_cast<int>(::syscall(SYS_clock_gettime, clock, out));
    if (status == 0) out->tv_sec += offset_of(clock);
    return status;
}

int gettimeofday(timeval* out, void* /*zone*/) noexcept
{
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    *out = {.tv_sec = now.tv_sec, .tv_usec = now.tv_nsec / 1000};
    return 0;
}

time_t time(time_t* out) noexcept
{
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    if (out != nullptr) *out = now.tv_sec;
    return now.tv_sec;
}

}  // extern "C"
