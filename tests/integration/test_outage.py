"""The database is locked, full or gone: what needs it is told to try again, the rest goes on, and nothing is forgotten."""

import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from support import jwt, wire
from support.outages import (
    OUTAGES,
    ROOM,
    database,
    ended_sessions,
    forget_the_time,
    full,
    locked,
    start_on_a_full_disk,
    write_ahead_log,
)
from support.people import ALICE, BOB
from support.program import wait_until
from support.wire import request

CHEAP = ("--argon2-memory", "8KiB", "--argon2-passes", "1")
NEW = "another long secret"


def refresh(tokens: dict) -> bytes:
    return request("POST", "/refresh", bearer=tokens["refresh_token"])


def logout(tokens: dict) -> bytes:
    return request("POST", "/logout", bearer=tokens["access_token"])


def by(method: str, target: str, tokens: dict, **more) -> bytes:
    return request(method, target, bearer=tokens["access_token"], **more)


def writers(server, user: tuple[str, str]) -> dict[str, bytes]:
    """Requests that change the database; the user has two sessions."""
    tokens, other = server.tokens(*user), server.tokens(*user)
    sid = jwt.claims(other["access_token"])["sid"]
    return {
        "token": wire.login(*user, "/token"),
        "login": wire.login(*user),
        "refresh": refresh(tokens),
        "logout": logout(tokens),
        "end": by("DELETE", f"/sessions/{sid}", tokens),
        "end others": by("DELETE", "/sessions?keep=current", tokens),
        "password": by("PUT", "/password", tokens, body={"current": user[1], "new": NEW}),
    }


def one_writer_a_user(server) -> list[bytes]:
    """So that each has its effect whatever the others do."""
    server.secrets.add(NEW)
    asked = []
    for number, what in enumerate(writers(server, ALICE)):
        user = (f"user{number}", f"the secret of number {number}")
        server.add_user(*user)
        asked.append(writers(server, user)[what])
    return asked


def ask_all(server, asked: list[bytes]) -> list[wire.Response]:
    with ThreadPoolExecutor(len(asked)) as pool:
        return list(pool.map(server.ask, asked))


def is_busy(response) -> bool:
    return (response.status, response.json()["error"], response.one("Retry-After")) == (503, "busy", "1")


def is_let_in(server, tokens: dict) -> bool:
    return all(server.ask(by("GET", target, tokens)).status == 200 for target in ("/auth", "/protected"))


def outage_lines(server) -> list[str]:
    return [word for line in server.log().splitlines() for word in line.split() if word.startswith("database_")]


@pytest.mark.parametrize("outage", OUTAGES)
def test_what_needs_the_database_is_busy_and_the_rest_goes_on(start, outage):
    server = start(*CHEAP)
    tokens = server.tokens(*ALICE)
    asked = one_writer_a_user(server)
    with outage(server):
        for _ in range(2):
            answers = ask_all(server, asked)
            assert all(map(is_busy, answers)), answers
            assert is_let_in(server, tokens)
            assert server.ask(request("GET", "/healthz")).status == 200
    answers = ask_all(server, asked)
    assert {answer.status for answer in answers} <= {200, 204}, answers
    assert outage_lines(server) == ["database_away", "database_back"]


@pytest.mark.parametrize("outage", OUTAGES)
def test_what_was_refused_is_as_it_was_but_for_the_logout(start, outage):
    server = start(*CHEAP)
    kept, left = server.tokens(*ALICE), server.tokens(*ALICE)
    with outage(server):
        assert is_busy(server.ask(refresh(kept)))
        assert is_busy(server.ask(logout(left)))
        assert server.refusal_of(left["access_token"]) == "token_revoked"
    assert wait_until(lambda: ended_sessions(server) == 1, 20)
    server.kill()
    server = start(*CHEAP)
    assert server.refusal_of(left["access_token"]) == "token_revoked"
    assert server.ask(refresh(left)).json()["error"] == "token_revoked"
    assert server.lets_in(kept["access_token"])
    renewed = server.ask(refresh(kept))
    assert (renewed.status, jwt.claims(renewed.json()["refresh_token"])["ctr"]) == (200, 2)


@pytest.mark.parametrize("outage", [locked, full])
def test_a_command_is_told_why(start, outage):
    server = start(*CHEAP)
    with outage(server):
        done = server.user("add", *BOB[:1], password=BOB[1])
    assert (done.returncode, done.stdout) == (1, "")
    assert "the database cannot be used now" in done.stderr
    server.add_user(*BOB)
    server.tokens(*BOB)


def test_an_outage_is_one_line_though_what_changes_nothing_is_answered_meanwhile(start):
    server = start(*CHEAP)
    tokens = server.tokens(*ALICE)
    first = server.ask(refresh(tokens)).json()
    with full(server):
        for _ in range(5):
            assert is_busy(server.ask(wire.login(*ALICE)))
            assert server.ask(refresh(tokens)).json()["refresh_token"] == first["refresh_token"]
    server.tokens(*ALICE)
    assert outage_lines(server) == ["database_away", "database_back"]


def test_nothing_is_written_into_a_database_that_was_removed(start):
    server = start(*CHEAP)
    tokens, left = server.tokens(*ALICE), server.tokens(*ALICE)
    database(server).unlink()
    assert is_busy(server.ask(logout(left)))
    assert is_busy(server.ask(wire.login(*ALICE)))
    assert is_let_in(server, tokens)
    server.stop()
    assert not database(server).exists()


def test_a_database_that_was_replaced_waits_for_the_next_start(start, tmp_path):
    server = start(*CHEAP)
    first = server.tokens(*ALICE)
    server.stop()
    backup = shutil.copy(database(server), tmp_path / "backup")
    server = start(*CHEAP)
    late, left = server.tokens(*ALICE), server.tokens(*ALICE)
    shutil.copy(backup, tmp_path / "copy")
    (tmp_path / "copy").rename(database(server))
    write_ahead_log(server).unlink()
    for _ in range(2):
        assert is_busy(server.ask(logout(left)))
        assert is_busy(server.ask(refresh(late)))
    assert is_let_in(server, late)
    server.stop()
    server = start(*CHEAP)
    assert "ended_sessions_not_written count=1" in server.log()
    assert server.ask(refresh(first)).status == 200
    assert server.ask(refresh(late)).json()["error"] == "token_revoked"


def test_a_start_on_a_full_disk_says_so_in_the_line_of_its_failure(start):
    server = start(*CHEAP)
    while write_ahead_log(server).stat().st_size <= ROOM:
        server.tokens(*ALICE)
    forget_the_time(server)  # else a start within the same second has nothing to write
    server.kill()
    done = start_on_a_full_disk(server.directory)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1] == f"jwtgate: database {database(server)}: disk I/O error"
