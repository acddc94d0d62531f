"""`jwtgate config check` judges what `serve` would, and makes nothing."""

import os

import pytest
from support import program
from support.people import ALICE
from support.tree import snapshot

REFUSED = [
    (["--access-ttl", "60d"], "access-ttl"),
    (["--access-ttl", "2h", "--refresh-ttl", "1h"], "access-ttl"),
    (["--refresh-ttl", "30m"], "refresh-ttl"),
    (["--refresh-window", "2h"], "refresh-window"),
    (["--refresh-window", "5m", "--access-ttl", "5m"], "refresh-window"),
    (["--cookie-samesite", "None", "--cookie-secure", "false"], "cookie-samesite"),
    (["--access-ttl", "soon"], "access-ttl"),
]

DOUBTED = [
    (["--listen", "0.0.0.0:0"], "0.0.0.0:0"),
    (["--listen", "[::]:0"], "[::]:0"),
    (["--cookie-secure", "false"], "cookie-secure"),
    (["--idle-timeout", "30s"], "idle-timeout"),
    (["--max-target", "512KiB"], "max-target"),
]


def check(directory, *options):
    return program.run("config", "check", "--data-dir", directory, *options)


@pytest.fixture
def used(tmp_path):
    program.add_user(tmp_path / "data", *ALICE)
    return tmp_path / "data"


@pytest.mark.parametrize("options, named", REFUSED)
def test_options_that_do_not_go_together(used, options, named):
    before = snapshot(used)
    for done in (check(used, *options), program.run("serve", "--data-dir", used, *options)):
        assert (done.returncode, done.stdout) == (2, ""), done
        assert done.stderr.startswith(f"jwtgate: {named} (command line): ")
        assert len(done.stderr.splitlines()) == 1
    assert snapshot(used) == before


@pytest.mark.parametrize("options, named", DOUBTED)
def test_what_is_seldom_meant_is_told_and_taken(used, options, named):
    done = check(used, *options)
    assert (done.returncode, done.stdout) == (0, "the configuration is good\n")
    assert len(done.stderr.splitlines()) == 1 and named in done.stderr
    if named != "cookie-secure":
        with program.Server(used, "--listen", "127.0.0.1:0", *options) as server:
            assert program.wait_until(lambda: named in server.log())


def test_a_new_directory_is_good_and_not_made(tmp_path):
    done = check(tmp_path / "data")
    assert (done.returncode, done.stdout, done.stderr) == (0, "the configuration is good\n", "")
    assert not (tmp_path / "data").exists()


def test_beside_a_running_server(used):
    with program.Server(used) as server:
        before = snapshot(used)
        assert check(used).stderr == ""
        assert snapshot(used) == before
        server.tokens(*ALICE)


FAULTS = {
    "data-dir": lambda used: used.chmod(0o777),
    "database": lambda used: (used / "jwtgate.db").chmod(0o644),
    "database ": lambda used: (used / "jwtgate.db").write_text("no database" * 1000),
    "key-file": lambda used: (used / "keys.json").chmod(0o644),
    "key-file ": lambda used: (used / "keys.json").write_text("{}"),
    "key-file  ": lambda used: (used / "keys.json").unlink(),
}


@pytest.mark.parametrize("option", FAULTS)
def test_files_that_serve_refuses(used, option):
    FAULTS[option](used)
    before = snapshot(used)
    done = check(used)
    assert (done.returncode, done.stdout) == (2, ""), done
    assert done.stderr.startswith(f"jwtgate: {option.strip()}: ") and len(done.stderr.splitlines()) == 1
    served = program.run("serve", "--listen", "127.0.0.1:0", "--data-dir", used)
    assert served.returncode == 1
    assert served.stderr.removeprefix("jwtgate: ") in done.stderr
    assert snapshot(used) == before


@pytest.mark.parametrize("option, value", [("data-dir", "{}/none/data"), ("database", "sqlite:{}/none/x.db"),
                                           ("key-file", "{}/none/keys.json")])
def test_directories_that_are_not_there(used, tmp_path, option, value):
    done = program.run("config", "check", f"--{option}", value.format(tmp_path), variables={"JWTGATE_DATA_DIR": str(used)})
    assert (done.returncode, done.stdout) == (2, "") and done.stderr.startswith(f"jwtgate: {option}: ")
    assert os.listdir(tmp_path) == ["data"]
