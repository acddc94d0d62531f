"""`jwtgate user ...`: with a server running it acts on that at once, without one on the database itself."""

import json
import stat

import pytest
from support import program, wire
from support.people import ALICE
from support.wire import request

PASSWORD = "erins own secret"


@pytest.fixture(params=["with a server", "without a server"])
def user(request, tmp_path):
    """Runs `jwtgate user` on a directory where alice is."""
    directory = tmp_path / "data"
    server = program.Server(directory) if request.param == "with a server" else None
    program.add_user(directory, *ALICE, "staff")
    yield lambda action, *arguments, **how: program.user(directory, action, *arguments, **how)
    if server:
        server.stop()


def shown(user) -> dict:
    """All users by name."""
    listed = user("list", "--json")
    assert listed.returncode == 0, listed
    return {one["name"]: one for one in json.loads(listed.stdout)}


def test_add_list_show(user):
    done = user("add", "Erin", "--role", "ops", "--role", "admin", password=PASSWORD)
    assert (done.returncode, done.stdout, done.stderr) == (0, "erin added\n", "")
    users = shown(user)
    assert sorted(users) == ["alice", "erin"]
    assert (users["erin"]["roles"], users["erin"]["enabled"]) == (["admin", "ops"], True)
    assert json.loads(user("show", "erin", "--json").stdout) == [users["erin"]]
    for text in (user("list").stdout, user("show", "ERIN").stdout):
        assert "erin" in text and "admin,ops" in text and "enabled" in text
    assert "$argon2" not in user("list", "--json").stdout


def test_changes(user):
    user("add", "erin", password=PASSWORD)
    assert user("roles", "erin", "b", "a").returncode == 0
    assert shown(user)["erin"]["roles"] == ["a", "b"]
    assert user("roles", "erin").returncode == 0
    assert shown(user)["erin"]["roles"] == []
    assert user("disable", "erin").returncode == 0
    assert shown(user)["erin"]["enabled"] is False
    assert user("enable", "erin").returncode == 0
    assert shown(user)["erin"]["enabled"] is True
    assert user("passwd", "erin", password="another own secret").returncode == 0
    assert user("delete", "erin").returncode == 0
    assert sorted(shown(user)) == ["alice"]


@pytest.mark.parametrize(
    "arguments, password, reason",
    [
        (["add", "alice"], PASSWORD, "user of this name"),
        (["add", "ALICE"], PASSWORD, "user of this name"),
        (["add", "-x"], PASSWORD, None),
        (["add", "a b"], PASSWORD, "user name"),
        (["add", "a" * 65], PASSWORD, "user name"),
        (["add", "erin", "--role", "Admin"], PASSWORD, "role"),
        (["add", "erin", "--role", "a,b"], PASSWORD, "role"),
        (["add", "erin", *(f"--role=r{i}" for i in range(33))], PASSWORD, "role"),
        (["add", "erin"], "short12", "short: it needs at least 8 characters"),
        (["add", "erin"], "", "empty"),
        (["add", "erin"], "x" * 129, "128"),
        (["add", "erin"], "password123", "commonest"),
        (["add", "longname1"], "LongName1", None),
        (["show", "erin"], None, "No such user"),
        (["passwd", "erin"], PASSWORD, "No such user"),
        (["passwd", "alice"], "short12", "short"),
        (["roles", "erin", "a"], None, "No such user"),
        (["roles", "alice", "A"], None, "role"),
        (["disable", "erin"], None, "No such user"),
        (["enable", "erin"], None, "No such user"),
        (["delete", "erin"], None, "No such user"),
    ],
)
def test_refusals_are_one_line(user, arguments, password, reason):
    before = shown(user)
    done = user(*arguments, password=password)
    wrong_usage = arguments[1] == "-x"
    assert done.returncode == (2 if wrong_usage else 1), done
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert reason is None or reason in done.stderr
    assert shown(user) == before


def test_a_password_is_asked_for_on_a_terminal_only(user):
    done = user("add", "erin")
    assert (done.returncode, done.stdout) == (1, "")
    assert "--password-stdin" in done.stderr


def test_wrong_usage(tmp_path):
    for arguments in ("", "add", "rename a", "show a b", "list --listen x", "disable"):
        done = program.run("user", *arguments.split())
        assert done.returncode == 2, arguments
        assert len(done.stderr.splitlines()) == 1


def test_what_is_left_is_for_the_owner_only(tmp_path):
    directory = tmp_path / "data"
    program.add_user(directory, *ALICE)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in directory.iterdir()}
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert modes["jwtgate.db"] == 0o600
    assert all(mode & 0o077 == 0 for mode in modes.values()), modes


def test_the_socket_of_a_server_is_for_the_owner_only(server):
    modes = [stat.S_IMODE(path.stat().st_mode) for path in server.directory.iterdir() if path.is_socket()]
    assert modes == [0o600]


@pytest.mark.parametrize(
    "arguments, password",
    [(["disable"], None), (["roles"], None), (["passwd"], "another own secret"), (["delete"], None)],
)
def test_a_change_ends_the_sessions_of_the_user_at_once(server, arguments, password):
    server.add_user("frank", PASSWORD, "ops")
    answer = server.tokens("frank", PASSWORD)
    other = server.tokens(*ALICE)
    extra = ["boss"] if arguments == ["roles"] else []
    assert server.user(*arguments, "frank", *extra, password=password).returncode == 0
    assert server.refusal_of(answer["access_token"]) == "token_revoked"
    refused = server.ask(request("POST", "/refresh", bearer=answer["refresh_token"]))
    assert (refused.status, refused.json()["error"]) == (401, "token_revoked")
    assert server.lets_in(other["access_token"])
    server.user("delete", "frank")


def test_changes_hold_for_the_next_login(server):
    server.add_user("gina", PASSWORD)
    assert server.user("roles", "gina", "boss").returncode == 0
    token = server.tokens("gina", PASSWORD)["access_token"]
    assert server.ask(request("GET", "/auth", bearer=token)).one("Remote-Groups") == "boss"
    assert server.user("disable", "gina").returncode == 0
    assert server.ask(wire.login("gina", PASSWORD)).status == 401
    assert server.user("enable", "gina").returncode == 0
    assert not server.lets_in(token)
    server.tokens("gina", PASSWORD)
    assert server.user("passwd", "gina", password="another own secret").returncode == 0
    assert server.ask(wire.login("gina", PASSWORD)).status == 401
    server.tokens("gina", "another own secret")


def test_a_new_user_of_an_old_name_does_not_get_its_sessions(server):
    server.add_user("hugo", PASSWORD)
    answer = server.tokens("hugo", PASSWORD)
    assert server.user("delete", "hugo").returncode == 0
    server.add_user("hugo", PASSWORD)
    assert server.refusal_of(answer["access_token"]) == "token_revoked"
    assert server.ask(request("POST", "/refresh", bearer=answer["refresh_token"])).status == 401
