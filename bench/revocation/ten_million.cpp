#include "bench/revocation/ten_million.hpp"

#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <memory>

namespace jwtgate::bench {
namespace {

constexpr int count = 10'000'000;

double resident_bytes()
{
    std::ifstream file("/proc/self/statm");
    double all = 0;
    double resident = 0;
    file >> all >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

/// The processor's time of this thread, that of the kernel for it included: it does not go on while another
/// program has the processor.
std::chrono::nanoseconds time_spent()
{
    timespec spent{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return std::chrono::seconds{spent.tv_sec} + std::chrono::nanoseconds{spent.tv_nsec};
}

std::unique_ptr<full_index> make()
{
    auto made = std::make_unique<full_index>();
    session_ids ids(1);
    auto const before = resident_bytes();
    for (int i = 0; i < count; ++i) {
        auto const id = ids.next();
        auto const begun = time_spent();
        made->index.note_stored_end(id);
        made->longest = std::max(made->longest, time_spent() - begun);
    }
    made->bytes_each = (resident_bytes() - before) / count;
    return made;
}

/// SplitMix64.
std::uint64_t mixed(std::uint64_t bits) noexcept
{
    bits = (bits ^ (bits >> 30U)) * 0xbf58'476d'1ce4'e5b9U;
    bits = (bits ^ (bits >> 27U)) * 0x94d0'49bb'1331'11ebU;
    return bits ^ (bits >> 31U);
}

}  // namespace

std::string_view session_ids::next() noexcept
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < text_.size(); ++i) {
        if (i % 10 == 0) bits = mixed(++state_);
        text_[i] = alphabet[bits & 63U];
        bits >>= 6U;
    }
    return {text_.data(), text_.size()};
}

full_index& ten_million()
{
    static auto const made = make();
    return *made;
}

}  // namespace jwtgate::bench
