"""A log that nobody reads: no request waits for it, nor does the start or the end."""

import os
import re
import signal
import subprocess
import time

import pytest
from support import program, unread, wire
from support.people import ALICE
from support.program import BINARY, Server, wait_until
from support.wire import request

GOOD = request("GET", "/healthz")
WRONG = wire.login("alice", "a wrong password")
CHEAP = ("--argon2-memory", "8KiB", "--argon2-passes", "1", "--login-failures", "0", "--login-failures-address", "0")
LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (debug|info|warning|error) .*")
SLOWEST_EXIT = 9  # seconds: less than drain-timeout, which a hung worker would take


@pytest.fixture(params=[unread.pipe, unread.terminal, unread.stream])
def full(request):
    with request.param() as descriptors:
        yield descriptors


def fail_to_log_in(server, times: int) -> None:
    """Each failure is a line of the log."""
    with server.connect() as connection:
        for _ in range(times // 50):
            connection.send(WRONG * 50)
            assert [connection.receive().status for _ in range(50)] == [401] * 50


def ends(process) -> int:
    """The exit status after SIGTERM, which must not take longer than it may."""
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    status = process.wait(program.PATIENCE)
    assert time.monotonic() - begun < SLOWEST_EXIT
    return status


def test_requests_start_and_end_do_not_wait_for_it(tmp_path, full):
    with Server(tmp_path / "data", *CHEAP, "--drain-timeout", "2s", stderr=full.writer) as server:
        server.add_user(*ALICE)
        fail_to_log_in(server, 1000)
        assert server.ask(request("GET", "/auth")).status == 401
        assert server.ask(wire.login(*ALICE)).status == 200
        assert ends(server.process) == 0


def test_when_it_is_read_again_it_has_whole_lines_and_says_how_many_are_missing(tmp_path):
    logins = 10_000
    with unread.pipe() as full, Server(tmp_path / "data", *CHEAP, stderr=full.writer) as server:
        server.add_user(*ALICE)
        fail_to_log_in(server, logins)
        reading = full.read_all()
        assert wait_until(lambda: re.search("log lines dropped count=[0-9]+\n", reading.text), 20)
        assert server.ask(WRONG).status == 401
        assert wait_until(lambda: reading.text.rstrip().endswith("outcome=bad_credentials"))
        lines = reading.text.splitlines()
        assert [line for line in lines if not LINE.fullmatch(line)] == []
        dropped = [int(line.rsplit("=")[-1]) for line in lines if "log lines dropped" in line]
        logged = [line for line in lines if "login user=alice" in line]
        assert len(dropped) == 1 and dropped[0] > 0
        assert len(logged) + dropped[0] == logins + 1
        assert ends(server.process) == 0


def test_a_second_signal_ends_it_at_once(tmp_path, full):
    with Server(tmp_path / "data", "--drain-timeout", "1h", "--body-timeout", "1h", stderr=full.writer) as server:
        with server.connect() as stuck:
            stuck.send(WRONG[:-10])
            assert server.ask(GOOD).status == 200
            server.process.send_signal(signal.SIGTERM)
            assert wait_until(lambda: "log" not in threads_that_run(server.process) and not accepts(server))
            server.process.send_signal(signal.SIGTERM)
            assert server.process.wait(5) == -signal.SIGTERM


def accepts(server) -> bool:
    try:
        return server.ask(GOOD).status == 200
    except OSError:
        return False


def threads_that_run(process) -> set[str]:
    tasks = os.listdir(f"/proc/{process.pid}/task")
    stats = [open(f"/proc/{process.pid}/task/{task}/stat").read() for task in tasks]
    return {stat.split("(")[1].split(")")[0] for stat in stats if ") R" in stat}


def test_a_start_with_both_outputs_full_serves_and_ends(tmp_path, full):
    address = str(tmp_path / "socket")
    arguments = ["serve", "--data-dir", tmp_path / "data", "--listen", f"unix:{address}", "--cookie-secure", "false"]
    process = subprocess.Popen([BINARY, *arguments], stdout=full.writer, stderr=full.writer, env=program.environment())
    try:
        assert wait_until(lambda: os.path.exists(address), program.PATIENCE)
        assert wire.ask(address, GOOD).status == 200
        assert ends(process) == 0
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize(
    "arguments, status",
    [
        (["serve", "--listen", "203.0.113.1:1"], 1),
        (["serve", "--access-ttl", "never"], 2),
        (["user", "disable", "nobody"], 1),
        (["usr"], 2),
    ],
)
def test_what_fails_ends_all_the_same_and_its_line_can_still_be_read(tmp_path, full, arguments, status):
    begun = time.monotonic()
    where = ["--data-dir", tmp_path / "data"] if len(arguments) > 1 else []
    process = subprocess.Popen([BINARY, *arguments, *where], stderr=full.writer, env=program.environment())
    assert process.wait(program.PATIENCE) == status
    assert time.monotonic() - begun < SLOWEST_EXIT
    readable = program.run(*arguments, *where)
    assert len(readable.stderr.splitlines()) == 1
    assert readable.returncode == status


def test_what_was_logged_before_the_end_is_written(tmp_path):
    done = program.run("user", "list", "--data-dir", tmp_path, variables={"JWTGATE_ACESS_TTL": "1h"})
    assert "JWTGATE_ACESS_TTL" in done.stderr
