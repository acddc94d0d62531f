"""What users do with their own sessions and password."""

import threading

import pytest
from support import jwt
from support.people import ALICE, BOB
from support.wire import request

LONGER = "a longer secret of alice"
AGENT = ("User-Agent", "a b\xffrowser")


def sid(tokens: dict) -> str:
    return jwt.claims(tokens["access_token"])["sid"]


def end(server, tokens: dict, target: str):
    return server.ask(request("DELETE", target, bearer=tokens["access_token"]))


def change(server, tokens: dict, current: str, new: str):
    server.secrets.update((current, new))
    return server.ask(request("PUT", "/password", bearer=tokens["access_token"], body={"current": current, "new": new}))


def listed(server, tokens: dict) -> list[dict]:
    response = server.ask(request("GET", "/sessions", bearer=tokens["access_token"]))
    assert response.status == 200, response
    return response.json()["sessions"]


def refusal(response) -> tuple[int, str]:
    return response.status, response.json()["error"]


def test_a_list_shows_ones_own_live_sessions_newest_first(start):
    server = start()
    server.add_user(*BOB)
    server.tokens(*BOB)
    first = server.tokens(*ALICE)
    login = request("POST", "/token", body=dict(zip(("username", "password"), ALICE)), fields=[AGENT])
    second = server.ask(login).json()
    third = server.tokens(*ALICE)
    assert end(server, third, f"/sessions/{sid(third)}").status == 204
    shown = {one["id"]: one for one in listed(server, first)}
    assert set(shown) == {sid(first), sid(second)}
    times = [one["created"] for one in listed(server, first)]
    assert times == sorted(times, reverse=True)
    issued = jwt.claims(second["access_token"])["iat"]
    assert shown[sid(second)] == {
        "id": sid(second),
        "created": issued,
        "last_used": issued,
        "address": "127.0.0.1",
        "user_agent": "a b?rowser",
        "current": False,
    }
    assert shown[sid(first)]["current"]


def test_a_session_that_ends_while_the_list_is_shown_is_not_found(server):
    here, there = server.tokens(*ALICE), server.tokens(*ALICE)
    shown = [one["id"] for one in listed(server, here)]
    assert sid(there) in shown
    assert server.ask(request("POST", "/logout", bearer=there["access_token"])).status == 200
    assert refusal(end(server, here, f"/sessions/{sid(there)}")) == (404, "no_such_session")
    assert sid(there) not in [one["id"] for one in listed(server, here)]


def test_an_id_that_is_not_ones_own_ends_nothing(server):
    here, bob = server.tokens(*ALICE), server.tokens(*BOB)
    for id in (sid(bob), "x", "a%2Fb", "..", "'", "a" * 1025, "a" * 7000):
        assert refusal(end(server, here, f"/sessions/{id}")) == (404, "no_such_session"), id
    for target in ("/sessions/", f"/sessions/{sid(here)}/", "/sessions//"):
        assert refusal(end(server, here, target)) == (404, "not_found"), target
    assert server.lets_in(bob["access_token"])
    assert server.lets_in(here["access_token"])


def test_every_worker_refuses_an_ended_session_as_soon_as_that_is_answered(start):
    server = start("--threads", "4")
    here, there = server.tokens(*ALICE), server.tokens(*ALICE)
    kept = [server.connect() for _ in range(12)]
    asking = request("GET", "/protected", bearer=there["access_token"])
    assert {connection.ask(asking).status for connection in kept} == {200}
    assert end(server, here, f"/sessions/{sid(there)}").status == 204
    assert {connection.ask(asking).status for connection in kept} == {401}
    for connection in kept:
        connection.socket.close()


@pytest.mark.parametrize("target", ["/sessions", "/sessions/{}"])
def test_a_browser_that_ends_its_own_session_is_left_without_a_cookie(server, alice, target):
    access = alice.value("access_token_cookie")
    target = target.format(jwt.claims(access)["sid"])
    assert refusal(alice.ask("DELETE", target)) == (403, "csrf")
    csrf = ("X-CSRF-TOKEN", alice.value("csrf_access_token"))
    other_site = ("Sec-Fetch-Site", "cross-site")
    assert refusal(alice.ask("DELETE", target, fields=[csrf, other_site])) == (403, "cross_site")
    assert server.lets_in(access)
    response = alice.ask("DELETE", target, fields=[csrf])
    assert (response.status, response.body, response.one("Content-Length")) == (204, b"", None)
    assert alice.jar == {}
    assert server.refusal_of(access) == "token_revoked"


