"""Options that cannot be used: one line, exit status 2, nothing started, nothing changed."""

import pytest
from support import jwt, program
from support.people import ALICE
from support.tree import snapshot

BAD_FLAGS = [
    ("no-such-option", "1"),
    ("acces-ttl", "1h"),
    ("access-ttl", "0"),
    ("access-ttl", "500ms"),
    ("access-ttl", "1500ms"),
    ("access-ttl", "60"),
    ("access-ttl", "-1s"),
    ("access-ttl", ""),
    ("refresh-ttl", "1 h"),
    ("session-max-age", "0s"),
    ("max-sessions", "0"),
    ("leeway", "6s"),
    ("listen", "8080"),
    ("listen", "localhost:8080"),
    ("listen", "127.0.0.1:70000"),
    ("metrics-listen", "9464"),
    ("metrics-listen", "none,127.0.0.1:9464"),
    ("threads", "0"),
    ("threads", "many"),
    ("token-location", "query"),
    ("cookie-secure", "yes"),
    ("cookie-domain", "a;Secure"),
    ("cookie-prefix", "a;Secure"),
    ("cookie-samesite", "None"),
    ("trusted-proxy", "10.0.0.0/40"),
    ("rule", "app.example user"),
    ("rule", "a/* user; a/admin/* role:admin"),
    ("password-min-length", "129"),
    ("argon2-memory", "1KiB"),
    ("argon2-passes", "0"),
    ("database", "postgresql://user:secret@host/db"),
    ("database", "jwtgate.db"),
    ("max-body", "huge"),
    ("idle-timeout", "0"),
    ("log-level", "verbose"),
    ("log-format", "xml"),
    ("config", "/no/such/file.toml"),
    ("config", "/"),
]


@pytest.fixture(params=["new", "used"])
def directory(request, tmp_path):
    """A data directory that is not there yet, and one with a user in it."""
    path = tmp_path / "data"
    if request.param == "used":
        program.add_user(path, *ALICE)
    return path


def is_refused(directory, option: str, *arguments, variables=None):
    """Whether this ends `serve` as a wrong option has to."""
    before = snapshot(directory)
    given = ["--data-dir", directory, "--listen", "127.0.0.1:0", "--cookie-secure", "false", *arguments]
    if option in ("listen", "cookie-secure"):
        place = given.index("--" + option)
        del given[place : place + 2]
    done = program.run("serve", *given, variables=variables)
    assert done.returncode == 2, done
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert option in done.stderr
    assert "secret" not in done.stderr
    assert snapshot(directory) == before


@pytest.mark.parametrize("option, value", BAD_FLAGS)
def test_bad_flags(directory, option, value):
    is_refused(directory, option, f"--{option}", value)


@pytest.mark.parametrize("arguments", [["--threads"], ["--threads", "1", "--threads", "2"], ["threads"]])
def test_flags_used_wrongly(directory, arguments):
    is_refused(directory, "threads", *arguments)


def test_a_bad_variable(directory):
    is_refused(directory, "access-ttl", variables={"JWTGATE_ACCESS_TTL": "soon"})


@pytest.mark.parametrize(
    "text, named",
    [
        ('acess-ttl = "1h"', "acess-ttl"),
        ('access_ttl = "1h"', "access_ttl"),
        ('access-ttl = "soon"', "access-ttl"),
        ("access-ttl", "access-ttl"),
        ("[server]\nthreads = 1", "jwtgate.toml:1"),
        ('threads = 1\nthreads = 1', "threads"),
        ('issuer = "a', "jwtgate.toml:1"),
    ],
)
def test_a_bad_file(directory, tmp_path, text, named):
    file = tmp_path / "jwtgate.toml"
    file.write_text(text)
    is_refused(directory, named, "--config", file)
    is_refused(directory, named, variables={"JWTGATE_CONFIG": str(file)})


def test_other_commands_refuse_the_same(directory):
    before = snapshot(directory)
    for command in ("config check", "config show", "user list", "key add", "token verify"):
        done = program.run(*command.split(), "--data-dir", directory, variables={"JWTGATE_LEEWAY": "1h"})
        assert (done.returncode, done.stdout) == (2, "")
        assert "leeway" in done.stderr and len(done.stderr.splitlines()) == 1
    assert snapshot(directory) == before


def test_an_unknown_variable_only_warns(start):
    server = start(variables={"JWTGATE_ACESS_TTL": "1s"})
    assert "JWTGATE_ACESS_TTL" in server.log()
    assert server.tokens(*ALICE)["expires_in"] == 3600


def test_plain_http_cookies_are_warned_of(start):
    assert "cookie-secure" in start().log()


def test_flag_beats_variable_beats_file(tmp_path):
    file = tmp_path / "jwtgate.toml"
    file.write_text('access-ttl = "2h"\nleeway = "2s"\nissuer = "file"  # ours\n')
    variables = {"JWTGATE_ACCESS_TTL": "3h", "JWTGATE_LEEWAY": "3s"}
    done = program.run("config", "show", "--config", file, "--access-ttl", "4h", variables=variables)
    assert done.returncode == 0, done
    for line in ('access-ttl = "4h"', 'leeway = "3s"', 'issuer = "file"', 'refresh-ttl = "30d"'):
        assert line in done.stdout


def test_what_config_show_prints_is_a_configuration_file(tmp_path):
    shown = program.run("config", "show", "--issuer", "me", "--threads", "3")
    file = tmp_path / "shown.toml"
    file.write_text(shown.stdout)
    again = program.run("config", "show", "--config", file)
    values = [[line.split("  # ")[0] for line in text.splitlines()] for text in (shown.stdout, again.stdout)]
    assert values[0] == values[1]
    assert program.run("config", "check", "--config", file).returncode == 0


def test_config_starts_nothing(tmp_path):
    directory = tmp_path / "data"
    for command in ("check", "show"):
        assert program.run("config", command, "--data-dir", directory).returncode == 0
    assert not directory.exists()


def test_options_take_effect_from_file_and_variable(start, tmp_path):
    file = tmp_path / "jwtgate.toml"
    file.write_text('access-ttl = "10m"\nissuer = "file"\n')
    server = start(variables={"JWTGATE_CONFIG": str(file), "JWTGATE_ISSUER": "variable"})
    answer = server.tokens(*ALICE)
    assert answer["expires_in"] == 600
    assert jwt.claims(answer["access_token"])["iss"] == "variable"


def test_the_state_directory_of_systemd_is_where_data_goes(tmp_path):
    shown = program.run("config", "show", variables={"STATE_DIRECTORY": f"{tmp_path}/state"})
    assert f'key-file = "{tmp_path}/state/keys.json"' in shown.stdout


def test_several_addresses(tmp_path):
    deep = tmp_path / ("long-" * 30)
    deep.mkdir()
    socket = deep / "site.sock"
    server = program.Server(tmp_path / "data", "--listen", f"unix:{socket}")
    with server:
        assert server.process.stdout.readline() == f"listening on unix:{socket}\n"
        server.add_user(*ALICE)
        answer = server.tokens(*ALICE)
        assert jwt.is_good(answer["access_token"], server.key)
    assert not socket.exists()


@pytest.mark.parametrize(
    "command",
    ["", "serve", "user", "user add", "key", "key add", "token", "token sign", "config", "config show"],
)
def test_help_is_an_answer_not_an_error(command):
    done = program.run(*command.split(), "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Usage: jwtgate" in done.stdout


def test_version():
    done = program.run("--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("jwtgate ")


def test_no_command_is_wrong_usage():
    for arguments in ([], ["unknown"]):
        done = program.run(*arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 1
