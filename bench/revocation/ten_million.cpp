#include "bench/revocation/ten_million.hpp"

#include <unistd.h>

#include <algorithm>
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

std::unique_ptr<full_index> make()
{
    using clock = std::chrono::steady_clock;
    auto made = std::make_unique<full_index>();
    session_ids ids(1);
    auto const before = resident_bytes();
    for (int i = 0; i < count; ++i) {
        auto const id = ids.next();
        auto const begun = clock::now();
        made->index.note_stored_end(id);
        made->longest = std::max<std::chrono::nanoseconds>(made->longest, clock::now() - begun);
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
