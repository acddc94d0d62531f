"""All that the log tells of security, in both formats, to a reader that takes every line apart; and never a secret."""

import json

import pytest
from support import jwt, program, wire
from support.log_lines import lines
from support.people import ALICE
from support.program import wait_until
from support.wire import request

NEW_PASSWORD = "another horse battery"
HOSTILE_NAMES = ["x\n2024-01-01T00:00:00Z info forged", "\x1b[31m", 'a" user="root', "비밀", "\u2028", "a=b c\\"]


def hostile_user_agent(secret: str) -> bytes:
    return b'User-Agent: " user=root \\\xff\xc3( ' + secret.encode() + b"\r\n"


class Life:
    """alice goes through everything once, and keeps what nobody else may see."""

    def __init__(self, server):
        self.server = server
        self.secrets = {ALICE[1], NEW_PASSWORD, "set by an admin", "first of carol", *self._keys()}
        self.browser = server.browser()
        self._log_in_and_out()
        self._change_the_account()
        self._fail()
        self._ask_hostile_things()
        self._command()

    def _keys(self) -> set[str]:
        return {key["k"] for key in json.loads((self.server.directory / "keys.json").read_text())["keys"]}

    def _keep(self, *values: str) -> None:
        for value in values:
            self.secrets |= {value, value.split(".")[-1]}

    def _tokens(self) -> dict:
        tokens = self.server.tokens(*ALICE)
        self._keep(tokens["access_token"], tokens["refresh_token"])
        self.secrets |= {jwt.claims(tokens[name])["csrf"] for name in ("access_token", "refresh_token")}
        return tokens

    def _log_in(self, password: str) -> None:
        self.browser.login(ALICE[0], password)
        self._keep(*(cookie.value for cookie in [*self.browser.jar.values(), *self.browser.devices.values()]))

    def _log_in_and_out(self) -> None:
        self._log_in(ALICE[1])
        assert self.browser.post("/refresh", csrf="csrf_refresh_token").status == 200
        self._keep(*(cookie.value for cookie in self.browser.jar.values()))
        assert self.browser.post("/logout", csrf="csrf_access_token").status == 200
        used = self._tokens()["refresh_token"]
        for status in (200, 401):
            response = self.server.ask(request("POST", "/refresh", bearer=used))
            assert response.status == status
            if status == 200:
                self._keep(response.json()["access_token"], response.json()["refresh_token"])

    def _change_the_account(self) -> None:
        other = jwt.claims(self._tokens()["access_token"])["sid"]
        self._log_in(ALICE[1])
        csrf = [("X-CSRF-TOKEN", self.browser.value("csrf_access_token"))]
        assert self.browser.ask("DELETE", "/sessions/" + other, fields=csrf).status == 204
        change = {"current": ALICE[1], "new": NEW_PASSWORD}
        assert self.browser.ask("PUT", "/password", fields=csrf, body=change | {"new": "short"}).status == 422
        assert self.browser.ask("PUT", "/password", fields=csrf, body=change | {"current": "not hers"}).status == 401
        assert self.browser.ask("PUT", "/password", fields=csrf, body=change).status == 204
        assert self.browser.ask("DELETE", "/sessions", fields=csrf).status == 204

    def _fail(self) -> None:
        for name in [*HOSTILE_NAMES, NEW_PASSWORD, "alice"]:
            assert self.server.ask(wire.login(name, NEW_PASSWORD + "!")).status == 401
        for _ in range(20):
            answer = self.server.ask(wire.login("alice", "a guess"))
        assert answer.status == 429

    def _ask_hostile_things(self) -> None:
        token, csrf, *_ = sorted(self.secrets, key=len, reverse=True)
        for target in (f"/protected?token={token}", f"/auth/reset/{token}", f"/sessions/{token}", f"/me/{csrf}?p={NEW_PASSWORD[:7]}",
                       '/"%0a%00=\\', "/%ff%1b[31m", "//x", "/" + "a" * 5000):
            head = request("GET", target, bearer=token, cookies={"access_token_cookie": token})
            self.server.ask(head[:-2] + hostile_user_agent(token) + b"\r\n")
        for octet in range(256):
            self.server.ask(b"GET /a" + bytes([octet]) + b"b HTTP/1.1\r\nHost: a\r\nReferer: " + bytes([octet]) + b"\r\n\r\n")
        self.server.ask(request("POST", "/logout", fields=[("Origin", f"https://evil.example/{token}")]))
        self.server.ask(request("GET", "/auth?roles=admin"))

    def _command(self) -> None:
        directory = self.server.directory
        program.add_user(directory, "carol", "first of carol")
        assert program.user(directory, "passwd", "carol", password="set by an admin").returncode == 0
        assert program.user(directory, "disable", "carol").returncode == 0
        assert program.user(directory, "disable", NEW_PASSWORD).returncode == 1
        for command in (["session", "revoke", "--user", "alice"], ["key", "add"]):
            assert program.run(*command, "--data-dir", directory).returncode == 0
        self.secrets |= self._keys()


EVENTS = {
    ("login", "ok", "info"),
    ("login", "bad_credentials", "warning"),
    ("logins_refused", "too_many_failures", "warning"),
    ("refresh", "ok", "info"),
    ("refresh", "reused", "warning"),
    ("logout", "ok", "info"),
    ("session_end", "ok", "info"),
    ("sessions_end", "ok", "info"),
    ("password_change", "ok", "info"),
    ("password_change", "bad_credentials", "warning"),
    ("user_command", "done", "info"),
    ("session_command", "done", "info"),
}


@pytest.mark.parametrize("form", ["text", "json"])
def test_every_event_has_its_line_every_line_can_be_read_and_none_holds_a_secret(start, form):
    server = start("--log-level", "debug", "--log-format", form, "--refresh-grace", "0s")
    life = Life(server)
    assert wait_until(lambda: "key_command" in server.log())
    log = server.log()
    for secret in life.secrets:
        assert secret not in log
    read = lines(log, form)
    for line in read:
        assert not any(secret in value for value in line.values() for secret in life.secrets), line
    seen = {(line["event"], line.get("outcome"), line["level"]) for line in read}
    assert EVENTS <= seen, EVENTS - seen
    events = {line["event"] for line in read}
    assert {"key_command", "cross-site request refused", "request"} <= events
    assert not any("forged" in str(line) for line in read)


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_access_log_has_one_line_a_request(start, form):
    server = start("--log-level", "debug", "--log-format", form)
    forwarded = [("X-Forwarded-For", "198.51.100.7")]
    server.ask(request("GET", "/healthz?a=b", fields=forwarded))
    server.ask(request("GET", "/auth/of/another", fields=forwarded))
    server.ask(wire.login("alice", "wrong"))
    server.ask(b"GET /me HTTP/1.1\r\n\r\n")
    of_requests = [line for line in lines(server.log(), form) if line["event"] == "request"]
    for line in of_requests:
        del line["time"], line["event"], line["level"]
        assert int(line.pop("duration_us", "0")) >= 0
    assert of_requests == [
        {"method": "GET", "path": "/healthz", "route": "/healthz", "status": "200", "address": "198.51.100.7"},
        {"method": "GET", "path": "/auth/...", "route": "/auth", "status": "401", "address": "198.51.100.7"},
        {"method": "POST", "path": "/login", "route": "/login", "status": "401", "address": "127.0.0.1"},
        {"route": "refused", "status": "400", "address": "127.0.0.1"},
    ]


def test_above_level_debug_there_is_no_access_log(start):
    server = start()
    server.ask(request("GET", "/healthz"))
    assert " request " not in server.log()
