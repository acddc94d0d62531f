"""A running server follows its key file: at SIGHUP, and at once when `jwtgate key` has changed it."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import pytest
from support import jwt, program
from support.people import ALICE
from support.program import wait_until
from support.wire import request
from test_key_command import jwk, write

UNKNOWN = {"msg": "Token was signed with an unknown key", "error": "token_malformed"}


@pytest.fixture
def server(start):
    return start("--threads", "4")


@pytest.fixture
def kept(server):
    """Connections that are kept open, several on every worker."""
    connections = [server.connect() for _ in range(16)]
    for connection in connections:
        assert connection.ask(request("GET", "/healthz")).status == 200
    yield connections
    for connection in connections:
        connection.socket.close()


def key(server, *arguments) -> subprocess.CompletedProcess:
    return program.run("key", *arguments, "--data-dir", server.directory)


def add(server) -> str:
    done = key(server, "add")
    assert (done.returncode, done.stderr) == (0, ""), done
    return done.stdout.strip()


def does(done):
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def answers(kept, token: str) -> set:
    """What /protected says of the token on all of these connections."""
    responses = [connection.ask(request("GET", "/protected", bearer=token)) for connection in kept]
    return {(response.status, response.body) for response in responses}


def is_refused(kept, token: str):
    assert [(status, json.loads(body)) for status, body in answers(kept, token)] == [(401, UNKNOWN)]


def counts(kept, token: str):
    assert answers(kept, token) == {(200, b'{"logged_in_as":"alice"}')}


def kid(token: str) -> str:
    return jwt.header(token)["kid"]


def log_lines(server, event: str) -> list[str]:
    return [line.split(" ", 1)[1] for line in server.log().splitlines() if event in line]


def reload(server, event: str) -> str:
    """Sends SIGHUP and returns the line that is logged for it."""
    before = len(log_lines(server, event))
    server.hang_up()
    assert wait_until(lambda: len(log_lines(server, event)) == before + 1), server.log()
    return log_lines(server, event)[-1]


def test_a_key_is_replaced_under_a_running_server(server, kept):
    old = server.key.kid
    answer = server.tokens(*ALICE)
    new = add(server)
    counts(kept, answer["access_token"])
    assert kid(server.tokens(*ALICE)["access_token"]) == old

    does(key(server, "use", new))
    renewed = server.tokens(*ALICE)
    assert kid(renewed["access_token"]) == kid(renewed["refresh_token"]) == new
    counts(kept, answer["access_token"])
    counts(kept, renewed["access_token"])
    rotated = server.ask(request("POST", "/refresh", bearer=answer["refresh_token"])).json()
    assert kid(rotated["access_token"]) == kid(rotated["refresh_token"]) == new

    does(key(server, "remove", old))
    is_refused(kept, answer["access_token"])
    counts(kept, renewed["access_token"])
    refused = server.ask(request("POST", "/refresh", bearer=answer["refresh_token"]))
    assert (refused.status, refused.json()) == (401, UNKNOWN)
    assert log_lines(server, "keys ") == [
        f"info keys reloaded keys=2 signs={old}",
        f"info keys reloaded keys=2 signs={new}",
        f"info keys reloaded keys=1 signs={new}",
    ]


def test_a_key_of_another_algorithm_signs(server, kept):
    new = key(server, "add", "--alg", "HS512").stdout.strip()
    does(key(server, "use", new))
    token = server.tokens(*ALICE)["access_token"]
    assert jwt.header(token) == {"alg": "HS512", "kid": new, "typ": "JWT"}
    counts(kept, token)


def test_sighup_puts_the_file_in_force(server, kept):
    file = server.directory / "keys.json"
    old = json.loads(file.read_text())["keys"][0]
    token = server.tokens(*ALICE)["access_token"]

    write(file, jwk("new"), old)
    assert reload(server, "keys reloaded") == "info keys reloaded keys=2 signs=new"
    assert kid(server.tokens(*ALICE)["access_token"]) == "new"
    counts(kept, token)

    write(file, jwk("new"))
    assert reload(server, "keys reloaded") == "info keys reloaded keys=1 signs=new"
    is_refused(kept, token)

    write(file, jwk("new"), old)
    reload(server, "keys reloaded")
    counts(kept, token)


BAD_FILES = {
    "missing": (lambda file: file.unlink(), "No such file or directory"),
    "a directory": (lambda file: (file.unlink(), file.mkdir()), "not a regular file"),
    "for others to read": (lambda file: file.chmod(0o644), "others may read it; chmod 600 it"),
    "empty": (lambda file: file.write_text(""), "not a strict JSON object"),
    "without keys": (lambda file: file.write_text('{"keys":[]}'), "keys is not a list of keys"),
    "one kid twice": (lambda file: write(file, jwk("a"), jwk("a")), 'key \\"a\\": its kid occurs twice'),
}


@pytest.mark.parametrize("damage, reason", BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_bad_file_is_refused_and_the_old_keys_stay(server, kept, damage, reason):
    file = server.directory / "keys.json"
    signing = server.key.kid
    token = server.tokens(*ALICE)["access_token"]
    damage(file)
    line = reload(server, "keys not reloaded")
    assert line == f'error keys not reloaded, the old ones stay reason="key file {file}: {reason}"'
    counts(kept, token)
    assert kid(server.tokens(*ALICE)["access_token"]) == signing
    assert log_lines(server, "keys reloaded") == []


def test_a_command_that_changed_another_file_is_told_so(server, tmp_path):
    signing = server.key.kid
    other = tmp_path / "other.json"
    done = key(server, "add", "--key-file", other)
    made = "made a new key file; this key signs"
    note = f"the running server does not follow: its key file is another one, {server.directory}/keys.json"
    assert (done.returncode, done.stderr) == (0, f"jwtgate: {made}\njwtgate: {note}\n")
    assert [one.kid for one in jwt.keys(other)] == [done.stdout.strip()]
    assert log_lines(server, "keys ") == []
    assert kid(server.tokens(*ALICE)["access_token"]) == signing


def test_a_server_with_a_key_file_elsewhere_follows_it(start, tmp_path):
    file = tmp_path / "ring.json"
    link = tmp_path / "link.json"
    link.symlink_to(file)
    server = start("--key-file", str(file))
    for path in (file, link):
        added = key(server, "add", "--key-file", path)
        does(key(server, "use", added.stdout.strip(), "--key-file", path))
        assert kid(server.tokens(*ALICE)["access_token"]) == added.stdout.strip()


@pytest.mark.parametrize("has_database", [True, False])
def test_a_missing_file_is_not_made_anew_under_a_running_server(server, kept, has_database, tmp_path):
    token = server.tokens(*ALICE)["access_token"]
    file = server.directory / "keys.json"
    file.rename(tmp_path / "kept.json")
    if not has_database:
        (server.directory / "jwtgate.db").unlink()
    done = key(server, "add")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"jwtgate: key file {file} is missing, and a new one would end every session: ")
    assert done.stderr.count("\n") == 1
    assert not file.exists()
    counts(kept, token)


def test_a_server_that_was_killed_is_not_waited_for(server):
    server.kill()
    added = add(server)
    assert [one.kid for one in jwt.keys(server.directory / "keys.json")][-1] == added


def catches_hangup(process) -> bool:
    with open(f"/proc/{process.pid}/status") as status:
        caught = next(line.split()[1] for line in status if line.startswith("SigCgt:"))
    return bool(int(caught, 16) >> (signal.SIGHUP - 1) & 1)


def test_sighup_before_the_server_is_ready_does_not_end_it(server):
    server.stop()
    arguments = [program.BINARY, "serve", "--listen", "127.0.0.1:0", "--data-dir", server.directory]
    process = subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=program.environment()
    )
    assert wait_until(lambda: catches_hangup(process))
    process.send_signal(signal.SIGHUP)
    assert process.stdout.readline().startswith("listening on ")
    process.send_signal(signal.SIGTERM)
    _, log = process.communicate(timeout=program.PATIENCE)
    assert process.returncode == 0
    assert "error" not in log


def test_sighup_while_draining_does_not_end_it(start):
    server = start("--drain-timeout", "1h", "--body-timeout", "1h")
    body = request("POST", "/token", body={"username": ALICE[0], "password": ALICE[1]})
    with server.connect() as busy:
        busy.send(body[:-1])
        assert server.ask(request("GET", "/healthz")).status == 200
        server.process.send_signal(signal.SIGTERM)
        assert wait_until(lambda: "draining" in server.log())
        for _ in range(3):
            server.hang_up()
        response = busy.ask(body[-1:])
        assert (response.status, response.one("Connection")) == (200, "close")
        server.hang_up()
    assert server.process.wait(program.PATIENCE) == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_command_that_may_not_tell_the_server_says_so(server):
    with tempfile.TemporaryDirectory() as home:
        command = Path(shutil.copy(program.BINARY, home))
        os.chown(home, 1234, 1234)
        file = Path(home) / "keys.json"
        write(file, jwk("one"))
        os.chown(file, 1234, 1234)
        done = subprocess.run(
            [command, "key", "add", "--key-file", file, "--data-dir", server.directory],
            capture_output=True, text=True, user=1234, group=1234, extra_groups=[], env=program.environment(),
        )
        assert [one.kid for one in jwt.keys(file)] == ["one", done.stdout.strip()]
    assert done.returncode == 1
    assert done.stderr == (
        "jwtgate: the key file is changed, but not yet in force: "
        f"data directory {server.directory}: cannot be reached as user 1234: Permission denied\n"
    )
