"""Starts that fail for another reason than an option: one line, exit status 1, nothing changed."""

import json
import os
import socket
import sqlite3
import stat

import pytest
from support import jwt, program
from support.people import ALICE
from support.tree import snapshot


@pytest.fixture
def directory(tmp_path):
    """A data directory that a server has used."""
    path = tmp_path / "data"
    program.add_user(path, *ALICE)
    program.Server(path).stop()
    return path


def fails(directory, *named: str, options=(), variables=None):
    """Whether this ends `serve` as a failed start has to, and names these."""
    before = snapshot(directory)
    done = program.run("serve", "--listen", "127.0.0.1:0", "--data-dir", directory, *options, variables=variables)
    assert (done.returncode, done.stdout) == (1, ""), done
    assert len(done.stderr.splitlines()) == 1, done.stderr
    for name in named:
        assert str(name) in done.stderr
    assert snapshot(directory) == before


def test_the_first_start_makes_everything_it_needs(tmp_path):
    with program.Server(tmp_path / "data") as server:
        file = server.directory / "keys.json"
        keys = json.loads(file.read_text())["keys"]
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(server.directory.stat().st_mode) == 0o700
        assert [(key["kty"], key["alg"], key["use"]) for key in keys] == [("oct", "HS256", "sig")]
        assert len(jwt.decode(keys[0]["k"])) == 32
        assert keys[0]["kid"][0].isalnum()


@pytest.mark.parametrize("option", ["--listen", "--metrics-listen"])
@pytest.mark.parametrize("new", [True, False])
def test_address_in_use(tmp_path, directory, new, option):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = "127.0.0.1:%d" % taken.getsockname()[1]
        fails(tmp_path / "none" if new else directory, address, "in use", options=[option, address])


def test_address_of_another_machine(directory):
    fails(directory, "192.0.2.1:80", options=["--listen", "192.0.2.1:80"])


def test_the_directory_is_used_by_another_server(directory):
    with program.Server(directory):
        fails(directory, directory)


@pytest.mark.parametrize(
    "damage", [b"this is no database " * 400, b"SQLite format 3\0" + b"\xff" * 8000], ids=["text", "pages"]
)
def test_corrupt_database(directory, damage):
    (directory / "jwtgate.db").write_bytes(damage)
    fails(directory, "jwtgate.db")


def test_database_that_is_cut_off(directory):
    file = directory / "jwtgate.db"
    file.write_bytes(file.read_bytes()[:5000])
    fails(directory, "jwtgate.db")


def test_newer_schema(directory):
    with sqlite3.connect(directory / "jwtgate.db") as database:
        database.execute("UPDATE meta SET value = value + 1 WHERE name = 'schema_version'")
    database.close()
    fails(directory, "jwtgate.db", "version")


def test_database_that_is_a_directory(directory, tmp_path):
    fails(directory, tmp_path, options=["--database", f"sqlite:{tmp_path}"])


def test_database_in_no_directory(directory, tmp_path):
    fails(directory, "/none/", options=["--database", f"sqlite:{tmp_path}/none/jwtgate.db"])


@pytest.mark.parametrize("mode", [0o604, 0o644, 0o620, 0o602], ids=oct)
def test_key_file_that_others_may_use(directory, mode):
    (directory / "keys.json").chmod(mode)
    fails(directory, "keys.json")


@pytest.mark.parametrize("mode", [0o600, 0o400, 0o640], ids=oct)
def test_key_file_that_only_its_owner_may_write(directory, mode):
    (directory / "keys.json").chmod(mode)
    program.Server(directory).stop()


def key(**changes) -> dict:
    made = {"kty": "oct", "kid": "one", "alg": "HS256", "use": "sig", "k": jwt.encode(b"k" * 32)} | changes
    return {name: value for name, value in made.items() if value is not None}


def keys(*several: dict) -> str:
    return json.dumps({"keys": several})


