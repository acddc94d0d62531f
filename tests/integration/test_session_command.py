"""`jwtgate session ...`: who is logged in, and ending it; with a server running and without one."""

import json
import os
import sqlite3
import subprocess
import time
from contextlib import closing

import pytest
from support import jwt, program
from support.people import ALICE, BOB
from support.wire import request

# The server takes no ESC, but the one octet that says the same.
SENT = b"\x9b2Jfox \xc3\xa9\xff"
EDITED = "\x1b]0;owned\x07\x1b[2Jfox"
NOT_IDS = ["", "a b", "a" * 65, "caf\u00e9", "../x", "'"]


def sid(tokens: dict) -> str:
    return jwt.claims(tokens["access_token"])["sid"]


def login(server, who: tuple[str, str], agent: bytes) -> dict:
    body = dict(zip(("username", "password"), who))
    fields = [("User-Agent", agent.decode("latin-1"))]
    response = server.ask(request("POST", "/token", body=body, fields=fields))
    assert response.status == 200, response
    return response.json()


class Place:
    """A data directory where alice has three sessions and bob one; its server runs on or is stopped."""

    def __init__(self, directory, is_served: bool):
        self.server = program.Server(directory)
        self.directory = directory
        for one in (ALICE, BOB):
            self.server.add_user(*one)
        self.alice = [self.server.tokens(*ALICE), login(self.server, ALICE, b"fox 1.0"), self.server.tokens(*ALICE)]
        self.bob = self.server.tokens(*BOB)
        if not is_served:
            self.server.stop()

    def session(self, action: str, *arguments: str) -> subprocess.CompletedProcess:
        return program.run("session", action, "--data-dir", self.directory, *arguments)

    def listed(self, *arguments: str) -> list[dict]:
        done = self.session("list", "--json", *arguments)
        assert (done.returncode, done.stderr) == (0, ""), done
        return json.loads(done.stdout)

    def ids(self, *arguments: str) -> set[str]:
        return {one["id"] for one in self.listed(*arguments)}

    def says(self, line: str, *arguments: str) -> None:
        done = self.session(*arguments)
        assert (done.returncode, done.stdout, done.stderr) == (0, line + "\n", "")

    def refuses(self, reason: str, *arguments: str, status: int = 1) -> None:
        done = self.session(*arguments)
        assert (done.returncode, done.stdout) == (status, ""), done
        assert len(done.stderr.splitlines()) == 1 and reason in done.stderr, done

    def awake(self) -> program.Server:
        """The server; it is started where it does not run."""
        if self.server.process.poll() is not None:
            self.server = program.Server(self.directory)
        return self.server


@pytest.fixture(params=["with a server", "without a server"])
def place(request, tmp_path):
    made = Place(tmp_path / "data", request.param == "with a server")
    yield made
    if made.server.process.poll() is None:
        made.server.stop()


def test_a_list_shows_everybodys_live_sessions_newest_first(place):
    everybody = place.listed()
    assert {one["id"] for one in everybody} == {sid(tokens) for tokens in [*place.alice, place.bob]}
    assert [one["created"] for one in everybody] == sorted((one["created"] for one in everybody), reverse=True)
    issued = jwt.claims(place.alice[1]["access_token"])["iat"]
    shown = next(one for one in everybody if one["id"] == sid(place.alice[1]))
    assert shown == {
        "id": sid(place.alice[1]),
        "user": "alice",
        "created": issued,
        "last_used": issued,
        "expires": jwt.claims(place.alice[1]["refresh_token"])["exp"],
        "address": "127.0.0.1",
        "user_agent": "fox 1.0",
    }
    head, *lines = place.session("list").stdout.splitlines()
    assert head.split() == ["USER", "ID", "CREATED", "LAST", "USED", "ADDRESS", "USER", "AGENT"]
    assert [line.split()[1] for line in lines] == [one["id"] for one in everybody]
    date = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(issued))
    line = next(line for line in lines if sid(place.alice[1]) in line)
    assert line.split() == ["alice", sid(place.alice[1]), date, date, "127.0.0.1", "fox", "1.0"]


def test_a_list_of_one_user(place):
    assert place.ids("--user", "ALICE") == {sid(tokens) for tokens in place.alice}
    assert place.ids("--user", "bob") == {sid(place.bob)}
    for name in ("carol", "no name", ""):
        place.refuses("No such user", "list", "--user", name)


def test_one_session_is_revoked_at_once_and_for_good(place):
    gone, *others = place.alice
    place.says("1 session of alice ended", "revoke", sid(gone))
    assert place.ids("--user", "alice") == {sid(tokens) for tokens in others}
    place.refuses("No such session", "revoke", sid(gone))
    server = place.awake()
    assert server.refusal_of(gone["access_token"]) == "token_revoked"
    refused = server.ask(request("POST", "/refresh", bearer=gone["refresh_token"]))
    assert (refused.status, refused.json()["error"]) == (401, "token_revoked")
    assert all(server.lets_in(tokens["access_token"]) for tokens in [*others, place.bob])
    server.kill()
    assert place.awake().refusal_of(gone["access_token"]) == "token_revoked"


def test_all_sessions_of_a_user_are_revoked(place):
    place.says("3 sessions of alice ended", "revoke", "--user", "Alice")
    place.says("0 sessions of alice ended", "revoke", "--user", "alice")
    assert place.ids() == {sid(place.bob)}
    server = place.awake()
    assert {server.refusal_of(tokens["access_token"]) for tokens in place.alice} == {"token_revoked"}
    assert server.lets_in(place.bob["access_token"])
    assert server.lets_in(server.tokens(*ALICE)["access_token"])


