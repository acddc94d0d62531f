#include "app/serve/server_terms.hpp"

#include "files/real_path.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string_view>

namespace jwtgate::app {
namespace {

bool is_given(std::string_view option, config::loaded const& loaded)
{
    auto const found = std::ranges::find(loaded.table, option, &config::setting::option);
    return found != loaded.table.end() && found->origin != "default";
}

std::string sent_path(std::filesystem::path const& file)
{
    auto path = files::real_path(file).string();
    if (!text::is_utf8(path))
        throw std::runtime_error("the path " + path + " is not UTF-8, and cannot be sent to a server");
    return path;
}

std::string other_path(std::string const& what, std::string const& given, std::filesystem::path const& ours)
try {
    auto const real = files::real_path(ours).string();
    if (given.empty() || given == real) return "";
    return "the running server's " + what + " is " + real + ", not " + given;

} catch (std::runtime_error const& failure) {
    return "the running server's " + what + ": " + failure.what();
}

std::string other_number(std::string const& option, std::uint64_t given, std::uint64_t ours)
{
    if (given == 0 || given == ours) return "";
    return "the running server's " + option + " is " + std::to_string(ours) + ", not " +
           std::to_string(given);
}

}  // namespace

api::command_terms terms_of(config::loaded const& given)
{
    auto const& values = given.values;
    api::command_terms terms;
    if (is_given("database", given)) terms.database = sent_path(values.database);
    if (is_given("key-file", given)) terms.key_file = sent_path(values.key_file);
    if (is_given("password-min-length", given)) terms.password_min_length = values.auth.password_min_length;
    if (is_given("argon2-memory", given)) terms.argon2_memory = values.passwords.cost.memory;
    if (is_given("argon2-passes", given)) terms.argon2_passes = values.passwords.cost.passes;
    return terms;
}

std::string refusal_of(api::command_terms const& terms, config::settings const& server)
{
    auto const& cost = server.passwords.cost;
    auto const least = server.auth.password_min_length;
    bool const is_stricter = terms.password_min_length > least;
    for (auto const& refused : {
             other_path("database", terms.database, server.database),
             other_path("key file", terms.key_file, server.key_file),
             other_number("password-min-length", is_stricter ? 0 : terms.password_min_length, least),
             other_number("argon2-memory", terms.argon2_memory, cost.memory),
             other_number("argon2-passes", terms.argon2_passes, cost.passes),
         }) {
        if (!refused.empty()) return refused;
    }
    return "";
}

}  // namespace jwtgate::app
