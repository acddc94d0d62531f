"""Invite links: `jwtgate user invite`, and POST /invite."""

import json
import re

import pytest
from support import program, wire
from support.people import ALICE
from support.wire import request

LINK = re.compile(r"^(\w+) (added and invited|invited), good for 24 h, once: (\S*)/#invite=([A-Za-z0-9][A-Za-z0-9_-]{31})$")
GOOD = "a password of one's own"


def invite(server, name, *options):
    done = program.run("user", "invite", name, *options, "--data-dir", server.directory)
    assert done.returncode == 0, done.stderr
    return LINK.match(done.stdout.strip()).groups()


def accept(server, token, new=GOOD, fields=()):
    return server.ask(request("POST", "/invite", body={"invite": token, "new": new}, fields=fields))


def can_log_in(server, name, password=GOOD) -> bool:
    return server.ask(wire.login(name, password, "/token")).status == 200


def user(server, name) -> dict:
    done = program.run("user", "show", name, "--json", "--data-dir", server.directory)
    return json.loads(done.stdout)[0]


def test_an_invited_user_sets_the_first_password_and_logs_in(server):
    assert invite(server, "Carol", "--role", "staff")[:3] == ("carol", "added and invited", "")
    token = invite(server, "carol", "--site", "https://login.example/")
    assert token[1:3] == ("invited", "https://login.example")
    assert user(server, "carol") | {"created": 0} == {
        "name": "carol", "roles": ["staff"], "enabled": True, "has_password": False, "created": 0,
    }
    for password in ("", " ", GOOD, "$argon2id$"):
        assert not can_log_in(server, "carol", password)
    assert accept(server, token[3]).status == 204
    assert can_log_in(server, "carol")
    assert user(server, "carol")["has_password"] is True


def test_an_invite_counts_once_and_a_new_one_ends_it(server):
    first = invite(server, "dora")[3]
    second = invite(server, "dora")[3]
    assert accept(server, first).json()["error"] == "bad_credentials"
    assert accept(server, second).status == 204
    assert accept(server, second, "another password of mine").json()["error"] == "bad_credentials"
    assert can_log_in(server, "dora")


def test_a_weak_password_leaves_it_usable(server):
    token = invite(server, "edith")[3]
    for weak in ("short", "password123", "e" * 129):
        response = accept(server, token, weak)
        assert (response.status, response.json()["error"]) == (422, "weak_password"), weak
    assert accept(server, token, "x" * 8 + "\0").status == 400
    assert accept(server, token).status == 204


@pytest.mark.parametrize(
    ("body", "msg"),
    [({}, "Missing invite"), ({"invite": "x"}, "Missing new"), ({"invite": 1, "new": GOOD}, "A member that is needed is not a string")],
)
def test_a_body_that_says_too_little_is_refused(server, body, msg):
    response = server.ask(request("POST", "/invite", body=body))
    assert (response.status, response.json()["msg"]) == (400, msg)


def test_what_is_no_invite_is_told_alike(server):
    for token in ("", "x", "A" * 32, "'; --", "ü" * 10, "a" * 8000):
        response = accept(server, token)
        assert (response.status, response.json()["error"]) == (401, "bad_credentials"), token


def test_another_site_cannot_use_one(server):
    token = invite(server, "fred")[3]
    assert accept(server, token, fields=[("Origin", "https://evil.example")]).status == 403
    assert accept(server, token).status == 204


def test_a_password_set_by_the_administrator_ends_it(server):
    token = invite(server, "gina")[3]
    server.user("passwd", "gina", password="another long password")
    assert accept(server, token).status == 401
    assert can_log_in(server, "gina", "another long password")


def test_a_disabled_user_cannot_use_one_until_enabled(server):
    token = invite(server, "hans")[3]
    program.run("user", "disable", "hans", "--data-dir", server.directory)
    assert accept(server, token).status == 401
    program.run("user", "enable", "hans", "--data-dir", server.directory)
    assert accept(server, token).status == 204


def test_one_who_has_lost_the_password_keeps_it_until_the_link_is_used(server):
    browser = server.browser()
    browser.login(*ALICE)
    token = invite(server, "alice")[3]
    assert can_log_in(server, *ALICE)
    assert accept(server, token).status == 204
    assert not can_log_in(server, *ALICE)
    assert browser.get("/protected").json()["error"] == "token_revoked"
    assert can_log_in(server, "alice")


def test_other_roles_are_not_set_in_passing(server):
    invite(server, "ines", "--role", "staff")
    invite(server, "ines", "--role", "staff")
    done = program.run("user", "invite", "ines", "--role", "admin", "--data-dir", server.directory)
    assert (done.returncode, done.stderr) == (1, "jwtgate: the user has other roles: set them with user roles\n")
    assert user(server, "ines")["roles"] == ["staff"]


def test_neither_log_nor_database_holds_an_invite(server):
    used, kept = invite(server, "jane")[3], invite(server, "kate")[3]
    accept(server, used)
    accept(server, kept, "short")
    held = server.log() + "".join(path.read_bytes().decode("latin-1") for path in server.directory.glob("jwtgate.db*"))
    assert used not in held and kept not in held and GOOD not in held
    assert "invite_use user=jane" in server.log()


def test_it_needs_no_server_and_makes_no_database(start, tmp_path):
    nowhere = program.run("user", "invite", "lara", "--data-dir", tmp_path / "none")
    assert nowhere.returncode == 1 and not (tmp_path / "none").exists()
    server = start()
    server.stop()
    token = invite(server, "lara")[3]
    again = start()
    assert accept(again, token).status == 204
    again.kill()
    last = start()
    assert can_log_in(last, "lara")
    assert accept(last, token).status == 401
