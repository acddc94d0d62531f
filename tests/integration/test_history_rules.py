"""The rules of support/history.py, each with a history that breaks it and one that barely does not."""

import pytest
from support.history import Call, faults


def call(what: str, begun: float, answer: str = "yes", **more) -> Call:
    return Call(what, "s", begun, more.pop("ended", begun + 0.5), answer, **more)


def login(begun: float) -> Call:
    return call("login", begun, given=1, text="first")


def refresh(begun: float, sent: int, given: int = 0, answer: str = "", **more) -> Call:
    answer = answer or ("yes" if given else "no")
    return call("refresh", begun, answer, sent=sent, given=given, **({"text": f"token {given}"} | more))


def rotated(times: int) -> list[Call]:
    return [login(0), *(refresh(n, n, n + 1) for n in range(1, times + 1))]


REUSE = [*rotated(3), refresh(8, 1)]  # the head is 4

GOOD = {
    "a life": [*rotated(2), call("access", 5), call("logout", 6), call("access", 7, "no"), refresh(8, 3)],
    "a retry": [*rotated(1), refresh(2, 1, 2)],
    "a retry of the one before": [*rotated(2), refresh(3, 1, 3)],
    "a lost rotation that was made": [login(0), refresh(1, 1, answer="lost"), refresh(2, 1, 2)],
    "two lost rotations, one made": [*rotated(1), refresh(2, 2, answer="lost"), refresh(3, 1, 3), refresh(4, 3, 4)],
    "a lost logout that was made": [login(0), call("logout", 1, "lost"), call("access", 2, "no"), refresh(3, 1)],
    "a lost logout that was not": [login(0), call("logout", 1, "lost"), call("access", 2), refresh(3, 1, 2)],
    "a logout that was lost after it was seen": [
        login(0), call("logout", 1, "lost"), call("access", 1.2, "no", ended=1.3), call("access", 2),
    ],
    "a refusal while a logout is under way": [login(0), call("logout", 1, ended=3), refresh(2, 1)],
    "an answer that crosses a logout": [login(0), call("logout", 1, ended=3), call("access", 2.9, ended=4)],
    "a logout after another": [login(0), call("logout", 1), call("logout", 2)],
    "reuse": [*REUSE, call("access", 9, "no"), refresh(10, 4)],
    "reuse that was lost and not made": [*rotated(3), refresh(8, 1, answer="lost"), refresh(9, 4, 5)],
    "reuse refused for a lost logout": [
        *rotated(3), call("logout", 7, "lost"), refresh(8, 1), call("access", 9),
    ],
}

BAD = {
    "an access token outlives a logout": ([login(0), call("logout", 1), call("access", 2)], "accepted after its end"),
    "a refresh token outlives a logout": ([login(0), call("logout", 1), refresh(2, 1, 2)], "accepted after its end"),
    "a session outlives its reuse": ([*REUSE, call("access", 9)], "accepted after its end"),
    "a session comes back later": (
        [login(0), call("logout", 1), call("access", 2, "no"), call("access", 3)], "accepted after its end",
    ),
    "a login was forgotten": ([login(0), call("access", 1, "no")], "refused though nobody ended it"),
    "an answered rotation was forgotten": ([*rotated(1), refresh(2, 2)], "refused though nobody ended it"),
    "the old token is dead after a lost rotation": (
        [login(0), refresh(1, 1, answer="lost"), refresh(2, 1)], "refused though nobody ended it",
    ),
    "a retry within grace is refused": ([*rotated(2), refresh(3, 1)], "refused though nobody ended it"),
    "a refusal before the logout": (
        [login(0), call("access", 1, "no"), call("logout", 2)], "refused though nobody ended it",
    ),
    "a rotation is made twice": ([*rotated(1), refresh(2, 1, 2, text="another")], "2 tokens with the counter 2"),
    "an answered rotation is undone": (
        [*rotated(2), refresh(3, 1, 2)], "an answered rotation was forgotten",
    ),
    "a token is its own successor": ([*rotated(1), refresh(2, 2, 2)], "no successor of what was shown"),
    "a counter leaps": ([login(0), refresh(1, 1, 4)], "no successor of what was shown"),
    "a crash": ([login(0), call("access", 1, "500 internal")], "answered 500 internal"),
    "a logout that is refused": ([login(0), call("logout", 1, "no")], "answered no"),
}


@pytest.mark.parametrize("name", GOOD)
def test_finds_nothing_in(name):
    assert faults(GOOD[name], []) == []


@pytest.mark.parametrize("name", BAD)
def test_finds(name):
    calls, fault = BAD[name]
    (found,) = faults(calls, [])
    assert found.startswith(f"s: {fault}"), found


def test_an_alarm_takes_two_holders():
    assert faults(REUSE, ["s"]) == []
    for calls, alarm in ((GOOD["a retry of the one before"], "s"), (GOOD["a life"], "s"), (REUSE, "another")):
        (found,) = faults(calls, [alarm])
        assert found == f"{alarm}: an alarm though nobody showed an old token"


def test_sessions_are_told_apart():
    other = [Call("login", "t", 0, 0.5, "yes", given=1, text="other"), Call("access", "t", 2, 2.5, "yes")]
    assert faults([login(0), *other, call("logout", 1)], []) == []
