#include "files/account.hpp"

#include <array>
#include <pwd.h>

namespace jwtgate::files {

std::string account_name(uid_t user)
{
    passwd entry{};
    passwd* found = nullptr;
    std::array<char, 4096> room;  // longer entries are not worth another try
    getpwuid_r(user, &entry, room.data(), room.size(), &found);
    return found != nullptr ? found->pw_name : std::to_string(user);
}

}  // namespace jwtgate::files