BAD_KEY_FILES = {
    "HS256 key of 31 bytes": (keys(key(k=jwt.encode(b"k" * 31))), "one"),
    "HS384 key of 47 bytes": (keys(key(alg="HS384", k=jwt.encode(b"k" * 47))), "one"),
    "HS512 key of 63 bytes": (keys(key(alg="HS512", k=jwt.encode(b"k" * 63))), "one"),
    "one kid twice": (keys(key(), key(k=jwt.encode(b"l" * 32))), "one"),
    "second key of another kty": (keys(key(), key(kid="two", kty="RSA")), "two"),
    "another use": (keys(key(use="enc")), "one"),
    "another alg": (keys(key(alg="RS256")), "one"),
    "alg none": (keys(key(alg="none")), "one"),
    "no alg": (keys(key(alg=None)), "one"),
    "no k": (keys(key(k=None)), "one"),
    "k in plain base64": (keys(key(k="+/+/")), "one"),
    "no key": (keys(), "keys.json"),
    "an empty file": ("", "keys.json"),
    "no keys": ("{}", "keys.json"),
    "an array": ("[]", "keys.json"),
    "cut off": (keys(key())[:-1], "keys.json"),
    "a duplicate name": (keys(key()).replace('"kid"', '"k": "x", "kid"'), "keys.json"),
}


@pytest.mark.parametrize("text, named", BAD_KEY_FILES.values(), ids=BAD_KEY_FILES.keys())
def test_bad_key_file(directory, text, named):
    (directory / "keys.json").write_text(text)
    fails(directory, "keys.json", named)


@pytest.mark.parametrize("algorithm, size", [("HS256", 32), ("HS384", 48), ("HS512", 64)])
def test_every_algorithm_signs(directory, algorithm, size):
    secret = jwt.encode(os.urandom(size))
    (directory / "keys.json").write_text(keys(key(alg=algorithm, k=secret)))
    with program.Server(directory) as server:
        token = server.tokens(*ALICE)["access_token"]
        assert jwt.header(token) == {"alg": algorithm, "kid": "one", "typ": "JWT"}
        assert jwt.is_good(token, server.key)
        assert server.lets_in(token)


def test_the_first_key_signs_and_all_verify(directory):
    old = json.loads((directory / "keys.json").read_text())["keys"][0]
    with program.Server(directory) as server:
        answer = server.tokens(*ALICE)
    (directory / "keys.json").write_text(keys(key(kid="new"), old))
    with program.Server(directory) as server:
        assert server.lets_in(answer["access_token"])
        renewed = server.ask(program.wire.request("POST", "/refresh", bearer=answer["refresh_token"])).json()
        assert jwt.header(renewed["access_token"])["kid"] == "new"
        assert jwt.header(renewed["refresh_token"])["kid"] == "new"
        nameless = server.key.sign(jwt.claims(answer["access_token"]), kid=None)
        assert server.lets_in(nameless)


def test_data_directory_that_is_a_file(tmp_path):
    file = tmp_path / "data"
    file.write_text("mine")
    done = program.run("serve", "--listen", "127.0.0.1:0", "--data-dir", file)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1 and str(file) in done.stderr
    assert file.read_text() == "mine"


def test_data_directory_under_nothing(tmp_path):
    done = program.run("serve", "--listen", "127.0.0.1:0", "--data-dir", tmp_path / "none" / "data")
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "none").exists()


def test_a_socket_left_by_a_kill_is_replaced(directory, tmp_path):
    listen = f"unix:{tmp_path}/site.sock"
    server = program.Server(directory, listen=listen)
    server.kill()
    assert (tmp_path / "site.sock").exists()
    with program.Server(directory, listen=listen) as server:
        server.tokens(*ALICE)
        assert server.user("disable", "alice").returncode == 0


def test_a_socket_in_use_is_not_taken(directory, tmp_path):
    listen = f"unix:{tmp_path}/site.sock"
    with program.Server(tmp_path / "other", listen=listen):
        fails(directory, "site.sock", options=["--listen", listen])


def test_an_openssl_that_is_configured_without_hmac(directory, tmp_path):
    file = tmp_path / "openssl.cnf"
    file.write_text(
        "openssl_conf = init\n[init]\nproviders = providers\n[providers]\nlegacy = legacy\n[legacy]\nactivate = 1\n"
    )
    fails(directory, "OpenSSL", "HMAC", variables={"OPENSSL_CONF": str(file)})
