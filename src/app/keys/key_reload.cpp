#include "app/keys/key_reload.hpp"

#include "app/keys/key_file.hpp"

#include <exception>
#include <system_error>

namespace jwtgate::app {

std::string key_reload::reload()
try {
    std::lock_guard const lock{reading_};
    auto const keys = load_keys(file_);
    ring_.replace(keys);
    log_.info(
        "keys reloaded", {{"keys", std::to_string(keys->keys().size())}, {"signs", keys->signing_key().id}}
    );
    return "";

} catch (std::exception const& error) {
    log_.error("keys not reloaded, the old ones stay", {{"reason", error.what()}});
    return error.what();
}

api::key_reply key_reload::follow(std::string const& changed_file)
{
    std::error_code failed;
    if (std::filesystem::equivalent(file_, changed_file, failed)) return {reload(), ""};
    auto const ours = std::filesystem::absolute(file_, failed).lexically_normal().string();
    return {"", "the running server does not follow: its key file is another one, " + ours};
}

}  // namespace jwtgate::app
