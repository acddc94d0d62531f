"""What the command line says to people: words it does not know, output that cannot be written, Ctrl-C."""

import contextlib
import json
import os
import pty
import select
import shutil
import signal
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from support import program
from support.people import ALICE, BOB

WORDS = [
    ("usr list", 'unknown command "usr"; did you mean "user"?'),
    ("serv", 'unknown command "serv"; did you mean "serve"?'),
    ("user lst", 'unknown command "user lst"; did you mean "user list"?'),
    ("user lst --json", 'unknown command "user lst"; did you mean "user list"?'),
    ("user remove alice", 'unknown command "user remove"; there are add, invite, list, show, passwd, roles, disable, enable, delete'),
    ("user passwrd alice", 'unknown command "user passwrd"; did you mean "user passwd"?'),
    ("session lst", 'unknown command "session lst"; did you mean "session list"?'),
    ("session end x", 'unknown command "session end"; there are list, revoke'),
    ("session", "session needs a command: list, revoke"),
    ("key lits", 'unknown command "key lits"; did you mean "key list"?'),
    ("token decode", 'unknown command "token decode"; there are sign, verify, inspect'),
    ("config shwo", 'unknown command "config shwo"; did you mean "config show"?'),
    ("frobnicate", 'unknown command "frobnicate"; there are serve, user, session, key, token, rule, config'),
    ("", "needs a command: serve, user, session, key, token, rule, config"),
    ("user", "user needs a command: add, invite, list, show, passwd, roles, disable, enable, delete"),
    ("user show a b c", "unexpected words: b c"),
    ("user list a b c", "unexpected words: a b c"),
    ("config show x", "unexpected word: x"),
    ("user list --jsn", "unexpected word: --jsn; did you mean --json?"),
    ("serve --acces-ttl=1h", "unexpected word: --acces-ttl=1h; did you mean --access-ttl?"),
    ("serve --frobnicate", "unexpected word: --frobnicate"),
]


@pytest.mark.parametrize("arguments, line", WORDS, ids=[words for words, _ in WORDS])
def test_a_word_it_does_not_know(arguments, line):
    done = program.run(*arguments.split())
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"jwtgate: {line}; see jwtgate --help\n")


@pytest.fixture(scope="module")
def used(tmp_path_factory):
    """A data directory with users."""
    directory = tmp_path_factory.mktemp("words") / "data"
    program.add_user(directory, *ALICE)
    return directory


OUTPUTS = ["--help", "--version", "serve --help", "user --help", "user add --help", "config show", "config check",
           "user list", "user list --json", "user show alice", "user enable alice", "session list", "session list --json",
           "session revoke --user alice", "session revoke --help", "key list", "key list --json",
           "key add", 'token sign --claims {"sub":"a"}']


def written_to(used, arguments: str, **streams) -> subprocess.CompletedProcess:
    command = [program.BINARY, *arguments.split()]
    if not arguments.endswith(("--help", "--version")):
        command += ["--data-dir", used]
    return subprocess.run(command, stderr=subprocess.PIPE, text=True, timeout=program.PATIENCE,
                          env=program.environment(), **streams)


def says_that_it_cannot(done):
    assert done.returncode == 1, done
    assert done.stderr.splitlines() == ["jwtgate: cannot write to standard output"]


@pytest.mark.parametrize("arguments", OUTPUTS)
def test_a_full_disk(used, arguments):
    with open("/dev/full", "w") as full:
        says_that_it_cannot(written_to(used, arguments, stdout=full))


@pytest.mark.parametrize("arguments", OUTPUTS)
def test_a_reader_that_has_gone(used, arguments):
    reader, writer = os.pipe()
    os.close(reader)
    says_that_it_cannot(written_to(used, arguments, stdout=writer))
    os.close(writer)


@pytest.mark.parametrize("arguments", OUTPUTS)
def test_no_output_at_all(used, arguments):
    """What is opened later must not become standard output: the table would go into the database."""
    says_that_it_cannot(written_to(used, arguments, preexec_fn=lambda: os.close(1)))
    assert program.user(used, "list").returncode == 0


