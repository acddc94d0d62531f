"""Who else may write or read what the server trusts: one line with the remedy, and nothing is done."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from support import program
from support.people import ALICE, BOB
from support.tree import snapshot

COMMANDS = {
    "serve": ["serve", "--listen", "127.0.0.1:0"],
    "list": ["user", "list"],
    "add": ["user", "add", "bob", "--password-stdin"],
}
SERVICE = pwd.getpwnam("nobody")

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to be two users")


@pytest.fixture
def used(tmp_path):
    program.add_user(tmp_path / "data", *ALICE)
    return tmp_path / "data"


def is_refused(used, command: str, *named):
    before = snapshot(used)
    done = program.run(*COMMANDS[command], "--data-dir", used, stdin=f"{BOB[1]}\n")
    assert (done.returncode, done.stdout) == (1, ""), done
    assert len(done.stderr.splitlines()) == 1, done.stderr
    for name in named:
        assert str(name) in done.stderr
    assert snapshot(used) == before


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("mode", [0o777, 0o775, 0o770, 0o720, 0o702, 0o1777], ids=oct)
def test_a_data_directory_that_others_may_write(used, command, mode):
    used.chmod(mode)
    is_refused(used, command, used, "chmod 700")


@pytest.mark.parametrize("mode", [0o755, 0o750, 0o700], ids=oct)
def test_a_data_directory_that_only_its_owner_may_write(used, mode):
    used.chmod(mode)
    assert program.user(used, "list").returncode == 0
    program.Server(used).stop()


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("mode", [0o604, 0o644, 0o620, 0o602, 0o660, 0o666], ids=oct)
def test_a_database_that_others_may_use(used, command, mode):
    (used / "jwtgate.db").chmod(mode)
    is_refused(used, command, used / "jwtgate.db", "chmod 600")


@pytest.mark.parametrize("mode", [0o600, 0o640], ids=oct)
def test_a_database_that_only_its_owner_may_write(used, mode):
    (used / "jwtgate.db").chmod(mode)
    assert program.user(used, "list").returncode == 0
    program.Server(used).stop()


@pytest.fixture(scope="module")
def open_place():
    """A directory that another user may enter, with a copy of the program."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        shutil.copy(program.BINARY, Path(made) / "jwtgate")
        yield Path(made)


@pytest.fixture
def open_path(open_place):
    with tempfile.TemporaryDirectory(dir=open_place) as made:
        Path(made).chmod(0o755)
        yield Path(made)


def as_service(*arguments, directory) -> subprocess.CompletedProcess:
    return subprocess.run(
        [directory.parent / "jwtgate", *map(str, arguments)], capture_output=True, text=True,
        timeout=program.PATIENCE, user=SERVICE.pw_uid, group=SERVICE.pw_gid, extra_groups=[],
        env=program.environment(), cwd=directory, input=f"{BOB[1]}\n",
    )


@needs_root
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("mode", [0o700, 0o755], ids=oct)
def test_a_data_directory_of_root_is_not_the_services(open_path, command, mode):
    used = open_path / "data"
    program.add_user(used, *ALICE)
    used.chmod(mode)
    done = as_service(*COMMANDS[command], "--data-dir", used, directory=open_path)
    assert (done.returncode, done.stdout) == (1, ""), done
    line = f"data directory {used}: belongs to root, and this is run by nobody; chown -R nobody it"
    assert line in done.stderr and len(done.stderr.splitlines()) == 1


@needs_root
@pytest.mark.parametrize("command", COMMANDS)
def test_a_data_directory_behind_a_closed_one(open_path, command):
    closed = open_path / "closed"
    closed.mkdir(mode=0o700)
    program.add_user(closed / "data", *ALICE)
    done = as_service(*COMMANDS[command], "--data-dir", closed / "data", directory=open_path)
    assert (done.returncode, done.stdout) == (1, ""), done
    assert len(done.stderr.splitlines()) == 1
    assert str(closed / "data") in done.stderr and "Permission denied" in done.stderr
    assert "filesystem error" not in done.stderr


@needs_root
def test_what_root_adds_the_service_serves(open_path):
    """In the order of an administrator: the directory of the service, the first user by root, then the service."""
    used = open_path / "data"
    used.mkdir(mode=0o700)
    os.chown(used, SERVICE.pw_uid, SERVICE.pw_gid)
    program.add_user(used, *ALICE)
    assert {path.owner() for path in used.iterdir()} == {"nobody"}
    shown = as_service("user", "list", "--data-dir", used, directory=open_path)
    assert (shown.returncode, shown.stderr) == (0, "") and "alice" in shown.stdout
