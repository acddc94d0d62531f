#include "cli/tokens/token_command_line.hpp"

#include "cli/tokens/token_claims.hpp"
#include "cli/tokens/token_report.hpp"
#include "core/clock.hpp"
#include "core/random.hpp"
#include "core/secret.hpp"
#include "files/key_file.hpp"
#include <jwtgate/jwt/hmac.hpp>
#include <jwtgate/jwt/signer.hpp>
#include <jwtgate/jwt/verifier.hpp>

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <string>

namespace jwtgate::cli {
namespace {

constexpr int claims_refused = 3;
constexpr std::size_t longest_input = 2 * jwt::max_token_size;

int complain_of_claims(std::string const& what)
{
    return complain("--claims: " + what, exit_status::wrong_usage);
}

int complain_of_token(core::error_code why)
{
    if (why == jwt::errc::crypto_failure) return complain(why.message(), exit_status::refused);
    if (why == jwt::errc::buffer_too_small) return complain_of_claims("the token would exceed 8 KiB");
    return complain_of_claims(why.message());
}

jwt::policy policy_of(auth::settings const& chosen)
{
    return {.issuer = chosen.issuer, .audience = chosen.audience, .leeway = chosen.leeway};
}

token_verdict verdict_on(
    std::string_view token,
    std::shared_ptr<jwt::key_set const> const& keys,
    jwt::policy const& demands,
    std::chrono::sys_seconds now
)
{
    jwt::verifier verifier(keys, demands);
    auto const accepted = verifier.verify(token, now);
    return {token, accepted ? core::error_code() : accepted.error(), demands};
}

int run_sign(chosen_command const& chosen, std::string const& claims)
{
    auto const loaded = load(chosen);
    log_of(loaded);
    auto const random = core::secure_random();
    auto const now = core::system_clock().now();
    auto const payload =
        complete_claims(claims, {.settings = loaded.values.auth, .random = random, .now = now});
    if (!payload) return complain_of_claims(payload.error().line());
    auto const keys = files::load_keys(loaded.values.key_file);
    jwt::signer signer(keys);
    auto const token = signer.sign_json(*payload);
    if (!token) return complain_of_token(token.error());
    print(*token + '\n');
    auto const demands = policy_of(loaded.values.auth);
    auto const verdict = verdict_on(*token, keys, demands, now);
    if (!verdict.refused) return exit_status::done;
    return complain("warning: this token would be refused: " + reason_of(verdict), exit_status::done);
}

/// All of standard input without the white space behind it; of what is far too long for a token, only so much
/// that it still is.
core::secret read_token()
{
    std::string text(longest_input + 1, '\0');
    std::cin.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(std::cin.gcount()));
    if (text.size() <= longest_input) text.resize(text.find_last_not_of(" \t\r\n") + 1);
    return core::secret(std::move(text));
}

/// How it is told what became of the token.
using telling = void (*)(token_verdict const& of, std::chrono::sys_seconds now);

int check_token(chosen_command const& chosen, telling tell)
{
    auto const loaded = load(chosen);
    log_of(loaded);
    auto const demands = policy_of(loaded.values.auth);
    auto const keys = files::load_keys(loaded.values.key_file);
    auto const token = read_token();
    auto const now = core::system_clock().now();
    auto const verdict = verdict_on(token.reveal(), keys, demands, now);
    tell(verdict, now);
    if (!verdict.refused) return exit_status::done;
    return is_proved(verdict) ? claims_refused : exit_status::refused;
}

void print_payload(token_verdict const& of, std::chrono::sys_seconds /*now*/)
{
    if (of.refused) {
        complain(reason_of(of), exit_status::refused);
    } else {
        print(payload_of(of.token) + '\n');
    }
}

void print_report(token_verdict const& of, std::chrono::sys_seconds now)
{
    print(report_of(of, now));
}

CLI::App& add_command(
    CLI::App& token, chosen_command& chosen, std::string const& name, std::string const& help
)
{
    auto* const command = token.add_subcommand(name, help);
    auto const scope = name == "sign" ? config::option_scope::new_tokens : config::option_scope::tokens;
    config::add_options(*command, scope, chosen.options);
    return *command;
}

/// What these commands do, with what may go wrong in all of them.
int run(std::function<int()> const& command)
try {
    if (!jwt::hmac_self_test()) throw std::runtime_error("this OpenSSL computes wrong HMACs");
    return command();

} catch (files::key_file_error const& error) {
    return complain(error.what(), exit_status::wrong_usage);
}

}  // namespace

void add_token_commands(CLI::App& root, chosen_command& chosen)
{
    auto* const token = root.add_subcommand("token", "Make and check tokens with the keys of the key file");
    token->require_subcommand(1);
    auto const claims = std::make_shared<std::string>();
    auto& sign = add_command(*token, chosen, "sign", "Print a token, signed with the first key");
    sign.add_option("--claims", *claims, "What it says; claims that every token needs are added")
        ->type_name("JSON")
        ->required();
    auto& verify = add_command(
        *token,
        chosen,
        "verify",
        "Print the claims of the token on standard input when it counts; exit status 1: no token of ours, 3: "
        "refused for its claims"
    );
    auto& inspect = add_command(
        *token,
        chosen,
        "inspect",
        "Show what the token on standard input says and whether it counts; exit status as verify"
    );
    sign.callback([&chosen, claims] {
        chosen.run = [&chosen, claims] { return run([&] { return run_sign(chosen, *claims); }); };
    });
    verify.callback([&chosen] {
        chosen.run = [&chosen] { return run([&] { return check_token(chosen, print_payload); }); };
    });
    inspect.callback([&chosen] {
        chosen.run = [&chosen] { return run([&] { return check_token(chosen, print_report); }); };
    });
}

}  // namespace jwtgate::cli