SESSIONS = ["0 sessions", "1 session", "2 sessions"]


@pytest.mark.parametrize("count, sessions", enumerate(SESSIONS), ids=SESSIONS)
def test_success_says_what_was_done(tmp_path, count, sessions):
    lines = [
        ("roles ERIN b a", "erin has roles b,a, {} ended"), ("roles erin", "erin has no roles, {} ended"),
        ("passwd erin", "erin has a new password, {} ended"), ("enable erin", "erin enabled"),
        ("disable erin", "erin disabled, {} ended"), ("enable erin", "erin enabled"),
        ("delete erin", "erin deleted, {} ended"),
    ]
    with program.Server(tmp_path / "data") as server:
        added = server.user("add", "Erin", password=BOB[1])
        assert (added.returncode, added.stdout, added.stderr) == (0, "erin added\n", "")
        for arguments, line in lines:
            for _ in range(count if "{}" in line else 0):
                server.tokens("erin", BOB[1])
            done = server.user(*arguments.split(), password=BOB[1] if "passwd" in arguments else None)
            assert (done.returncode, done.stdout, done.stderr) == (0, line.format(sessions) + "\n", "")


INPUTS = [
    (b"pass word one\n", None),
    (b"pass word one\r\n", None),
    (b"pass word one", None),
    ("caf\u00e9 au lait\n".encode(), None),
    (b"", "there is no password on standard input"),
    (b"\n", "is empty"),
    (b"\r\n", "is empty"),
    (b"one two three\nfour\n", "is more than one line"),
    (b"one two three\n\n", "is more than one line"),
    (b"one two three\r\nfour", "is more than one line"),
    (b"\none two three", "is more than one line"),
    (b"one two three\r", "holds a carriage return"),
    (b"one two\rthree\n", "holds a carriage return"),
    (b"\xef\xbb\xbfone two three\n", "byte order mark"),
    (b"\xff\xfeo\0n\0e\0", "holds a NUL"),
    (b"one two\0three\n", "holds a NUL"),
    (b"caf\xe9 au lait\n", "is not UTF-8 text"),
    (b"cut off \xe2\x82\n", "is not UTF-8 text"),
    (b"x" * 4097, "is longer than 4096 bytes"),
    (b"x" * 100_000, "is longer than 4096 bytes"),
]


@pytest.mark.parametrize("served", [True, False], ids=["served", "alone"])
def test_a_password_on_standard_input_is_one_line(tmp_path, served):
    directory = tmp_path / "data"
    server = program.Server(directory) if served else None
    program.add_user(directory, *ALICE)
    for number, (text, reason) in enumerate(INPUTS):
        done = subprocess.run(
            [program.BINARY, "user", "add", f"u{number}", "--password-stdin", "--data-dir", directory], input=text,
            capture_output=True, timeout=program.PATIENCE, env=program.environment(),
        )
        if reason is None:
            assert (done.returncode, done.stderr) == (0, b""), (text, done)
            continue
        assert (done.returncode, done.stdout) == (1, b""), (text, done)
        assert reason in done.stderr.decode() and done.stderr.count(b"\n") == 1, (text, done)
    if server:
        line = "pass word one"
        assert [server.tokens(f"u{number}", line)["token_type"] for number in range(3)] == ["Bearer"] * 3
        server.stop()


@pytest.mark.parametrize("served", [True, False], ids=["served", "alone"])
@pytest.mark.parametrize("arguments, reason", [
    ([b"show", b"caf\xe9"], "the user name is not UTF-8"),
    ([b"disable", b"\xff\xfe"], "the user name is not UTF-8"),
    ([b"roles", b"alice", b"caf\xe9"], "a role is not UTF-8"),
    ([b"roles", b"alice", *[b"r%05d" % number for number in range(3000)]], ""),
])
def test_what_no_message_can_hold_is_refused_with_its_reason(tmp_path, served, arguments, reason):
    directory = tmp_path / "data"
    server = program.Server(directory) if served else None
    program.add_user(directory, *ALICE)
    done = subprocess.run([program.BINARY, "user", *arguments, "--data-dir", directory], capture_output=True,
                          timeout=program.PATIENCE, env=program.environment())
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (1, b"", 1), done
    assert reason in done.stderr.decode() and b"understand" not in done.stderr
    if server:
        server.stop()


