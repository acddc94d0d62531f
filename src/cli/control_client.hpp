#pragma once

#include "config/settings.hpp"
#include "files/data_claim.hpp"

#include <string>
#include <string_view>
#include <variant>

namespace jwtgate::cli {

struct control_request {
    std::string_view target;
    std::string_view body;
};

/// What the running server of this data directory answers; or, when there is none, the claim on its data,
/// which keeps one from starting. Waits for one that starts or stops, five seconds at most for one that does
/// not answer. Throws std::runtime_error with one line when neither can be had, or when the server refuses.
std::variant<std::string, files::data_claim> ask_server(
    config::settings const& chosen, control_request const& request, files::missing_database treated
);

}  // namespace jwtgate::cli
