"""What was answered holds after a restart, and after a kill right behind the answer."""

import sqlite3
import time

import pytest
from support import jwt, wire
from support.outages import ended_sessions, locked
from support.people import ALICE
from support.program import Server, run, wait_until
from support.wire import request


@pytest.fixture(params=["stop", "kill"])
def again(request, start):
    """Ends the server in one of two ways and starts it anew on the same directory."""

    def end_and_start(server: Server, *options) -> Server:
        getattr(server, request.param)()
        return start(*options)

    return end_and_start


def refresh(server, token: str):
    return server.ask(request("POST", "/refresh", bearer=token))


def test_users_and_sessions_stay(start, again):
    server = start()
    answer = server.tokens(*ALICE)
    server = again(server)
    assert server.lets_in(answer["access_token"])
    renewed = refresh(server, answer["refresh_token"])
    assert renewed.status == 200
    assert jwt.claims(renewed.json()["refresh_token"])["ctr"] == 2
    server.tokens(*ALICE)


def test_a_logout_stays(start, again):
    server = start()
    answer, other = server.tokens(*ALICE), server.tokens(*ALICE)
    assert server.ask(request("POST", "/logout", bearer=answer["access_token"])).status == 200
    server = again(server)
    assert server.refusal_of(answer["access_token"]) == "token_revoked"
    assert refresh(server, answer["refresh_token"]).json()["error"] == "token_revoked"
    assert server.lets_in(other["access_token"])


def test_a_logout_stays_when_tokens_are_to_live_shorter(start, again):
    server = start()
    answer = server.tokens(*ALICE)
    assert server.ask(request("POST", "/logout", bearer=answer["access_token"])).status == 200
    server = again(server, "--access-ttl", "1s")
    assert server.refusal_of(answer["access_token"]) == "token_revoked"


def test_a_logout_that_was_answered_503_is_written_by_itself(start):
    server = start()
    first, second = server.tokens(*ALICE), server.tokens(*ALICE)
    with locked(server):
        for token in (first["access_token"], second["refresh_token"], first["refresh_token"]):
            refused = server.ask(request("POST", "/logout", bearer=token))
            assert (refused.status, refused.json()["error"]) == (503, "busy")
            assert int(refused.one("Retry-After")) > 0
        assert server.refusal_of(first["access_token"]) == "token_revoked"
    assert wait_until(lambda: ended_sessions(server) == 2)
    server.kill()
    server = start()
    for answer in (first, second):
        assert server.refusal_of(answer["access_token"]) == "token_revoked"
        assert refresh(server, answer["refresh_token"]).json()["error"] == "token_revoked"


def test_a_logout_that_was_answered_503_is_written_before_a_server_ends(start):
    server = start()
    answer = server.tokens(*ALICE)
    with locked(server):
        assert server.ask(request("POST", "/logout", bearer=answer["access_token"])).status == 503
    server.stop()
    server = start()
    assert server.refusal_of(answer["access_token"]) == "token_revoked"


@pytest.mark.parametrize("arguments", [("disable",), ("delete",), ("roles",), ("passwd",)])
def test_a_user_is_cut_off_whose_sessions_were_lost(start, again, arguments):
    server = start()
    answer = server.tokens(*ALICE)
    with sqlite3.connect(server.directory / "jwtgate.db") as database:
        database.execute("DELETE FROM sessions")
    database.close()
    time.sleep(1.1)  # what was issued in the very second is known by its session alone
    password = "another own secret" if arguments[0] == "passwd" else None
    assert server.user(arguments[0], "alice", password=password).returncode == 0
    for _ in range(2):
        assert server.refusal_of(answer["access_token"]) == "token_revoked"
        assert refresh(server, answer["refresh_token"]).json()["error"] == "token_revoked"
        server = again(server)


def test_the_session_used_last_of_too_many_stays(start, again):
    server = start("--max-sessions", "2")
    first, second = server.tokens(*ALICE), server.tokens(*ALICE)
    time.sleep(1.1)  # times of use are whole seconds
    first = refresh(server, first["refresh_token"]).json()
    third = server.tokens(*ALICE)
    for _ in range(2):
        assert [server.lets_in(answer["access_token"]) for answer in (first, second, third)] == [True, False, True]
        server = again(server)


def test_a_rotation_stays(start, again):
    server = start()
    old = server.tokens(*ALICE)["refresh_token"]
    new = refresh(server, old).json()["refresh_token"]
    server = again(server)
    assert refresh(server, old).json()["refresh_token"] == new
    newest = new
    for _ in range(3):
        newest = refresh(server, newest).json()["refresh_token"]
    assert refresh(server, old).json()["error"] == "token_revoked"
    assert refresh(server, newest).json()["error"] == "token_revoked"


def test_commands_stay(start, again):
    server = start()
    server.add_user("dora", "doras own secret", "staff")
    answer = server.tokens("dora", "doras own secret")
    assert server.user("passwd", "dora", password="another own secret").returncode == 0
    server = again(server)
    server.tokens("dora", "another own secret")
    assert server.ask(wire.login("dora", "doras own secret")).status == 401
    assert server.refusal_of(answer["access_token"]) == "token_revoked"


def test_the_key_file_is_made_once(start, again):
    server = start()
    made = (server.directory / "keys.json").read_bytes()
    server = again(server)
    assert (server.directory / "keys.json").read_bytes() == made


def test_another_key_file_ends_every_token_but_no_user(start):
    server = start()
    answer = server.tokens(*ALICE)
    server.stop()
    (server.directory / "keys.json").unlink()
    assert run("key", "add", "--replace-lost", "--data-dir", server.directory).returncode == 0
    server = start()
    assert server.refusal_of(answer["access_token"]) == "token_malformed"
    server.tokens(*ALICE)
