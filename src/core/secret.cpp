#include "core/secret.hpp"

#include <sodium.h>

#include <utility>

namespace jwtgate::core {

secret::secret(std::string&& bytes) : bytes_{bytes}
{
    wipe(bytes);
}

// Short strings live inside the object, where a move leaves them behind: hence the wipe of the other.
secret::secret(secret&& other) noexcept : bytes_{std::move(other.bytes_)}
{
    wipe(other.bytes_);
}

secret& secret::operator=(secret&& other) noexcept
{
    if (this == &other) return *this;
    wipe(bytes_);
    bytes_ = std::move(other.bytes_);
    wipe(other.bytes_);
    return *this;
}

secret::~secret()
{
    wipe(bytes_);
}

void wipe(std::string& bytes) noexcept
{
    bytes.resize(bytes.capacity());  // within the capacity: no allocation
    wipe(bytes.data(), bytes.size());
    bytes.clear();
}

void wipe(void* memory, std::size_t size) noexcept
{
    sodium_memzero(memory, size);
}

bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept
{
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace jwtgate::core
