"""One process owns a data directory and a database; one that fails to start leaves everything of it alone."""

import json
import os
import socket
import sqlite3
import subprocess
from pathlib import Path

import pytest
from support import program
from support.people import ALICE, BOB
from support.tree import snapshot


@pytest.fixture
def served(tmp_path):
    """A server on tmp_path/a, whose database has other names too."""
    (tmp_path / "to-a").symlink_to("a")
    (tmp_path / "link.db").symlink_to("a/jwtgate.db")
    (tmp_path / "link-to-link.db").symlink_to(tmp_path / "link.db")
    with program.Server(tmp_path / "a") as server:
        server.add_user(*ALICE)
        yield server


def lasting(directory: Path) -> dict:
    """What no other process may touch; the database and its log change by themselves."""
    return {name: what for name, what in snapshot(directory).items() if not name.startswith("jwtgate.db")}


def is_refused(done: subprocess.CompletedProcess, *named) -> None:
    assert (done.returncode, done.stdout) == (1, ""), done
    assert len(done.stderr.splitlines()) == 1, done.stderr
    for name in named:
        assert str(name) in done.stderr


NAMES_OF_A = ["{}/a/jwtgate.db", "{}/a//./jwtgate.db", "{}/b/../a/jwtgate.db", "{}/to-a/jwtgate.db", "{}/link.db",
              "{}/link-to-link.db", "a/jwtgate.db", "./to-a/jwtgate.db", "link.db"]


@pytest.mark.parametrize("name", NAMES_OF_A)
@pytest.mark.parametrize("directory", ["a", "b", "to-a"])
@pytest.mark.parametrize("command", ["serve", "user add"])
def test_a_database_is_one_processs_under_every_name(served, tmp_path, monkeypatch, name, directory, command):
    (tmp_path / "b").mkdir(exist_ok=True)
    if directory != "b" and command == "user add":
        pytest.skip("the server of this data directory is asked then")
    monkeypatch.chdir(tmp_path)
    before = [lasting(tmp_path / where) for where in "ab"]
    database = name.format(tmp_path)
    arguments = ["--listen", "127.0.0.1:0"] if command == "serve" else ["bob", "--password-stdin"]
    done = program.run(
        *command.split(), *arguments, "--data-dir", directory, "--database", f"sqlite:{database}", stdin=f"{BOB[1]}\n"
    )
    is_refused(done, database if directory == "b" else f"data directory {directory}", "in use")
    assert [lasting(tmp_path / where) for where in "ab"] == before
    assert served.user("show", "bob").returncode == 1


def test_two_data_directories_hold_two_databases(served, tmp_path):
    with program.Server(tmp_path / "b") as other:
        other.add_user(*BOB)
        assert served.user("show", "bob").returncode == 1


def test_a_database_is_free_again_after_a_kill(tmp_path):
    database = f"sqlite:{tmp_path}/shared.db"
    killed = program.Server(tmp_path / "a", "--database", database)
    killed.kill()
    with program.Server(tmp_path / "b", "--database", database):
        done = program.run("serve", "--listen", "127.0.0.1:0", "--data-dir", tmp_path / "a", "--database", database)
        is_refused(done, tmp_path / "shared.db")


def test_a_server_waits_for_a_command_that_ends(tmp_path):
    directory = tmp_path / "a"
    program.add_user(directory, *ALICE)
    command = subprocess.Popen(
        [program.BINARY, "user", "passwd", "alice", "--password-stdin", "--data-dir", directory],
        stdin=subprocess.PIPE, env=program.environment(),
    )
    command.stdin.write(b"another own secret\n")
    command.stdin.close()
    with program.Server(directory) as server:
        assert command.wait(program.PATIENCE) == 0
        server.tokens("alice", "another own secret")


def busy_port(_):
    taken = socket.create_server(("127.0.0.1", 0))
    return taken, ["--listen", "127.0.0.1:%d" % taken.getsockname()[1]]


def bad_key_file(directory):
    directory.mkdir(mode=0o700, exist_ok=True)
    (directory / "keys.json").write_text("{}")
    return None, []


def key_file_in_no_directory(directory):
    return None, ["--key-file", directory / "none" / "keys.json"]


def corrupt_database(directory):
    directory.mkdir(mode=0o700, exist_ok=True)
    (directory / "jwtgate.db").write_text("no database" * 1000)
    return None, []


def database_in_no_directory(directory):
    return None, ["--database", f"sqlite:{directory}/none/jwtgate.db"]


def open_directory(directory):
    directory.mkdir(exist_ok=True)
    directory.chmod(0o777)
    return None, []


