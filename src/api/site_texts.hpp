#pragma once

#include <string>

namespace jwtgate::api {

/// What the page says of this site.
struct site_texts {
    std::string site_name;  ///< empty: the host that was asked
    std::string contact;    ///< whom to ask about a lost password; empty: nobody
};

}  // namespace jwtgate::api
