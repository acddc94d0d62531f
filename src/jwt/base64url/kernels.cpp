#include "jwt/base64url/kernels.hpp"

#include <array>

namespace jwtgate::jwt::base64url {
namespace {

struct kernel_list {
    std::array<kernel const*, 3> found{};
    std::size_t size = 0;

    kernel_list() noexcept
    {
#ifdef __x86_64__
        __builtin_cpu_init();
        auto const wide = __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi");
        if (wide) found[size++] = &avx512;
        if (__builtin_cpu_supports("avx2")) found[size++] = &avx2;
#endif
        found[size++] = &scalar;
    }
};

}  // namespace

std::span<kernel const* const> kernels() noexcept
{
    static kernel_list const list;
    return {list.found.data(), list.size};
}

}  // namespace jwtgate::jwt::base64url
