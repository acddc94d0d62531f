#pragma once

#include "cli/command.hpp"

#include <CLI/CLI.hpp>

#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace jwtgate::cli {

/// The commands behind one word (`user add`, `user list`), whose parsing fills the same arguments.
template <class Arguments>
class command_group {
public:
    using action = std::function<int(chosen_command const& chosen, Arguments& given)>;

    /// `chosen` outlives the parsing and the command; `scope` says which options they all take.
    command_group(CLI::App& group, chosen_command& chosen, config::option_scope scope) noexcept
        : group_{group}, chosen_{chosen}, scope_{scope}
    {}

    /// One more, which does `act`. What it takes beside the options is for the caller to add.
    CLI::App& add(std::string const& name, std::string const& help, action act)
    {
        auto* const command = group_.add_subcommand(name, help);
        config::add_options(*command, scope_, chosen_.options);
        command->callback([&chosen = chosen_, given = given_, act = std::move(act)] {
            chosen.run = [&chosen, given, act] { return act(chosen, *given); };
        });
        return *command;
    }

    Arguments& given() noexcept { return *given_; }

private:
    CLI::App& group_;
    chosen_command& chosen_;
    config::option_scope scope_;
    std::shared_ptr<Arguments> given_ = std::make_shared<Arguments>();
};

}  // namespace jwtgate::cli
