"""The log: one line an event, who and from where, and never a secret."""

import json

from support import jwt, wire
from support.people import ALICE
from support.program import wait_until
from support.wire import request


def use_everything(server) -> dict:
    """One of each event; returns the tokens and CSRF values that came up."""
    answer = server.tokens(*ALICE)
    server.ask(wire.login("alice", "a wrong password"))
    server.ask(wire.login("nobody", "some other password"))
    renewed = server.ask(request("POST", "/refresh", bearer=answer["refresh_token"])).json()
    server.ask(request("POST", "/refresh", bearer=answer["refresh_token"]))
    server.ask(request("GET", "/protected?token=" + answer["access_token"], bearer=answer["access_token"]))
    server.ask(request("POST", "/logout", bearer=renewed["access_token"]))
    return answer | {"renewed": renewed["refresh_token"]}


def test_no_secret_is_logged_at_any_level(start):
    server = start("--log-level", "debug")
    used = use_everything(server)
    log = server.log()
    secrets = {"a wrong password", "some other password", ALICE[1], used["access_token"], used["refresh_token"]}
    secrets |= {used["renewed"]} | {jwt.claims(used[name])["csrf"] for name in ("access_token", "refresh_token")}
    secrets |= {token.split(".")[2] for token in (used["access_token"], used["refresh_token"], used["renewed"])}
    secrets.add(json.loads((server.directory / "keys.json").read_text())["keys"][0]["k"])
    for secret in secrets:
        assert secret not in log


def test_every_event_names_user_address_and_session(start):
    server = start("--log-format", "json")
    used = use_everything(server)
    sid = jwt.claims(used["access_token"])["sid"]
    lines = [json.loads(line) for line in server.log().splitlines()]
    of_session = [line for line in lines if sid in line.values()]
    assert len(of_session) >= 3
    assert all("alice" in line.values() for line in of_session if "user" in line)
    # The name of no user is not logged as typed: people type passwords there.
    failures = [line for line in lines if line.get("user") == "?"]
    assert len(failures) == 1 and "127.0.0.1" in failures[0].values()
    assert not any("nobody" in str(line) for line in lines)


def test_a_name_cannot_forge_a_line(start):
    server = start()  # what is escaped where it is logged: unit tests of core/log/log_line
    forged = "x\n2024-01-01T00:00:00Z info forged \x1b[31m"
    assert server.ask(wire.login(forged, "some password")).status == 401
    assert "forged" not in server.log()


def test_the_address_is_that_of_the_client_behind_a_trusted_proxy(start):
    server = start()
    server.ask(request("POST", "/login", fields=[("X-Forwarded-For", "203.0.113.9, 198.51.100.7, 127.0.0.1")],
                       body={"username": "nobody", "password": "some password"}))
    assert wait_until(lambda: "198.51.100.7" in server.log())
    assert "203.0.113.9" not in server.log()


def test_nobody_is_believed_when_no_proxy_is_trusted(start):
    server = start("--trusted-proxy", "none")
    server.ask(request("POST", "/login", fields=[("X-Forwarded-For", "198.51.100.7")],
                       body={"username": "nobody", "password": "some password"}))
    assert wait_until(lambda: "user=? address=127.0.0.1" in server.log())
    assert "198.51.100.7" not in server.log()


def test_a_log_that_is_turned_off_is_empty(start):
    server = start("--log-level", "off")
    use_everything(server)
    assert server.log() == ""