@pytest.mark.parametrize("arguments", ["user list", "user disable alice", "session revoke --user alice", "key add"])
def test_a_server_that_hangs_is_not_waited_for_long(tmp_path, arguments):
    with program.Server(tmp_path / "data") as server:
        server.add_user(*ALICE)
        server.process.send_signal(signal.SIGSTOP)
        begun = time.monotonic()
        done = program.run(*arguments.split(), "--data-dir", server.directory)
        took = time.monotonic() - begun
        server.process.send_signal(signal.SIGCONT)
        assert took > 4
        assert done.returncode == 1 and len(done.stderr.splitlines()) == 1
        assert "the running server does not answer within 5 s" in done.stderr


@contextlib.contextmanager
def older_server(directory):
    """One that knows no command at all, as `serve` of a version that did not have it yet."""
    answer = b"HTTP/1.1 404 Not Found\r\nContent-Length: 39\r\nConnection: close\r\n\r\n"
    answer += b'{"msg":"Not found","error":"not_found"}'
    with socket.socket(socket.AF_UNIX) as listening, ThreadPoolExecutor(1) as pool:
        listening.bind(str(directory / "control.sock"))
        listening.listen()
        answering = pool.submit(answer_once, listening, answer)
        yield
        answering.result(program.PATIENCE)


def answer_once(listening, answer: bytes) -> None:
    connection, _ = listening.accept()
    with connection:
        assert connection.recv(65536).startswith(b"POST /")
        connection.sendall(answer)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            pass


@pytest.mark.parametrize("arguments", ["user list", "session list", "session revoke x", "key add"])
def test_an_older_server_that_does_not_know_the_command(tmp_path, arguments):
    program.add_user(tmp_path / "data", *ALICE)
    (tmp_path / "data" / "lock").touch()  # which a key command looks for
    with older_server(tmp_path / "data"):
        done = program.run(*arguments.split(), "--data-dir", tmp_path / "data")
    why = "the running server is of another version and does not know this command; restart it\n"
    assert done.returncode == 1 and done.stderr.endswith(why), done


OTHERS = [
    (["--database", "sqlite:{}/other.db"], "database"),
    (["--key-file", "{}/other.json"], "key file"),
    (["--password-min-length", "4"], "password-min-length"),
    (["--argon2-memory", "8KiB"], "argon2-memory"),
    (["--argon2-passes", "1"], "argon2-passes"),
]


@pytest.mark.parametrize("how", ["flag", "variable"])
@pytest.mark.parametrize("options, named", OTHERS, ids=[named for _, named in OTHERS])
def test_options_that_are_not_the_running_servers(tmp_path, options, named, how):
    with program.Server(tmp_path / "data") as server:
        given = [part.format(tmp_path) for part in options]
        variables = {}
        if how == "variable":
            variables = {"JWTGATE_" + given[0][2:].upper().replace("-", "_"): given[1]}
            given = []
        done = program.run("user", "add", "bob", "--password-stdin", "--data-dir", server.directory, *given,
                           stdin=f"{BOB[1]}\n", variables=variables)
        assert (done.returncode, done.stdout) == (1, ""), done
        assert done.stderr.startswith(f"jwtgate: the running server's {named} is ")
        assert server.user("show", "bob").returncode == 1


def test_rules_stricter_than_the_running_servers_hold(tmp_path):
    with program.Server(tmp_path / "data") as server:
        long = server.user("add", "bob", "--password-min-length", "30", password=BOB[1])
        assert (long.returncode, long.stdout) == (1, "")
        assert long.stderr == "jwtgate: Password is too short: it needs at least 30 characters\n"
        assert server.user("add", "bob", "--password-min-length", "20", password=BOB[1]).returncode == 0


