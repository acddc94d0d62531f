"""`jwtgate key list|add|use|remove` on a key file that no server uses."""

import json
import os
import stat
import subprocess
import tempfile
import threading
from pathlib import Path

import pytest
from support import jwt, program
from support.tree import snapshot

MADE = "jwtgate: made a new key file; this key signs\n"
SIZES = {"HS256": 32, "HS384": 48, "HS512": 64}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "keys.json"


@pytest.fixture
def key(file):
    """Runs `jwtgate key` on this key file, which lies in the data directory."""
    where = ("--key-file", file, "--data-dir", file.parent)
    return lambda action, *arguments: program.run("key", action, *arguments, *where)


def jwk(kid: str, **more) -> dict:
    return {"kty": "oct", "kid": kid, "alg": "HS256", "k": jwt.encode(kid.encode() * 32)} | more


def write(file: Path, *keys: dict, mode: int = 0o600, **members) -> None:
    file.write_text(json.dumps({"keys": keys} | members))
    file.chmod(mode)


def kids(file: Path) -> list[str]:
    return [key.kid for key in jwt.keys(file)]


def does(done, stdout: str = ""):
    assert (done.returncode, done.stdout, done.stderr) == (0, stdout, "")


def refuses(done, status: int, line: str):
    assert (done.returncode, done.stdout, done.stderr) == (status, "", f"jwtgate: {line}\n")


@pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512"])
def test_add_makes_keys_as_long_as_their_hash(key, file, algorithm):
    done = key("add", "--alg", algorithm)
    kid = done.stdout.removesuffix("\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, kid + "\n", MADE)
    does(key("use", kid))
    made = json.loads(file.read_text())["keys"]
    assert [list(one) for one in made] == [["kty", "use", "alg", "kid", "k"]]
    assert (made[0]["kty"], made[0]["use"], made[0]["alg"], made[0]["kid"]) == ("oct", "sig", algorithm, kid)
    assert len(jwt.decode(made[0]["k"])) == SIZES[algorithm]
    assert kid[0].isalnum() and len(jwt.decode(kid)) == 9
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_add_makes_the_data_directory_as_serve_does(tmp_path):
    directory = tmp_path / "data"
    assert program.run("key", "add", "--data-dir", directory).returncode == 0
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert [path.name for path in directory.iterdir()] == ["keys.json"]
    with program.Server(directory) as server:
        assert server.key.kid == kids(directory / "keys.json")[0]


def test_add_makes_no_other_directory(tmp_path):
    lost = tmp_path / "none" / "keys.json"
    for arguments in (["add"], ["use", "one"], ["remove", "one"], ["list"]):
        done = program.run("key", *arguments, "--key-file", lost, "--data-dir", tmp_path / "data")
        refuses(done, 2, f"key file {lost}: No such file or directory")
    assert list(tmp_path.iterdir()) == []


def test_add_makes_the_data_directory_however_it_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for number, (directory, file) in enumerate([("h0", "./h0/keys.json"), ("./h1/", tmp_path / "h1" / "keys.json")]):
        done = program.run("key", "add", "--data-dir", directory, "--key-file", file)
        assert (done.returncode, done.stderr) == (0, MADE)
        assert stat.S_IMODE((tmp_path / f"h{number}").stat().st_mode) == 0o700


def test_add_does_not_end_the_sessions_of_a_database(key, file, tmp_path):
    program.add_user(tmp_path, "alice", "correct horse")
    file.unlink()
    before = snapshot(tmp_path)
    refuses(
        key("add"), 1,
        f"key file {file} is missing, and a new one would end every session: restore it, or say --replace-lost",
    )
    assert snapshot(tmp_path) == before
    done = key("add", "--replace-lost")
    assert (done.returncode, done.stdout, done.stderr) == (0, kids(file)[0] + "\n", MADE)
    refuses(key("add", "--replace-lost"), 1, f"key file {file} is there: leave out --replace-lost")
    with program.Server(tmp_path) as server:
        server.tokens("alice", "correct horse")


def test_a_change_that_no_server_was_told_of_says_so(file, tmp_path):
    elsewhere = tmp_path / "data"
    line = f"jwtgate: no server runs on data directory {elsewhere}; one that uses this file follows at SIGHUP\n"
    added = program.run("key", "add", "--key-file", file, "--data-dir", elsewhere)
    assert (added.returncode, added.stderr) == (0, MADE + line)
    used = program.run("key", "use", added.stdout.strip(), "--key-file", file, "--data-dir", elsewhere)
    assert (used.returncode, used.stdout, used.stderr) == (0, "", line)


def test_keys_come_and_go(key, file):
    first, second, third = (key("add").stdout.strip() for _ in range(3))
    assert kids(file) == [first, second, third]
    does(key("use", third))
    assert kids(file) == [third, first, second]
    does(key("use", third))
    assert kids(file) == [third, first, second]
    does(key("remove", first))
    assert kids(file) == [third, second]
    assert len({one.secret for one in jwt.keys(file)}) == 2


def test_list_shows_no_key_material(key, file):
    write(file, jwk("one"), jwk("two", alg="HS384", k=jwt.encode(b"t" * 48)), jwk("a\u009b\x1b[2J\u00e9"))
    listed = key("list")
    does(
        listed,
        "POSITION  KID                   ALG    USE\n"
        "1         one                   HS256  signs\n"
        "2         two                   HS384  verifies\n"
        "3         a\\u009b\\u001b[2J\u00e9     HS256  verifies\n",
    )
    as_json = key("list", "--json")
    assert json.loads(as_json.stdout) == [
        {"position": 1, "kid": "one", "alg": "HS256", "use": "signs"},
        {"position": 2, "kid": "two", "alg": "HS384", "use": "verifies"},
        {"position": 3, "kid": "a\u009b\x1b[2J\u00e9", "alg": "HS256", "use": "verifies"},
    ]
    for text in (listed.stdout, as_json.stdout):
        assert all(c == "\n" or c.isprintable() for c in text)
        assert not any(one["k"][:10] in text for one in json.loads(file.read_text())["keys"])


def test_what_it_does_not_know_stays_as_it_is_written(key, file):
    one = '{ "kid": "one", "x": [1.0, 12345678901234567890123, "\\u0041"], "alg":"HS256", "kty":"oct", "k":"%s" }'
    two = one.replace("one", "two").replace("[1.0", '[{"k": null}')
    one, two = one % jwt.encode(b"1" * 32), two % jwt.encode(b"2" * 32)
    layout = '{\n "made by": "hand, \\"],",\n "keys": [\n  %s,\n  %s\n ],\n "v": 1.50\n}\n\n'
    file.write_text(layout % (one, two))
    file.chmod(0o600)
    does(key("use", "two"))
    assert file.read_text() == layout % (two, one)
    kid = key("add").stdout.strip()
    added = file.read_text()
    assert added.startswith((layout % (two, one)).split("\n ],")[0] + ',\n  {"kty":"oct",')
    does(key("remove", kid))
    assert file.read_text() == layout % (two, one)


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o400], ids=oct)
def test_the_mode_stays(key, file, mode):
    write(file, jwk("one"), mode=mode)
    assert key("add").returncode == 0
    assert len(kids(file)) == 2
    assert stat.S_IMODE(file.stat().st_mode) == mode


