"""A wall clock that is wrong for a while: nothing that has ended comes back, and nothing that lives is forgotten."""

import time

import pytest
from support import jwt, wire
from support.clocks import DAY, HOUR, Clocks
from support.people import ALICE
from support.program import Server
from support.wire import request

DORA = ("dora", "doras own secret")
EVE = ("eve", "eves own secret")
TOLERANCE = 10  # seconds by which a clock may have been set back


@pytest.fixture
def clock(tmp_path):
    return Clocks(tmp_path)


@pytest.fixture
def start_at(start, clock):
    """Starts a server whose clock is ahead by this."""

    def start_server(seconds: int, *options) -> Server:
        clock.set(seconds)
        return start(*options, variables=clock.variables)

    return start_server


def log_out(server: Server, token: str) -> int:
    return server.ask(request("POST", "/logout", bearer=token)).status


def refresh(server: Server, token: str) -> wire.Response:
    return server.ask(request("POST", "/refresh", bearer=token))


class People:
    """Tokens of sessions that have ended in each way there is, and of one that lives."""

    def __init__(self, server: Server):
        for name, password in (DORA, EVE):
            server.add_user(name, password, "staff")
        self.live = server.tokens(*ALICE)
        logged_out, disabled, removed = server.tokens(*ALICE), server.tokens(*DORA), server.tokens(*EVE)
        server.add_user("carl", "carls own secret", "boss")
        demoted = server.tokens("carl", "carls own secret")
        self.ended = {"logged out": logged_out, "disabled": disabled, "removed": removed, "demoted": demoted}
        assert log_out(server, logged_out["access_token"]) == 200
        for arguments in (("disable", "dora"), ("delete", "eve"), ("roles", "carl")):
            assert server.user(*arguments).returncode == 0

    def all_dead(self, server: Server) -> bool:
        refused = {
            name: (server.refusal_of(tokens["access_token"]), refresh(server, tokens["refresh_token"]).json()["error"])
            for name, tokens in self.ended.items()
        }
        assert refused == dict.fromkeys(self.ended, ("token_revoked", "token_revoked"))
        return True

    def still_live(self, server: Server) -> bool:
        return server.lets_in(self.live["access_token"])


@pytest.mark.parametrize("wrong", [9 * HOUR, 40 * DAY, 100 * DAY, 10 * 365 * DAY, -9 * HOUR, -40 * DAY, "1970"])
def test_a_clock_that_is_wrong_at_start(start_at, clock, wrong):
    wrong = 60 - jwt.now() if wrong == "1970" else wrong
    server = start_at(0)
    people = People(server)
    for _ in range(2):
        server.stop()
        server = start_at(wrong)
        time.sleep(0.5)
        said = "clock_ahead_of_last_run" if wrong > 0 else "clock_behind_last_run"
        assert said in server.log()
        clock.set(0)
        assert people.all_dead(server)
        assert people.still_live(server)
    server.stop()
    server = start_at(0)
    assert people.all_dead(server)
    assert people.still_live(server)
    assert refresh(server, people.live["refresh_token"]).status == 200


@pytest.mark.parametrize("wrong", [9 * HOUR, 100 * DAY, -9 * HOUR])
def test_sessions_that_end_while_the_clock_is_wrong(start_at, clock, wrong):
    server = start_at(0)
    before = server.tokens(*ALICE)
    clock.set(wrong)
    during = server.tokens(*ALICE)
    for tokens in (before, during):
        assert log_out(server, tokens["access_token"]) == 200
    for now in (0, wrong, 0):
        server.kill()
        server = start_at(now)
        assert server.refusal_of(before["access_token"]) in ("token_revoked", "token_expired", "token_not_yet_valid")
        clock.set(wrong)
        assert server.refusal_of(during["access_token"]) == "token_revoked"
        clock.set(0)
        assert server.refusal_of(before["access_token"]) == "token_revoked"


def test_a_clock_set_back_while_running_revives_nothing(start_at, clock):
    server = start_at(0, "--access-ttl", "60s", "--refresh-window", "0")
    first = server.tokens(*ALICE)["access_token"]
    assert log_out(server, first) == 200
    for passed in (0, 125, 250, 375):
        clock.set(passed - 375, steady=passed)
        assert log_out(server, server.tokens(*ALICE)["access_token"]) == 200
    assert server.refusal_of(first) == "token_revoked"


@pytest.mark.parametrize("wrong", [9 * HOUR, 100 * DAY])
def test_a_user_disabled_by_a_clock_that_was_ahead_comes_in_again(start_at, clock, wrong):
    server = start_at(0)
    old = server.tokens(*ALICE)
    clock.set(wrong)
    assert server.user("disable", "alice").returncode == 0
    clock.set(0)
    assert server.user("enable", "alice").returncode == 0
    assert server.lets_in(server.tokens(*ALICE)["access_token"])
    assert server.refusal_of(old["access_token"]) == "token_revoked"
    server.kill()
    server = start_at(0)
    new = server.tokens(*ALICE)
    assert server.lets_in(new["access_token"])
    assert refresh(server, new["refresh_token"]).status == 200
    assert server.refusal_of(old["access_token"]) == "token_revoked"


@pytest.mark.parametrize("step", [-9 * HOUR, -60, -5, 5, 60, 9 * HOUR])
def test_a_step_of_the_clock_ends_no_session_that_refreshes(start_at, clock, step):
    server = start_at(0)
    first = server.tokens(*ALICE)["refresh_token"]
    second = refresh(server, first).json()["refresh_token"]
    clock.set(step)
    stepped = refresh(server, second)
    if step < -TOLERANCE:
        assert (stepped.status, stepped.json()["error"]) == (401, "token_not_yet_valid")
    else:
        assert stepped.status == 200
        second = stepped.json()["refresh_token"]
    clock.set(0)
    again = refresh(server, second)
    if step > TOLERANCE:  # issued by a clock that was ahead: it waits for that time to come
        assert (again.status, again.json()["error"]) == (401, "token_not_yet_valid")
        clock.set(step)
        again = refresh(server, second)
    assert again.status == 200
    assert "reused" not in server.log()