def test_commands_are_logged(tmp_path):
    with program.Server(tmp_path / "data") as server:
        server.add_user(*ALICE)
        server.user("disable", "nobody")
        who = os.getuid()
        for line in ("add user=alice outcome=done", 'disable user=nobody outcome="No such user"'):
            assert program.wait_until(lambda: f"user_command uid={who} action={line}" in server.log())


def test_every_line_of_a_json_log_is_json(tmp_path):
    with program.Server(tmp_path / "data", "--log-format", "json", variables={"JWTGATE_ACESS_TTL": "1s"}) as server:
        server.add_user(*ALICE)
        server.hang_up()
        server.tokens(*ALICE)
        assert program.wait_until(lambda: "cookie-secure" in server.log())
    assert (tmp_path / "data.log").read_text().splitlines()
    for line in (tmp_path / "data.log").read_text().splitlines():
        assert {"time", "level", "event"} <= json.loads(line).keys()


@pytest.mark.parametrize("options", [["--listen", "unix:/none/s"], ["--database", "sqlite:/none/x.db"]])
def test_a_start_that_fails_says_so_in_the_logs_format(tmp_path, options):
    given = ["serve", "--data-dir", tmp_path / "data", *options]
    done = program.run(*given, "--log-format", "json")
    last = json.loads(done.stderr.splitlines()[-1])
    assert (done.returncode, done.stdout, last["level"], last["event"]) == (1, "", "error", "cannot start")
    assert "/none/" in last["reason"]
    done = program.run(*given)
    assert done.returncode == 1 and done.stderr.startswith("jwtgate: ") and "/none/" in done.stderr


def as_first_process(*arguments) -> list:
    """What runs the program as process 1 of a name space of its own; skips where that is not allowed."""
    unshare = [shutil.which("unshare") or "unshare", "--pid", "--fork", "--mount-proc", "--kill-child"]
    if os.geteuid() != 0:
        unshare[1:1] = ["--user", "--map-root-user"]
    try:
        allowed = subprocess.run([*unshare, "true"], capture_output=True).returncode == 0
    except FileNotFoundError:
        allowed = False
    if not allowed:
        pytest.skip("no process name space can be made here")
    return [*unshare, program.BINARY, *map(str, arguments)]


def read_until(terminal: int, text: bytes) -> bytes:
    seen = b""
    while text not in seen:
        assert select.select([terminal], [], [], program.PATIENCE)[0], seen
        try:
            seen += os.read(terminal, 1024)
        except OSError:
            break
    return seen


@pytest.mark.parametrize("is_first", [True, False], ids=["process 1", "any process"])
@pytest.mark.parametrize("typed", [b"\x03", b"secr\x03"], ids=["at once", "while typing"])
def test_ctrl_c_ends_the_question_for_a_password(tmp_path, is_first, typed):
    arguments = ["user", "add", "alice", "--data-dir", tmp_path / "data"]
    command = as_first_process(*arguments) if is_first else [program.BINARY, *map(str, arguments)]
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(command[0], command, program.environment())
    read_until(terminal, b"Password: ")
    time.sleep(0.2)  # until echo is off
    os.write(terminal, typed)
    begun = time.monotonic()
    while (ended := os.waitpid(child, os.WNOHANG)) == (0, 0):
        assert time.monotonic() - begun < program.PATIENCE
        time.sleep(0.02)
    assert os.waitstatus_to_exitcode(ended[1]) == 128 + signal.SIGINT
    os.close(terminal)
    assert not (tmp_path / "data").exists()


def test_ctrl_c_ends_any_first_process(tmp_path):
    reader, writer = os.pipe()
    arguments = ["user", "add", "alice", "--password-stdin", "--data-dir", tmp_path / "data"]
    waiting = subprocess.Popen(as_first_process(*arguments), stdin=reader, stderr=subprocess.PIPE,
                               env=program.environment(), start_new_session=True)
    time.sleep(0.5)
    os.killpg(waiting.pid, signal.SIGINT)
    assert waiting.wait(5) in (128 + signal.SIGINT, -signal.SIGINT)
    os.close(reader)
    os.close(writer)
