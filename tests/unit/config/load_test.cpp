#include "config/load.hpp"

#include "support/temporary_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace jwtgate;
using namespace jwtgate::config;
using namespace std::chrono_literals;

namespace {

using arguments = std::vector<std::string>;

struct fixture {
    void write(std::string_view text) const { std::ofstream{file} << text; }

    loaded load(arguments given) const
    {
        CLI::App command;
        given_options parsed;
        add_options(command, option_scope::server, parsed);
        std::ranges::reverse(given);
        command.parse(std::move(given));
        return config::load(parsed, variables);
    }

    std::string refusal_of(arguments given) const
    {
        try {
            load(std::move(given));
        } catch (error const& wrong) {
            return wrong.what();
        }
        return "accepted";
    }

    test::temporary_directory dir;
    std::filesystem::path file = dir.path() / "jwtgate.toml";
    environment variables;
};

std::string origin_of(std::string_view option, loaded const& loaded)
{
    for (auto const& given : loaded.table) {
        if (given.option == option) return given.origin;
    }
    return "nobody";
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(config_load, fixture)

BOOST_AUTO_TEST_CASE(defaults_are_those_of_the_contract)
{
    auto const values = load({}).values;
    auto const cores = std::max(1U, std::thread::hardware_concurrency());
    BOOST_TEST(values.server.listen == arguments{"127.0.0.1:8080"}, boost::test_tools::per_element());
    BOOST_TEST(values.server.threads == cores);
    BOOST_TEST(values.data_dir == "./jwtgate-data");
    BOOST_TEST(values.database == "./jwtgate-data/jwtgate.db");
    BOOST_TEST(values.key_file == "./jwtgate-data/keys.json");
    BOOST_TEST(values.auth.issuer.empty());
    BOOST_TEST(values.auth.audience.empty());
    BOOST_TEST((values.auth.access_ttl == 1h));
    BOOST_TEST((values.auth.refresh_ttl == 24h * 30));
    BOOST_TEST((values.auth.session_max_age == 24h * 90));
    BOOST_TEST((values.auth.refresh_window == 30min));
    BOOST_TEST((values.auth.implicit_refresh_max == 24h));
    BOOST_TEST((values.auth.leeway == 0s));
    BOOST_TEST(
        (values.token_locations == std::vector{api::token_location::cookies, api::token_location::headers})
    );
    BOOST_TEST(values.cookies.secure);
    BOOST_TEST(values.cookies.domain.empty());
    BOOST_TEST(values.cookies.prefix.empty());
    BOOST_TEST((values.cookies.same_site == http::same_site::lax));
    BOOST_TEST(values.csrf_protect);
    BOOST_TEST(values.trusted_proxies.size() == 2U);
    BOOST_TEST(values.auth.password_min_length == 8U);
    BOOST_TEST(values.passwords.cost.memory == 19U << 20U);
    BOOST_TEST(values.passwords.cost.passes == 2U);
    BOOST_TEST(values.passwords.threads == cores);
    auto const& limits = values.server.limits;
    BOOST_TEST((limits.header_timeout == 10s && limits.body_timeout == 10s && limits.write_timeout == 10s));
    BOOST_TEST((limits.idle_timeout == 75s && limits.drain_timeout == 10s));
    BOOST_TEST(limits.header == 40U << 10U);
    BOOST_TEST(limits.target == 8U << 10U);
    BOOST_TEST(limits.body == 16U << 10U);
    BOOST_TEST(limits.connections == 10'000U);
    BOOST_TEST((values.log_level == core::log_level::info && values.log_format == core::log_format::text));
}

BOOST_AUTO_TEST_CASE(every_option_reaches_its_value)
{
    auto const values = load({
                                 "--listen",
                                 "127.0.0.1:1",
                                 "--listen=[::1]:2,unix:/a",
                                 "--threads",
                                 "3",
                                 "--data-dir",
                                 "/d",
                                 "--database",
                                 "sqlite:/x.db",
                                 "--key-file",
                                 "/k",
                                 "--issuer",
                                 "i",
                                 "--audience",
                                 "a",
                                 "--access-ttl",
                                 "1s",
                                 "--refresh-ttl",
                                 "2s",
                                 "--session-max-age",
                                 "3s",
                                 "--max-sessions",
                                 "8",
                                 "--refresh-window",
                                 "0",
                                 "--implicit-refresh-max",
                                 "4s",
                                 "--leeway",
                                 "5s",
                                 "--token-location",
                                 "headers",
                                 "--cookie-secure=false",
                                 "--cookie-domain",
                                 "e.com",
                                 "--cookie-samesite",
                                 "Strict",
                                 "--cookie-prefix",
                                 "wiki_",
                                 "--csrf-protect",
                                 "false",
                                 "--trusted-proxy",
                                 "none",
                                 "--password-min-length",
                                 "128",
                                 "--argon2-memory",
                                 "8KiB",
                                 "--argon2-passes",
                                 "1",
                                 "--password-pool",
                                 "6",
                                 "--header-timeout",
                                 "1ms",
                                 "--body-timeout",
                                 "2ms",
                                 "--write-timeout",
                                 "3ms",
                                 "--idle-timeout",
                                 "4ms",
                                 "--drain-timeout",
                                 "5ms",
                                 "--max-header",
                                 "1KiB",
                                 "--max-target",
                                 "2KiB",
                                 "--max-body",
                                 "3KiB",
                                 "--max-connections",
                                 "7",
                                 "--log-level",
                                 "off",
                                 "--log-format",
                                 "json",
                             })
                            .values;
    arguments const listen{"127.0.0.1:1", "[::1]:2", "unix:/a"};
    BOOST_TEST(values.server.listen == listen, boost::test_tools::per_element());
    BOOST_TEST(values.server.threads == 3U);
    BOOST_TEST(values.data_dir == "/d");
    BOOST_TEST(values.database == "/x.db");
    BOOST_TEST(values.key_file == "/k");
    BOOST_TEST(values.auth.issuer == "i");
    BOOST_TEST(values.auth.audience == "a");
    BOOST_TEST(
        (values.auth.access_ttl == 1s && values.auth.refresh_ttl == 2s && values.auth.session_max_age == 3s)
    );
    BOOST_TEST(values.auth.max_sessions == 8U);
    BOOST_TEST((values.auth.refresh_window == 0s && values.auth.implicit_refresh_max == 4s));
    BOOST_TEST((values.auth.leeway == 5s));
    BOOST_TEST((values.token_locations == std::vector{api::token_location::headers}));
    BOOST_TEST(!values.cookies.secure);
    BOOST_TEST(values.cookies.domain == "e.com");
    BOOST_TEST(values.cookies.prefix == "wiki_");
    BOOST_TEST((values.cookies.same_site == http::same_site::strict));
    BOOST_TEST(!values.csrf_protect);
    BOOST_TEST(values.trusted_proxies.empty());
    BOOST_TEST(values.auth.password_min_length == 128U);
    BOOST_TEST(values.passwords.cost.memory == 8192U);
    BOOST_TEST(values.passwords.cost.passes == 1U);
    BOOST_TEST(values.passwords.threads == 6U);
    auto const& limits = values.server.limits;
    BOOST_TEST((limits.header_timeout == 1ms && limits.body_timeout == 2ms && limits.write_timeout == 3ms));
    BOOST_TEST((limits.idle_timeout == 4ms && limits.drain_timeout == 5ms));
    BOOST_TEST((limits.header == 1024U && limits.target == 2048U && limits.body == 3072U));
    BOOST_TEST(limits.connections == 7U);
    BOOST_TEST((values.log_level == core::log_level::off && values.log_format == core::log_format::json));
}

BOOST_AUTO_TEST_CASE(command_line_beats_environment_beats_file_beats_default)
{
    auto const is = [&](arguments const& given, std::chrono::seconds expected, std::string const& origin) {
        auto const loaded = load(given);
        BOOST_TEST(loaded.values.auth.access_ttl.count() == expected.count());
        BOOST_TEST(origin_of("access-ttl", loaded) == origin);
    };
    is({}, 1h, "default");
    write("# ours\naccess-ttl = \"2h\"\n");
    is({"--config", file}, 2h, file.string() + ":2");
    variables["JWTGATE_ACCESS_TTL"] = "3h";
    is({"--config", file}, 3h, "environment");
    is({"--config", file, "--access-ttl", "4h"}, 4h, "command line");
    variables.clear();
    is({"--config", file, "--access-ttl", "4h"}, 4h, "command line");
    variables["JWTGATE_CONFIG"] = file;
    is({}, 2h, file.string() + ":2");
    variables["JWTGATE_CONFIG"] = "/nowhere";
    is({"--config", file}, 2h, file.string() + ":2");
}

BOOST_AUTO_TEST_CASE(a_list_from_one_place_replaces_that_of_another)
{
    write("listen = [\"127.0.0.1:1\", \"127.0.0.1:2\"]\n");
    arguments const of_the_file{"127.0.0.1:1", "127.0.0.1:2"};
    BOOST_TEST(
        load({"--config", file}).values.server.listen == of_the_file, boost::test_tools::per_element()
    );
    variables["JWTGATE_LISTEN"] = "127.0.0.1:3,127.0.0.1:4";
    arguments const of_the_environment{"127.0.0.1:3", "127.0.0.1:4"};
    BOOST_TEST(
        load({"--config", file}).values.server.listen == of_the_environment, boost::test_tools::per_element()
    );
    arguments const of_the_command_line{"[::1]:5"};
    auto const values = load({"--config", file, "--listen", "[::1]:5"}).values;
    BOOST_TEST(values.server.listen == of_the_command_line, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(texts_arrive_as_they_were_written)
{
    BOOST_TEST(load({"--issuer", ""}).values.auth.issuer.empty());
    BOOST_TEST(load({"--issuer", "{}"}).values.auth.issuer == "{}");
    BOOST_TEST(load({"--issuer", "%%"}).values.auth.issuer == "%%");
    BOOST_TEST(load({"--issuer", "[a,b]"}).values.auth.issuer == "[a,b]");
    BOOST_TEST(load({"--issuer=--x"}).values.auth.issuer == "--x");
    write("issuer = \"of the file\"");
    variables["JWTGATE_ISSUER"] = "";
    BOOST_TEST(load({"--config", file}).values.auth.issuer.empty());
}

BOOST_AUTO_TEST_CASE(database_and_key_file_follow_the_data_directory)
{
    auto const values = load({"--data-dir", "/srv/j"}).values;
    BOOST_TEST(values.database == "/srv/j/jwtgate.db");
    BOOST_TEST(values.key_file == "/srv/j/keys.json");
}

BOOST_AUTO_TEST_CASE(the_state_directory_of_systemd_is_the_default_data_directory)
{
    variables["STATE_DIRECTORY"] = "/var/lib/jwtgate:/var/lib/other";
    auto const loaded = load({});
    BOOST_TEST(loaded.values.key_file == "/var/lib/jwtgate/keys.json");
    BOOST_TEST(origin_of("data-dir", loaded) == "STATE_DIRECTORY");
    write("data-dir = '/of/file'");
    BOOST_TEST(load({"--config", file}).values.data_dir == "/of/file");
}

BOOST_AUTO_TEST_CASE(a_bad_value_is_named_with_its_origin)
{
    write("\nthreads = 0\n");
    BOOST_TEST(refusal_of({"--config", file}) == "threads (" + file.string() + ":2): 0 is outside 1 to 1024");
    variables["JWTGATE_THREADS"] = "many";
    BOOST_TEST(refusal_of({}) == "threads (environment): \"many\" is not a whole number");
    BOOST_TEST(refusal_of({"--threads", "-1"}) == "threads (command line): \"-1\" is not a whole number");
}

BOOST_AUTO_TEST_CASE(bounds_of_single_options)
{
    struct row {
        std::string option;
        std::string text;
        std::string expected;
    };

    auto const table = std::to_array<row>({
        {"access-ttl", "0", "0 is outside 1s to 3650d"},
        {"access-ttl", "999ms", "999ms is outside 1s to 3650d"},
        {"access-ttl", "1001ms", "1001ms is not in whole seconds"},
        {"refresh-ttl", "0s", "0s is outside 1s to 3650d"},
        {"session-max-age", "3651d", "3651d is outside 1s to 3650d"},
        {"implicit-refresh-max", "0s", "0s is outside 1s to 3650d"},
        {"max-sessions", "0", "0 is outside 1 to 100000"},
        {"refresh-window", "1ms", "1ms is not in whole seconds"},
        {"leeway", "6s", "6s is outside 0s to 5s"},
        {"threads", "1025", "1025 is outside 1 to 1024"},
        {"password-min-length", "129", "129 is outside 1 to 128"},
        {"argon2-memory", "8191", "8191 is outside 8KiB to 256MiB"},
        {"argon2-passes", "17", "17 is outside 1 to 16"},
        {"password-pool", "0", "0 is outside 1 to 256"},
        {"idle-timeout", "0", "0 is outside 1ms to 1d"},
        {"max-header", "255", "255 is outside 256 to 1MiB"},
        {"max-target", "15", "15 is outside 16 to 1MiB"},
        {"max-body", "17MiB", "17MiB is outside 16 to 16MiB"},
        {"max-connections", "0", "0 is outside 1 to 1000000"},
        {"token-location", "query", "\"query\" is none of cookies, headers"},
        {"token-location", "cookies,cookies", "\"cookies\" stands twice"},
        {"cookie-samesite", "lax", "\"lax\" is none of Lax, Strict, None"},
        {"log-level", "trace", "\"trace\" is none of debug, info, warn, error, off"},
        {"log-format", "xml", "\"xml\" is none of text, json"},
    });
    for (auto const& [option, text, expected] : table) {
        BOOST_TEST_CONTEXT(option)
        {
            auto const line = option + " (command line): ";
            BOOST_TEST(refusal_of({"--" + option, text}) == line + expected);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_single_option_given_twice_is_refused)
{
    BOOST_TEST(
        refusal_of({"--threads", "1", "--threads", "2"}) == "threads (command line): takes one value, not 2"
    );
    BOOST_TEST(
        refusal_of({"--config", "a", "--config", "b"}) == "config (command line): takes one value, not 2"
    );
}

BOOST_AUTO_TEST_CASE(unknown_keys_of_the_file_are_refused)
{
    for (std::string const key : {"acess-ttl", "access_ttl", "config", "origins"}) {
        write("leeway = '1s'\n" + key + " = \"1h\"\n");
        BOOST_TEST(refusal_of({"--config", file}) == file.string() + ":2: unknown option \"" + key + "\"");
    }
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there_is_refused)
{
    BOOST_TEST(
        refusal_of({"--config", "/nowhere.toml"}) ==
        "config: cannot read \"/nowhere.toml\": No such file or directory"
    );
}

BOOST_AUTO_TEST_CASE(unknown_variables_only_warn)
{
    variables = {
        {"JWTGATE_ACESS_TTL", "1s"}, {"JWTGATE_ACCESS_TTL", "2s"}, {"JWTGATE_CONFIG", file}, {"OTHER", "x"}};
    write("");
    auto const loaded = load({});
    BOOST_TEST((loaded.values.auth.access_ttl == 2s));
    arguments const expected{"unknown variable JWTGATE_ACESS_TTL is ignored"};
    BOOST_TEST(loaded.warnings == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(unknown_flags_and_missing_values_do_not_parse)
{
    BOOST_CHECK_THROW(load({"--acess-ttl", "1h"}), CLI::ExtrasError);
    BOOST_CHECK_THROW(load({"extra"}), CLI::ExtrasError);
    BOOST_CHECK_THROW(load({"--threads"}), CLI::ArgumentMismatch);
    BOOST_CHECK_THROW(load({"--listen", "127.0.0.1:1", "127.0.0.1:2"}), CLI::ExtrasError);
}

BOOST_AUTO_TEST_CASE(every_command_takes_the_options_that_it_follows)
{
    auto const takes = [](option_scope scope, std::string const& arguments) {
        CLI::App command;
        given_options given;
        add_options(command, scope, given);
        try {
            command.parse(arguments);
        } catch (CLI::ExtrasError const&) {
            return false;
        }
        return true;
    };
    using enum option_scope;
    for (auto const scope : {server, users, tokens, every_command}) {
        BOOST_TEST(takes(scope, "--data-dir /d --key-file /k --log-level off"));
        BOOST_TEST(takes(scope, "--listen 127.0.0.1:1") == (scope == server));
        BOOST_TEST(takes(scope, "--argon2-passes 3") == (scope == server || scope == users));
        BOOST_TEST(takes(scope, "--issuer me") == (scope == server || scope == tokens));
    }
}

BOOST_AUTO_TEST_CASE(help_shows_value_and_default)
{
    CLI::App command;
    given_options given;
    add_options(command, option_scope::server, given);
    auto const help = command.help();
    for (auto const& option : options()) {
        BOOST_TEST(
            help.find("--" + std::string{option.name} + " " + std::string{option.value}) != std::string::npos
        );
    }
    BOOST_TEST(help.find("How long an access token lives [1h]\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_shown_reads_back_as_the_same_configuration)
{
    variables["JWTGATE_LEEWAY"] = "2s";
    auto const first =
        load({"--data-dir", R"(/with "quotes" and \)", "--listen", "127.0.0.1:1", "--listen", "unix:/a"});
    auto const shown = show(first);
    BOOST_TEST(shown.find("leeway = \"2s\"  # environment\n") != std::string::npos);
    BOOST_TEST(shown.find("listen = [\"127.0.0.1:1\", \"unix:/a\"]  # command line\n") != std::string::npos);
    BOOST_TEST(shown.find("access-ttl = \"1h\"  # default\n") != std::string::npos);

    write(shown);
    variables.clear();
    auto const second = load({"--config", file});
    BOOST_REQUIRE_EQUAL(second.table.size(), options().size());
    for (std::size_t i = 0; i < options().size(); ++i) {
        BOOST_TEST(second.table[i].option == options()[i].name);
        BOOST_TEST(second.table[i].texts == first.table[i].texts, boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_SUITE_END()