def socket_in_no_directory(directory):
    return None, ["--listen", f"unix:{directory}/none/site.sock"]


FAILURES = [busy_port, bad_key_file, key_file_in_no_directory, corrupt_database, database_in_no_directory,
            open_directory, socket_in_no_directory]


@pytest.mark.parametrize("fails", FAILURES, ids=lambda one: one.__name__)
def test_a_start_that_fails_leaves_its_own_directory_as_it_was(tmp_path, fails):
    held, options = fails(tmp_path / "a")
    before = snapshot(tmp_path)
    is_refused(program.run("serve", "--listen", "127.0.0.1:0", "--data-dir", tmp_path / "a", *options))
    assert snapshot(tmp_path) == before
    del held


def test_starts_that_fail_leave_the_files_of_one_that_does_not(tmp_path):
    """Of several starts on one new directory at once, with one key file, only the good one leaves its files."""
    taken, busy = busy_port(None)
    for round_ in range(3):
        directory = tmp_path / f"data{round_}"
        bad = [["--data-dir", directory, *busy], ["--data-dir", directory, "--listen", "unix:/none/s"]]
        bad.append(["--data-dir", tmp_path / f"other{round_}", "--key-file", directory / "keys.json", *busy])
        failing = [
            subprocess.Popen([program.BINARY, "serve", *map(str, arguments)], stderr=subprocess.PIPE, text=True,
                             stdout=subprocess.PIPE, env=program.environment())
            for arguments in bad * 3
        ]
        with program.Server(directory) as server:
            for one in failing:
                out, line = one.communicate(timeout=program.PATIENCE)
                assert (one.returncode, out, len(line.splitlines())) == (1, "", 1), line
            server.add_user(*ALICE)
            token = server.tokens(*ALICE)["access_token"]
            names = {path.name for path in directory.iterdir()}
            assert {"lock", "jwtgate.db", "jwtgate.db.lock", "keys.json", "control.sock"} <= names
        with program.Server(directory) as server:
            assert server.lets_in(token)
        # Empty at most: where one that fails waits for the lock of another, that one may be the last to go.
        other = tmp_path / f"other{round_}"
        assert not other.exists() or not list(other.iterdir())
    taken.close()


@pytest.fixture
def used(tmp_path):
    """A data directory with a user and keys, and no server."""
    program.add_user(tmp_path / "a", *ALICE)
    return tmp_path / "a"


def test_what_makes_the_database_makes_the_key_file(used):
    first = (used / "keys.json").read_bytes()
    assert len(json.loads(first)["keys"]) == 1
    program.Server(used).stop()
    assert (used / "keys.json").read_bytes() == first


@pytest.mark.parametrize("log", ["left", "none"])
def test_a_lost_key_file_is_not_replaced_in_silence(used, log):
    (used / "keys.json").unlink()
    if log == "left":  # as a crash leaves it
        with sqlite3.connect(used / "jwtgate.db") as database:
            database.execute("PRAGMA wal_autocheckpoint = 0")
            database.execute("UPDATE users SET enabled = 1")
            database.commit()
            for name in ("jwtgate.db", "jwtgate.db-wal"):
                os.link(used / name, used / f"kept-{name}")
        database.close()
        for name in ("jwtgate.db", "jwtgate.db-wal"):
            (used / f"kept-{name}").rename(used / name)
    before = snapshot(used)
    done = program.run("serve", "--listen", "127.0.0.1:0", "--data-dir", used)
    is_refused(done, used / "keys.json", used / "jwtgate.db", "--replace-lost")
    assert snapshot(used) == before
    assert program.run("key", "add", "--replace-lost", "--data-dir", used).returncode == 0
    with program.Server(used) as server:
        server.tokens(*ALICE)


def test_a_database_without_users_gets_a_key_file(tmp_path):
    program.Server(tmp_path / "a").stop()
    (tmp_path / "a" / "keys.json").unlink()
    with program.Server(tmp_path / "a"):
        assert (tmp_path / "a" / "keys.json").exists()


def test_a_refused_user_makes_no_database(tmp_path):
    is_refused(program.user(tmp_path / "a", "add", "alice", password="short"), "short")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("action", ["list", "show alice", "passwd alice", "roles alice a", "disable alice",
                                    "enable alice", "delete alice"])
@pytest.mark.parametrize("there", [True, False])
def test_only_adding_makes_a_database(tmp_path, action, there):
    if there:
        (tmp_path / "a").mkdir()
    before = snapshot(tmp_path)
    password = BOB[1] if "passwd" in action else None
    is_refused(program.user(tmp_path / "a", *action.split(), password=password), "no database", tmp_path / "a")
    assert snapshot(tmp_path) == before
