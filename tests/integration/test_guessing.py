"""Failed logins are limited, in a way that nobody can use against a user."""

import re
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from support import wire
from support.people import ALICE, BOB
from support.program import wait_until

NAME, PASSWORD = ALICE
DEVICE = "login_device"


def login(name=NAME, password="wrong", *, path="/login", forwarded=None, device=None):
    fields = [("X-Forwarded-For", forwarded)] if forwarded else []
    body = {"username": name, "password": password}
    return wire.request("POST", path, fields=fields, cookies=device and {DEVICE: device}, body=body)


def statuses(server, times, **how):
    with server.connect() as connection:
        return [connection.ask(login(**how)).status for _ in range(times)]


def use_up(server, **how):
    assert statuses(server, 10, **how) == [401] * 10


def assert_limited(response):
    assert response.status == 429, response
    assert response.json() == {"msg": "Too many failed logins", "error": "too_many_failures"}
    assert 1 <= int(response.one("Retry-After")) <= 90
    assert response.all("Set-Cookie") == []


@pytest.mark.parametrize("path", ["/login", "/token"])
def test_the_right_password_is_refused_too(start, path):
    server = start()
    use_up(server, path=path)
    for way in ("/login", "/token"):
        assert_limited(server.ask(login(password=PASSWORD, path=way)))


def test_the_limit_is_over_when_it_says_so(start):
    server = start("--login-failures", "2", "--login-window", "8s")
    assert statuses(server, 3) == [401, 401, 429]
    wait = int(server.ask(login()).one("Retry-After"))
    assert 1 <= wait <= 4
    assert wait_until(lambda: server.ask(login(password=PASSWORD)).status == 200, wait + 2)


def test_zero_is_no_limit(start):
    server = start("--login-failures", "0", "--login-failures-address", "0", "--argon2-memory", "8KiB", "--argon2-passes", "1")
    assert statuses(server, 150) == [401] * 150


def test_an_address_has_a_limit_over_all_names(start):
    server = start("--login-failures-address", "20")
    assert [server.ask(login(f"user{i}")).status for i in range(20)] == [401] * 20
    assert_limited(server.ask(login(password=PASSWORD)))


def test_unknown_disabled_and_known_look_the_same(start):
    server = start()
    server.add_user(*BOB)
    server.user("disable", BOB[0])
    answers = []
    for name in (NAME, "nobody", BOB[0], "no name at all"):
        use_up(server, name=name)
        limited = server.ask(login(name))
        assert int(limited.one("Retry-After")) > 0
        fields = [(key, value) for key, value in limited.fields if key not in ("Date", "Retry-After")]
        answers.append((limited.status, fields, limited.body))
    assert all(answer == answers[0] for answer in answers), answers


def test_many_at_once_are_not_more_than_the_limit(start):
    server = start()
    with ThreadPoolExecutor(40) as pool:
        found = list(pool.map(lambda _: server.ask(login()).status, range(80)))
    assert found.count(401) == 10
    assert found.count(429) == 70


def test_a_device_that_is_known_is_not_held_up(start):
    server = start()
    browser = server.browser()
    browser.login(*ALICE)
    device = browser.value(DEVICE)
    use_up(server)
    assert_limited(server.ask(login(password=PASSWORD)))
    assert_limited(server.ask(login(password=PASSWORD, device=device[:-3] + "AAA")))
    assert server.ask(login(password=PASSWORD, device=device)).status == 200


def test_a_device_of_another_user_is_no_help(start):
    server = start()
    server.add_user(*BOB)
    browser = server.browser()
    browser.login(*BOB)
    use_up(server)
    assert_limited(server.ask(login(password=PASSWORD, device=browser.value(DEVICE))))


