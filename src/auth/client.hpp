#pragma once

#include <string>

namespace jwtgate::auth {

/// Where a request comes from; kept with the session for the user to recognise it.
struct client {
    std::string address;
    std::string user_agent;  ///< cut to 256 bytes
};

}  // namespace jwtgate::auth
