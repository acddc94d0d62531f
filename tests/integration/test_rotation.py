"""Refresh tokens under races, retries, theft, crashes and changes of the configuration."""

import json
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from support import jwt, wire
from support.people import ALICE
from support.program import wait_until
from support.wire import request


def refresh_request(token: str) -> bytes:
    return request("POST", "/refresh", bearer=token)


def refresh(server, token: str):
    return server.ask(refresh_request(token))


def successor(server, token: str) -> str:
    answer = refresh(server, token)
    assert answer.status == 200, answer
    return answer.json()["refresh_token"]


def error_of(answer) -> str:
    assert answer.status == 401, answer
    return answer.json()["error"]


def reuse_lines(server) -> list[str]:
    return [line for line in server.log().splitlines() if "outcome=reused" in line]


def ask_at_once(server, requests: list[bytes]) -> list[wire.Response]:
    """All of them on connections that stand already, so that they meet in the server."""
    connections = [server.connect() for _ in requests]
    try:
        with ThreadPoolExecutor(len(requests)) as pool:
            return list(pool.map(lambda pair: pair[0].ask(pair[1]), zip(connections, requests)))
    finally:
        for connection in connections:
            connection.socket.close()


def test_a_hundred_at_once_get_one_successor(start):
    server = start()
    token = server.tokens(*ALICE)["refresh_token"]
    for round in range(50):
        answers = ask_at_once(server, [refresh_request(token)] * 100)
        assert {answer.status for answer in answers} == {200}
        (token,) = {answer.json()["refresh_token"] for answer in answers}
        assert jwt.claims(token)["ctr"] == round + 2
        assert len({answer.json()["access_token"] for answer in answers}) == 100
    assert not reuse_lines(server)


def test_nothing_is_alive_after_a_logout_that_met_a_refresh(start):
    server = start()
    for _ in range(500):
        given = server.tokens(*ALICE)
        refreshed, left = ask_at_once(
            server, [refresh_request(given["refresh_token"]), request("POST", "/logout", bearer=given["access_token"])]
        )
        assert left.status == 200
        assert refreshed.status in (200, 401)
        everything = [given] + ([refreshed.json()] if refreshed.status == 200 else [])
        for tokens in everything:
            assert server.refusal_of(tokens["access_token"]) == "token_revoked"
            assert error_of(refresh(server, tokens["refresh_token"])) == "token_revoked"
    assert not reuse_lines(server)


def test_a_retry_gets_the_same_successor_with_times_of_its_own(start):
    server = start()
    given = wire.values(server.ask(wire.login(*ALICE)))
    retried = request(
        "POST", "/refresh", cookies=given, fields=[("X-CSRF-TOKEN", given["csrf_refresh_token"])]
    )
    first = wire.set_cookies(server.ask(retried))
    time.sleep(2)
    again = wire.set_cookies(server.ask(retried))
    name = "refresh_token_cookie"
    assert first[name][""] == again[name][""]
    assert int(first[name]["max-age"]) - int(again[name]["max-age"]) in (1, 2, 3, 4)
    assert again["access_token_cookie"]["max-age"] == "3600"
    assert again["csrf_refresh_token"][""] == given["csrf_refresh_token"]


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_a_retry_after_a_restart_gets_the_same_successor(start, end):
    server = start()
    old = server.tokens(*ALICE)["refresh_token"]
    new = successor(server, old)
    getattr(server, end)()
    server = start("--refresh-ttl", "1h", "--session-max-age", "2h")
    assert successor(server, old) == new
    assert jwt.claims(successor(server, new))["ctr"] == 3


def test_a_changed_issuer_refuses_and_ends_nothing(start):
    server = start()
    old = server.tokens(*ALICE)["refresh_token"]
    new = successor(server, old)
    server.stop()
    server = start("--issuer", "https://login.example")
    for token in (old, new):
        assert error_of(refresh(server, token)) == "token_malformed"
    server.stop()
    server = start()
    assert successor(server, old) == new


def test_a_removed_key_leaves_the_state_of_the_rotation(start):
    server = start()
    old = server.tokens(*ALICE)["refresh_token"]
    keys = server.directory / "keys.json"
    first = json.loads(keys.read_text())["keys"]
    added = first + [first[0] | {"kid": "second", "k": "A" * 43}]
    replace(server, keys, added[::-1])  # the new one signs
    new = successor(server, old)
    assert jwt.header(new)["kid"] == "second"
    replace(server, keys, first)
    signed_anew = successor(server, old)
    assert jwt.header(signed_anew)["kid"] == first[0]["kid"]
    assert {**jwt.claims(signed_anew), "jti": ""} == {**jwt.claims(new), "jti": ""}
    assert successor(server, old) == signed_anew


def replace(server, keys, content: list[dict]) -> None:
    """Gives the running server this key file; its first key signs."""
    keys.write_text(json.dumps({"keys": content}))
    server.hang_up()
    kid = content[0]["kid"]
    assert wait_until(lambda: jwt.header(server.tokens(*ALICE)["access_token"])["kid"] == kid)


def test_theft_ends_the_session_and_is_told_once(start):
    server = start("--refresh-grace", "1s")
    given = server.tokens(*ALICE)
    other = server.tokens(*ALICE)
    new = refresh(server, given["refresh_token"]).json()
    time.sleep(1.1)
    assert error_of(refresh(server, given["refresh_token"])) == "token_revoked"
    for tokens in (given, new):
        assert server.refusal_of(tokens["access_token"]) == "token_revoked"
        assert error_of(refresh(server, tokens["refresh_token"])) == "token_revoked"
    (line,) = reuse_lines(server)
    assert "warning refresh user=alice address=127.0.0.1 sid=" + jwt.claims(new["access_token"])["sid"] in line
    assert server.lets_in(other["access_token"])
    server.kill()
    server = start()
    assert server.refusal_of(new["access_token"]) == "token_revoked"


def test_grace_ends_with_a_new_password(start):
    server = start()
    old = server.tokens(*ALICE)["refresh_token"]
    new = successor(server, old)
    assert server.user("passwd", "alice", password="another own secret").returncode == 0
    for token in (old, new):
        assert error_of(refresh(server, token)) == "token_revoked"


def test_a_restored_backup_ends_the_session_and_is_not_called_theft(start):
    server = start()
    old = server.tokens(*ALICE)["refresh_token"]
    server.stop()
    database = server.directory / "jwtgate.db"
    backup = database.read_bytes()
    server = start()
    new = successor(server, old)
    server.stop()
    database.write_bytes(backup)
    server = start()
    assert error_of(refresh(server, new)) == "token_revoked"
    assert error_of(refresh(server, old)) == "token_revoked"
    assert not reuse_lines(server)
    assert "outcome=counter_ahead" in server.log()


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        ("counter = -3", "counter out of range"),
        ("csrf_refresh = ''", "csrf_refresh is no id"),
        ("csrf_access = 'a' || char(13, 10) || 'Set-Cookie: b'", "csrf_access is no id"),
        ("refresh_expires = absolute_end + 1", "refresh_expires is behind absolute_end"),
    ],
)
def test_a_row_edited_by_hand_is_refused_and_named(start, edit, why):
    server = start()
    given = server.tokens(*ALICE)
    with sqlite3.connect(server.directory / "jwtgate.db") as database:
        database.execute(f"UPDATE sessions SET {edit}")
    database.close()
    assert error_of(refresh(server, given["refresh_token"])) == "token_revoked"
    sid = jwt.claims(given["access_token"])["sid"]
    assert any("session_row_refused" in line and sid in line and why in line for line in server.log().splitlines())
