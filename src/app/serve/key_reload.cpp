#include "app/serve/key_reload.hpp"

#include "files/key_file.hpp"

#include <exception>
#include <system_error>

namespace jwtgate::app {
namespace {

namespace fs = std::filesystem;

/// Also where neither is there.
bool is_same(fs::path const& one, fs::path const& other)
{
    std::error_code failed;
    if (fs::equivalent(one, other, failed)) return true;
    auto const first = fs::weakly_canonical(fs::absolute(one, failed), failed);
    return !failed && first == fs::weakly_canonical(fs::absolute(other, failed), failed) && !failed;
}

}  // namespace

std::string key_reload::reload()
try {
    std::lock_guard const lock{reading_};
    auto const keys = files::load_keys(file_);
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
    if (is_same(file_, changed_file)) return {reload(), ""};
    std::error_code failed;
    auto const ours = fs::absolute(file_, failed).lexically_normal().string();
    return {"", "the running server does not follow: its key file is another one, " + ours};
}

}  // namespace jwtgate::app
