#pragma once

#include <sys/stat.h>

namespace jwtgate::core {

/// Why a file of this mode may hold no secret, with the remedy; null when it may: its group may read it,
/// others may not, and only its owner may write it.
constexpr char const* too_open(mode_t mode) noexcept
{
    if ((mode & S_IROTH) != 0) return "others may read it; chmod 600 it";
    if ((mode & (S_IWGRP | S_IWOTH)) != 0) return "others than its owner may write it; chmod 600 it";
    return nullptr;
}

}  // namespace jwtgate::core