def test_all_others_end_and_this_one_stays_also_after_a_kill(start):
    server = start()
    here, *others = [server.tokens(*ALICE) for _ in range(4)]
    for query in ("?keep=all", "?keep", "?all", "?keep=current&keep=current"):
        assert refusal(end(server, here, "/sessions" + query)) == (400, "bad_request"), query
    assert all(server.lets_in(each["access_token"]) for each in others)
    assert end(server, here, "/sessions?keep=current").status == 204
    server.kill()
    server = start()
    assert server.lets_in(here["access_token"])
    for each in others:
        assert server.refusal_of(each["access_token"]) == "token_revoked"
        assert server.ask(request("POST", "/refresh", bearer=each["refresh_token"])).status == 401
    assert end(server, here, "/sessions").status == 204
    server.kill()
    assert start().refusal_of(here["access_token"]) == "token_revoked"


def test_a_new_password_ends_the_other_sessions_and_stays_after_a_kill(start):
    server = start()
    here, there = server.tokens(*ALICE), server.tokens(*ALICE)
    assert change(server, here, ALICE[1], LONGER).status == 204
    assert server.refusal_of(there["access_token"]) == "token_revoked"
    server.kill()
    server = start()
    assert server.lets_in(here["access_token"])
    assert server.ask(request("POST", "/refresh", bearer=here["refresh_token"])).status == 200
    assert server.refusal_of(there["access_token"]) == "token_revoked"
    old = request("POST", "/token", body=dict(zip(("username", "password"), ALICE)))
    assert refusal(server.ask(old)) == (401, "bad_credentials")
    server.tokens(ALICE[0], LONGER)


def test_a_refused_change_changes_nothing(start):
    server = start()
    here, there = server.tokens(*ALICE), server.tokens(*ALICE)
    body = request("PUT", "/password", bearer=here["access_token"], body={"current": ALICE[1], "new": LONGER})
    plain = body.replace(b"application/json", b"text/plain")
    assert refusal(server.ask(plain)) == (415, "media_type")
    assert refusal(change(server, here, "wrong password", LONGER)) == (401, "bad_credentials")
    assert refusal(change(server, here, ALICE[1], ALICE[1])) == (422, "weak_password")
    assert refusal(change(server, here, ALICE[1], "password1")) == (422, "weak_password")
    for json in (
        {"new": LONGER},
        {"current": ALICE[1]},
        {"current": None, "new": LONGER},
        {"current": ALICE[1], "new": [LONGER]},
        b'{"current":"a","new":"b","new":"c"}',
    ):
        fields = [("Content-Type", "application/json")] if isinstance(json, bytes) else ()
        asked = request("PUT", "/password", bearer=here["access_token"], body=json, fields=fields)
        assert refusal(server.ask(asked)) == (400, "bad_request"), json
    renewed = server.ask(request("POST", "/refresh", bearer=here["refresh_token"])).json()
    assert refusal(change(server, renewed, ALICE[1], LONGER)) == (401, "token_not_fresh")
    assert server.lets_in(there["access_token"])
    server.tokens(*ALICE)


def test_of_two_changes_at_once_one_wins(start):
    server = start("--threads", "4")
    for round in range(5):
        current = ALICE[1] if round == 0 else wanted[winner]
        sessions = [server.tokens(ALICE[0], current) for _ in range(2)]
        wanted = [f"the secret {round} {i}" for i in range(2)]
        answers = [None, None]

        def ask(i):
            answers[i] = change(server, sessions[i], current, wanted[i])

        threads = [threading.Thread(target=ask, args=(i,)) for i in range(2)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert sorted(each.status for each in answers) == [204, 401], answers
        winner = 0 if answers[0].status == 204 else 1
        assert server.lets_in(sessions[winner]["access_token"])
        assert server.refusal_of(sessions[1 - winner]["access_token"]) == "token_revoked"
        server.tokens(ALICE[0], wanted[winner])


def test_wrong_passwords_are_counted_as_failed_logins(start):
    server = start("--login-failures", "3")
    here = server.tokens(*ALICE)
    for _ in range(3):
        assert refusal(change(server, here, "wrong password", LONGER)) == (401, "bad_credentials")
    limited = change(server, here, ALICE[1], LONGER)
    assert refusal(limited) == (429, "too_many_failures")
    assert int(limited.one("Retry-After")) > 0
    login = request("POST", "/token", body=dict(zip(("username", "password"), ALICE)))
    assert server.ask(login).status == 429
    assert server.lets_in(here["access_token"])


def test_the_log_has_a_line_for_each(start):
    server = start()
    here, there = server.tokens(*ALICE), server.tokens(*ALICE)
    end(server, here, f"/sessions/{sid(there)}")
    end(server, here, "/sessions?keep=current")
    change(server, here, ALICE[1], LONGER)
    log = server.log()
    for what in ("session_end", "sessions_end", "password_change"):
        lines = [line for line in log.splitlines() if f" {what} " in line]
        assert len(lines) == 1 and "user=alice" in lines[0] and "outcome=ok" in lines[0], log