def test_a_symbolic_link_is_followed(key, file, tmp_path):
    (tmp_path / "real").mkdir()
    target = tmp_path / "real" / "ring.json"
    write(target, jwk("one"))
    file.symlink_to("real/ring.json")
    assert key("add").returncode == 0
    assert file.is_symlink() and not target.is_symlink()
    assert len(kids(target)) == 2
    assert [path.name for path in target.parent.iterdir()] == ["ring.json"]


def test_what_a_dangling_link_points_to_is_made(key, file, tmp_path):
    (tmp_path / "real").mkdir()
    file.symlink_to("real/ring.json")
    assert key("add").returncode == 0
    assert file.is_symlink() and len(kids(tmp_path / "real" / "ring.json")) == 1


def test_nothing_of_a_path_acts_on_the_terminal(tmp_path):
    done = program.run("key", "list", "--key-file", tmp_path / "\u009b2J\x1b")
    refuses(done, 2, f"key file {tmp_path}/\\u009b2J\\u001b: No such file or directory")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_new_file_of_root_is_for_the_owner_of_the_data_directory():
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        data = Path(name) / "data"
        data.mkdir(mode=0o700)
        os.chown(data, 1234, 2345)
        file = Path(name) / "keys.json"
        assert program.run("key", "add", "--key-file", file, "--data-dir", data).returncode == 0
        assert list(data.iterdir()) == []
        status = file.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (1234, 2345, 0o600)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_run_as_root_it_leaves_everything_to_the_owner():
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        file = directory / "keys.json"
        write(file, jwk("one"), mode=0o640)
        os.chown(file, 1234, 2345)
        os.chown(directory, 1234, 1234)
        os.chmod(directory, 0o700)
        done = program.run("key", "use", "one", "--data-dir", directory)
        assert done.returncode == 1  # it became user 1234, who is not in group 2345
        refuses(done, 1, f"key file {file}: Operation not permitted")
        os.chown(file, 1234, 1234)
        assert program.run("key", "add", "--data-dir", directory).returncode == 0
        status = file.stat()
        assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (1234, 1234, 0o640)
        os.chown(directory, 0, 0)
        os.chown(file, 1234, 2345)
        assert program.run("key", "add", "--data-dir", directory).returncode == 0
        status = file.stat()
        assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (1234, 2345, 0o640)


