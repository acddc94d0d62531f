#include "cli/keys/key_commands.hpp"

#include "api/control/key_message.hpp"
#include "api/control/message.hpp"
#include "cli/control_client.hpp"
#include "cli/keys/key_set_text.hpp"
#include "core/random.hpp"
#include "files/data_directory.hpp"
#include "files/key_file.hpp"
#include "files/key_file_change.hpp"
#include "store/sqlite_store.hpp"
#include "text/printable.hpp"
#include "text/utf8.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <fmt/format.h>
#include <functional>
#include <optional>
#include <stdexcept>
#include <system_error>

namespace jwtgate::cli {
namespace {

namespace fs = std::filesystem;

/// Makes the new text from what the file holds.
using edit = std::function<changed_key_set(files::key_file_change const& change)>;

fs::path directory_of(fs::path const& file)
{
    return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

bool lies_in(fs::path const& directory, fs::path const& file)
{
    auto const whole = [](fs::path const& of) { return (fs::absolute(of) / "").lexically_normal(); };
    return whole(directory_of(file)) == whole(directory);
}

/// Whether a server may run: it makes the lock file before it reads the keys.
bool may_be_served(fs::path const& directory)
{
    std::error_code unknown;
    return fs::exists(files::lock_file(directory), unknown) || unknown;
}

/// What the running server says; none when there is none.
std::optional<api::key_reply> ask_to_follow(config::settings const& chosen, fs::path const& changed)
{
    if (!may_be_served(chosen.data_dir)) return std::nullopt;
    if (!text::is_utf8(changed.string()))
        throw std::runtime_error("its path is not UTF-8, and cannot be sent to a server");
    auto const body = api::write_message(api::key_message{changed.string()});
    auto const reached =
        ask_server(chosen, {.target = "/keys", .body = body}, files::missing_database::may_be_made);
    auto const* const answer = std::get_if<std::string>(&reached);
    if (answer == nullptr) return std::nullopt;
    auto reply = api::read_message<api::key_reply>(*answer);
    if (!reply) return api::key_reply{.refused = api::unknown_command, .note = ""};
    return std::move(*reply);
}

std::string nobody_follows(fs::path const& data_dir)
{
    return "no server runs on data directory " + data_dir.string() +
           "; one that uses this file follows at SIGHUP";
}

key_change tell_server(config::settings const& chosen, fs::path const& changed)
try {
    files::become_owner(chosen.data_dir);
    auto const reply = ask_to_follow(chosen, changed);
    if (reply) return {.refused = "", .not_followed = reply->refused, .note = reply->note, .made = ""};
    return {
        .refused = "",
        .not_followed = "",
        .note = lies_in(chosen.data_dir, changed) ? "" : nobody_follows(chosen.data_dir),
        .made = ""};

} catch (std::runtime_error const& failure) {
    return {.refused = "", .not_followed = failure.what(), .note = "", .made = ""};
}

/// Whether sessions rest on a key file that is missing: a new one would end them. Throws std::runtime_error
/// when that cannot be found out.
bool is_missed(config::settings const& chosen, fs::path const& file)
{
    auto const reply = ask_to_follow(chosen, file);
    return reply ? !reply->refused.empty() : store::holds_users(chosen.database);
}

changed_key_set new_file(config::settings const& chosen, core::secret text, lost_keys treated)
{
    auto const file = fs::absolute(chosen.key_file);
    if (treated == lost_keys::are_replaced || !is_missed(chosen, file)) return text;
    return core::refusal::because(
        "key file " + file.string() +
        " is missing, and a new one would end every session: restore it, or say --replace-lost"
    );
}

changed_key_set longer_file(fs::path const& file, core::secret const& added, lost_keys treated)
{
    auto const present = files::read_key_file(file);
    if (treated == lost_keys::are_replaced)
        return core::refusal::because("key file " + file.string() + " is there: leave out --replace-lost");
    return append_keys(present.reveal(), added.reveal());
}

/// One line that says why it was refused; empty: it is written.
std::string write_change(config::settings const& chosen, edit const& wanted)
{
    files::key_file_change change(chosen.key_file);
    change.give_new_file_to_owner_of(chosen.data_dir);
    auto const text = wanted(change);
    if (!text) return text.error().line();
    change.write(text->reveal());
    return "";
}

key_change change_keys(config::settings const& chosen, edit const& wanted)
{
    files::become_owner(directory_of(chosen.key_file));
    auto refused = write_change(chosen, wanted);
    if (!refused.empty()) return {.refused = std::move(refused), .not_followed = "", .note = "", .made = ""};
    return tell_server(chosen, fs::absolute(chosen.key_file));
}

std::string_view use_of(jwt::key_set const& keys, jwt::key const& key)
{
    return &key == &keys.signing_key() ? "signs" : "verifies";
}

}  // namespace

key_change add_key(
    config::settings const& chosen, jwt::algorithm alg, std::string_view kid, lost_keys treated
)
{
    files::new_files made;
    if (lies_in(chosen.data_dir, chosen.key_file)) files::make_data_directory(chosen.data_dir, made);
    bool is_new = false;
    auto change = change_keys(chosen, [&](files::key_file_change const& file) -> changed_key_set {
        auto added = files::new_key_set(alg, kid, core::secure_random());
        is_new = !file.is_there();
        if (is_new) return new_file(chosen, std::move(added), treated);
        return longer_file(file.file(), added, treated);
    });
    if (!change.refused.empty()) return change;
    if (is_new) change.made = "made a new key file; this key signs";
    made.keep();
    return change;
}

key_change use_key(config::settings const& chosen, std::string_view kid)
{
    return change_keys(chosen, [kid](files::key_file_change const& file) {
        return put_key_first(files::read_key_file(file.file()).reveal(), kid);
    });
}

key_change remove_key(config::settings const& chosen, std::string_view kid)
{
    return change_keys(chosen, [kid](files::key_file_change const& file) {
        return take_out_key(files::read_key_file(file.file()).reveal(), kid);
    });
}

std::string shown_keys(jwt::key_set const& keys)
{
    constexpr auto line = "{:<8}  {:<20}  {:<5}  {}\n";
    auto text = fmt::format(line, "POSITION", "KID", "ALG", "USE");
    for (std::size_t i = 0; i < keys.keys().size(); ++i) {
        auto const& key = keys.keys()[i];
        text +=
            fmt::format(line, i + 1, text::printable(key.id), jwt::name(key.hmac.alg()), use_of(keys, key));
    }
    return text;
}

std::string shown_keys_as_json(jwt::key_set const& keys)
{
    boost::json::array shown;
    for (auto const& key : keys.keys()) {
        shown.push_back(boost::json::object{
            {"position", shown.size() + 1},
            {"kid", key.id},
            {"alg", jwt::name(key.hmac.alg())},
            {"use", use_of(keys, key)}});
    }
    return text::printable(boost::json::serialize(shown)) + '\n';
}

}  // namespace jwtgate::cli