def test_the_device_outlives_a_logout_and_opens_nothing(start):
    server = start()
    browser = server.browser()
    browser.login(*ALICE)
    device = browser.value(DEVICE)
    assert browser.post("/logout", csrf="csrf_access_token").status == 200
    assert browser.value(DEVICE) == device
    for way in ({"bearer": device}, {"cookies": {"access_token_cookie": device}}, {"cookies": {DEVICE: device}}):
        assert server.ask(wire.request("GET", "/protected", **way)).status == 401
        assert server.ask(wire.request("GET", "/auth", **way)).status == 401
    assert server.ask(wire.request("POST", "/refresh", bearer=device)).json()["error"] == "token_type"


def test_the_names_of_the_device_s_cookie(start):
    server = start("--cookie-prefix", "wiki_", cookie_secure=True)
    cookies = wire.set_cookies(server.ask(login(password=PASSWORD)))
    said = cookies["__Host-wiki_login_device"]
    assert said["max-age"] == "31536000"
    assert {"secure", "httponly"} <= said.keys() and said["path"] == "/"


def test_a_forged_forwarded_address_gains_nothing(start):
    server = start("--trusted-proxy", "none")
    found = [server.ask(login(forwarded=f"198.51.100.{i}")).status for i in range(12)]
    assert found == [401] * 10 + [429] * 2


def test_behind_a_trusted_proxy_what_a_client_puts_before_its_address_gains_nothing(start):
    server = start()
    found = [server.ask(login(forwarded=f"198.51.100.{i}, 203.0.113.7")).status for i in range(12)]
    assert found == [401] * 10 + [429] * 2
    assert server.ask(login(password=PASSWORD, forwarded="203.0.113.8")).status == 200


def test_behind_a_trusted_proxy_an_ipv6_client_is_its_network(start):
    server = start()
    found = [server.ask(login(forwarded=f"2001:db8:1:2::{i + 1:x}")).status for i in range(11)]
    assert found == [401] * 10 + [429]
    assert server.ask(login(password=PASSWORD, forwarded="2001:db8:1:3::1")).status == 200


def test_many_addresses_make_the_owner_wait_for_seconds_and_no_longer(start):
    server = start()
    for i in range(11):
        assert server.ask(login(forwarded=f"198.51.100.{i}")).status == 401
    waiting = server.ask(login(password=PASSWORD, forwarded="203.0.113.8"))
    assert (waiting.status, waiting.one("Retry-After")) == (429, "1")

    assert wait_until(lambda: server.ask(login(password=PASSWORD, forwarded="203.0.113.8")).status == 200, 3)


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_what_was_counted_counts_after_a_restart(start, end):
    server = start()
    use_up(server)
    database = server.directory / "jwtgate.db"

    def is_written():
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as rows:
            return rows.execute("SELECT count(*) FROM failed_logins").fetchone()[0] == 3

    if end == "kill":
        time.sleep(3)  # one write a second: also the last failure has had its own
        assert is_written()
    getattr(server, end)()
    again = start()
    assert_limited(again.ask(login(password=PASSWORD)))
    assert again.ask(login(password=PASSWORD, forwarded="203.0.113.8")).status == 200


def test_neither_names_nor_addresses_are_written_down(start):
    server = start()
    use_up(server, name="hunter2secret", forwarded="203.0.113.77")
    server.stop()
    for file in server.directory.iterdir():
        if file.is_file():
            assert b"hunter2secret" not in file.read_bytes() and b"203.0.113.77" not in file.read_bytes()


def test_the_log_has_a_line_for_many_refusals(start):
    server = start()
    use_up(server)
    for _ in range(50):
        server.ask(login(password="hunter2secret"))
    lines = [line for line in server.log().splitlines() if "logins_refused" in line]
    assert 1 <= len(lines) <= 2
    assert re.search(r"logins_refused address=127\.0\.0\.1 times=1 outcome=too_many_failures", lines[0])
    assert "hunter2secret" not in server.log()


def test_what_is_no_login_is_not_counted(start):
    server = start()
    for _ in range(30):
        assert server.ask(wire.request("POST", "/login", body={"username": NAME})).status == 400
    assert server.ask(login(password=PASSWORD)).status == 200