ONLY_VERIFIES = {"key_ops": ["verify"]}


@pytest.mark.parametrize(
    "arguments, line",
    [
        (["use", "four"], 'no key "four" in the key file'),
        (["use", "TWO"], 'no key "TWO" in the key file'),
        (["use", ""], 'no key "" in the key file'),
        (["use", "\x1b[2J"], 'no key "\\u001b[2J" in the key file'),
        (["use", "three"], 'key "three": it comes first, but key_ops does not hold sign'),
        (["remove", "four"], 'no key "four" in the key file'),
        (["remove", "one"], 'key "one" signs: use another one first'),
    ],
)
def test_refusals_are_one_line_and_change_nothing(key, file, tmp_path, arguments, line):
    write(file, jwk("one"), jwk("two"), jwk("three", **ONLY_VERIFIES))
    before = snapshot(tmp_path)
    refuses(key(*arguments), 1, line)
    assert snapshot(tmp_path) == before


def test_a_file_that_would_be_too_large_stays_as_it_is(key, file, tmp_path):
    write(file, jwk("one"), pad="x" * (1024 * 1024 - 300))
    before = snapshot(tmp_path)
    refuses(key("add"), 1, f"key file {file}: would be larger than 1 MiB")
    assert snapshot(tmp_path) == before


COMMANDS = [["list"], ["list", "--json"], ["add"], ["use", "one"], ["remove", "one"]]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(
    "text, mode, reason",
    [
        (json.dumps({"keys": [jwk("one")]}), 0o644, "others may read it; chmod 600 it"),
        (json.dumps({"keys": [jwk("one")]}), 0o660, "others than its owner may write it; chmod 600 it"),
        ("", 0o600, "not a strict JSON object"),
        ('{"keys":[]}', 0o600, "keys is not a list of keys"),
        (json.dumps({"keys": [jwk("one"), jwk("one")]}), 0o600, 'key "one": its kid occurs twice'),
        (json.dumps({"keys": [jwk("one", k="AA")]}), 0o600, 'key "one": k has 1 bytes, HS256 needs 32'),
    ],
)
def test_a_file_that_cannot_be_used_is_neither_used_nor_changed(key, file, tmp_path, arguments, text, mode, reason):
    file.write_text(text)
    file.chmod(mode)
    before = snapshot(tmp_path)
    refuses(key(*arguments), 2, f"key file {file}: {reason}")
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("arguments", [one for one in COMMANDS if one != ["add"]], ids=" ".join)
def test_only_add_makes_the_file(key, file, tmp_path, arguments):
    refuses(key(*arguments), 2, f"key file {file}: No such file or directory")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments, line",
    [
        ([], "key needs a command: list, add, use, remove"),
        (["use"], "KID is required"),
        (["remove"], "KID is required"),
        (["add", "--alg", "hs256"], "--alg: hs256 not in {HS256,HS384,HS512}"),
        (["list", "--issuer", "me"], "unexpected words: --issuer me"),
    ],
)
def test_wrong_usage(arguments, line):
    refuses(program.run("key", *arguments), 2, line + "; see jwtgate --help")


def test_keys_that_are_added_at_the_same_time_all_stay(key, file):
    write(file, jwk("one"))
    arguments = [program.BINARY, "key", "add", "--key-file", file]
    environment = program.environment()
    at_once = [
        subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, env=environment) for _ in range(12)
    ]
    added = {one.communicate(timeout=program.PATIENCE)[0].strip() for one in at_once}
    assert [one.returncode for one in at_once] == [0] * 12
    assert kids(file)[0] == "one"
    assert set(kids(file)) == added | {"one"} and len(kids(file)) == 13
    assert [path.name for path in file.parent.iterdir()] == ["keys.json"]


def test_who_reads_meanwhile_finds_the_old_or_the_new_file(key, file):
    write(file, jwk("one"))
    seen, done = [], threading.Event()

    def read():
        while not done.is_set():
            seen.append(len(kids(file)))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for _ in range(8):
            assert key("add").returncode == 0
    finally:
        done.set()
        reader.join()
    assert seen == sorted(seen) and set(seen) <= set(range(1, 10)) and len(seen) > 8


def test_what_a_crash_left_beside_it_is_cleared(key, file, tmp_path):
    write(file, jwk("one"))
    (tmp_path / "keys.json.new").write_text("half a key fi")
    assert key("add").returncode == 0
    assert len(kids(file)) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]
