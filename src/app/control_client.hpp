#pragma once

#include "app/config.hpp"
#include "app/files/data_claim.hpp"

#include <string>
#include <string_view>
#include <variant>

namespace jwtgate::app {

struct control_request {
    std::string_view target;
    std::string_view body;
};

/// What the running server of this data directory answers; or, when there is none, the claim on its data,
/// which keeps one from starting. Waits for one that starts or stops, five seconds at most for one that does
/// not answer. Throws std::runtime_error with one line when neither can be had, or when the server refuses.
std::variant<std::string, data_claim> ask_server(
    config const& chosen, control_request const& request, missing_database treated
);

}  // namespace jwtgate::app
