#include "api/control/user_command.hpp"

#include "api/control/message.hpp"
#include "api/errors.hpp"

#include <boost/describe/class.hpp>

#include <algorithm>
#include <array>

namespace jwtgate::api {
namespace {

using core::result;
using core::task;

user_line line_of(auth::user const& user)
{
    return {user.name, user.roles, user.enabled, user.created.time_since_epoch().count()};
}

template <class T>
user_reply done_or_refused(result<T> const& outcome)
{
    return {outcome ? "" : std::string(describe(outcome.error()).message), {}};
}

template <class T>
user_reply set_or_refused(auth::user_admin const& admin, result<T> const& outcome)
{
    return {outcome ? "" : explain(outcome.error(), admin.password_min_length()), {}};
}

task<user_reply> list(auth::user_admin& admin, user_command /*command*/)
{
    auto const users = co_await admin.list();
    if (!users) co_return done_or_refused(users);
    user_reply reply;
    std::ranges::transform(*users, std::back_inserter(reply.users), line_of);
    co_return reply;
}

task<user_reply> show(auth::user_admin& admin, user_command command)
{
    auto const user = co_await admin.show(std::move(command.name));
    if (!user) co_return done_or_refused(user);
    co_return user_reply{"", {line_of(*user)}};
}

task<user_reply> add(auth::user_admin& admin, user_command command)
{
    auto const added =
        co_await admin.add(std::move(command.name), std::move(command.password), std::move(command.roles));
    co_return set_or_refused(admin, added);
}

task<user_reply> set_password(auth::user_admin& admin, user_command command)
{
    auto const set = co_await admin.set_password(std::move(command.name), std::move(command.password));
    co_return set_or_refused(admin, set);
}

task<user_reply> set_roles(auth::user_admin& admin, user_command command)
{
    co_return done_or_refused(co_await admin.set_roles(std::move(command.name), std::move(command.roles)));
}

task<user_reply> disable(auth::user_admin& admin, user_command command)
{
    co_return done_or_refused(co_await admin.disable(std::move(command.name)));
}

task<user_reply> enable(auth::user_admin& admin, user_command command)
{
    co_return done_or_refused(co_await admin.enable(std::move(command.name)));
}

task<user_reply> remove(auth::user_admin& admin, user_command command)
{
    co_return done_or_refused(co_await admin.remove(std::move(command.name)));
}

struct action {
    std::string_view name;
    task<user_reply> (*run)(auth::user_admin&, user_command);
};

constexpr auto actions = std::to_array<action>({
    {"add", add},
    {"list", list},
    {"show", show},
    {"passwd", set_password},
    {"roles", set_roles},
    {"disable", disable},
    {"enable", enable},
    {"delete", remove},
});

task<user_reply> refuse_unknown()
{
    co_return user_reply{"the running server is of another version and does not know this command", {}};
}

// A command as it crosses the socket.
struct command_text {
    std::string action;
    std::string name;
    std::vector<std::string> roles;
    std::string password;
};
BOOST_DESCRIBE_STRUCT(command_text, (), (action, name, roles, password))

}  // namespace

task<user_reply> run(auth::user_admin& admin, user_command command)
{
    auto const* const found = std::ranges::find(actions, command.action, &action::name);
    return found == actions.end() ? refuse_unknown() : found->run(admin, std::move(command));
}

core::secret write_command(user_command const& command)
{
    command_text text{command.action, command.name, command.roles, std::string(command.password.reveal())};
    core::secret written(write_message(text));
    core::wipe(text.password);
    return written;
}

result<user_command> read_command(std::string_view text)
{
    auto read = read_message<command_text>(text);
    if (!read) return read.error();
    return user_command{
        std::move(read->action),
        std::move(read->name),
        std::move(read->roles),
        core::secret(std::move(read->password))};
}

std::string write_reply(user_reply const& reply)
{
    return write_message(reply);
}

result<user_reply> read_reply(std::string_view text)
{
    return read_message<user_reply>(text);
}

}  // namespace jwtgate::api