def test_what_is_not_there_is_refused(place):
    before = place.ids()
    place.refuses("No such session", "revoke", "never-seen")
    place.refuses("No such session", "revoke", "--", "-never-seen")
    for name in ("carol", "no name", ""):
        place.refuses("No such user", "revoke", "--user", name)
    assert place.ids() == before


def test_wrong_usage_ends_nothing(place):
    for id in NOT_IDS:
        place.refuses("SID: the id of a session is", "revoke", id, status=2)
    place.refuses("needs either a SID or --user NAME", "revoke", status=2)
    place.refuses("needs either a SID or --user NAME", "revoke", sid(place.bob), "--user", "bob", status=2)
    place.refuses("unexpected word: -x", "revoke", "-x", status=2)
    place.refuses("unexpected word", "revoke", sid(place.bob), "another", status=2)
    place.refuses("unexpected word", "list", "alice", status=2)
    place.refuses("did you mean --user?", "list", "--usr", "alice", status=2)
    assert len(place.ids()) == 4


def test_a_name_that_is_not_utf_8_is_named(place):
    command = [program.BINARY, "session", "revoke", "--user", b"caf\xe9", "--data-dir", place.directory]
    done = subprocess.run(command, capture_output=True, timeout=program.PATIENCE, env=program.environment())
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"jwtgate: the user name is not UTF-8\n")


def change_database(server, *statements: tuple) -> None:
    with closing(sqlite3.connect(server.directory / "jwtgate.db")) as database, database:
        for text, rows in statements:
            database.executemany(text, rows)


def test_a_lost_row_is_no_way_to_stay_logged_in(start):
    server = start()
    lost = server.tokens(*ALICE)
    change_database(server, ("DELETE FROM sessions WHERE id = ?", [(sid(lost),)]))
    assert program.wait_until(lambda: jwt.now() > jwt.claims(lost["access_token"])["iat"])
    done = program.run("session", "revoke", "--user", "alice", "--data-dir", server.directory)
    assert (done.returncode, done.stdout) == (0, "0 sessions of alice ended\n")
    assert server.refusal_of(lost["access_token"]) == "token_revoked"
    server.kill()
    assert start().refusal_of(lost["access_token"]) == "token_revoked"


def test_what_a_browser_calls_itself_does_not_reach_the_terminal(start):
    server = start()
    server.tokens(*ALICE)
    change_database(server, ("UPDATE sessions SET user_agent = ?, address = ?", [(EDITED, EDITED)]))
    login(server, ALICE, SENT)
    for arguments in ([], ["--json"], ["--user", "alice"]):
        command = [program.BINARY, "session", "list", *arguments, "--data-dir", server.directory]
        done = subprocess.run(command, capture_output=True, timeout=program.PATIENCE, env=program.environment())
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"?2Jfox ???" in done.stdout and b"?]0;owned??[2Jfox" in done.stdout
        assert all(byte == 10 or 32 <= byte < 127 for byte in done.stdout), done.stdout


def test_a_list_in_several_parts_is_whole_and_logged_once(start):
    server = start()
    now = jwt.now()
    row = "INSERT INTO sessions VALUES (?, 1, 1, ?, ?, 0, 'k', 9999999999, 9999999999, 'a', 'r', '::1', 'x')"
    ids = [f"s{number * 7919 % 2500:04}" for number in range(2500)]
    change_database(server, (row, [(id, now - age, now - age) for age, id in enumerate(ids)]))
    command = ["session", "list", "--json", "--data-dir", server.directory]
    for place in ("with a server", "without a server"):
        done = program.run(*command)
        assert [one["id"] for one in json.loads(done.stdout)] == ids, place
        if place == "with a server":
            assert server.log().count("session_command") == 1
            server.stop()


@pytest.mark.parametrize("options", [["--database", "sqlite:{}/other.db"], ["--key-file", "{}/other.json"]])
def test_a_server_of_other_files_is_not_told(start, tmp_path, options):
    server = start()
    tokens = server.tokens(*ALICE)
    given = [part.format(tmp_path) for part in options]
    done = program.run("session", "revoke", "--user", "alice", "--data-dir", server.directory, *given)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("jwtgate: the running server's ") and len(done.stderr.splitlines()) == 1
    assert server.lets_in(tokens["access_token"])


@pytest.mark.parametrize("arguments", ["list", "list --user alice", "revoke x", "revoke --user alice"])
def test_no_command_makes_a_database(tmp_path, arguments):
    done = program.run("session", *arguments.split(), "--data-dir", tmp_path / "data")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert not (tmp_path / "data").exists()


def test_a_command_is_logged_with_whom_it_was_done_to(start):
    server = start()
    tokens = server.tokens(*ALICE)
    who = os.getuid()
    for arguments, line in [
        (["revoke", sid(tokens)], f"action=revoke user=alice sid={sid(tokens)} outcome=done"),
        (["revoke", "--user", "my secret"], 'action=revoke user=? sid="" outcome="No such user"'),
        (["list"], 'action=list user="" sid="" outcome=done'),
    ]:
        program.run("session", *arguments, "--data-dir", server.directory)
        assert program.wait_until(lambda: f"session_command uid={who} {line}" in server.log()), line


def test_help_says_what_there_is():
    for arguments, words in [
        (["--help"], ["list", "revoke"]),
        (["list", "--help"], ["--user NAME", "--json", "--data-dir"]),
        (["revoke", "--help"], ["[SID]", "--user NAME", "--data-dir"]),
    ]:
        done = program.run("session", *arguments)
        assert (done.returncode, done.stderr) == (0, "")
        assert all(word in done.stdout for word in words), done.stdout
