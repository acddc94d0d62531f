#pragma once

#include "app/data_directory.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <variant>

namespace jwtgate::app {

struct control_request {
    std::string_view target;
    std::string_view body;
};

/// What the running server of this data directory answers; or, when there is none, the directory's lock,
/// which keeps one from starting. Waits for one that starts or stops. Throws std::runtime_error with one line
/// when neither can be had.
std::variant<std::string, directory_lock> ask_server(
    std::filesystem::path const& data_dir, control_request const& request, new_files& made
);

}  // namespace jwtgate::app
