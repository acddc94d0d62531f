"""The real program: commands that end, and servers that are started, stopped and killed."""

import os
import re
import resource
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from . import activation, jwt, wire
from .browser import Browser

BINARY = os.environ.get("JWTGATE_BINARY", "")

# A start under a sanitizer takes several times as long.
PATIENCE = 20


def environment(**variables: str) -> dict[str, str]:
    """That of the tests without options of theirs, and with these variables."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JWTGATE_", "STATE_DIRECTORY"))}
    return kept | variables


def limit_descriptors(count: int | None):
    """What a process that is about to start has to call so that it may have so many open files, or None."""
    return count and (lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (count, count)))


def run(
    *arguments, stdin: str = "", variables: dict[str, str] | None = None, descriptors: int | None = None
) -> subprocess.CompletedProcess:
    return subprocess.run(
        [BINARY, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env=environment(**(variables or {})),
        preexec_fn=limit_descriptors(descriptors),
    )


def user(directory: Path, action: str, *arguments: str, password: str | None = None) -> subprocess.CompletedProcess:
    """`jwtgate user ...` on this data directory."""
    stdin = [] if password is None else ["--password-stdin"]
    return run("user", action, *arguments, *stdin, "--data-dir", directory, stdin=f"{password}\n")


def add_user(directory: Path, name: str, password: str, *roles: str) -> None:
    done = user(directory, "add", name, *(f"--role={role}" for role in roles), password=password)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{name.lower()} added\n", ""), done


class Server:
    """`jwtgate serve` on a data directory, ready when constructed.

    With `sockets` it is handed these instead of an address to listen on. Its log (what it writes to stderr, unless that is given) must hold neither a token nor one of `secrets`; the end of every server checks that.
    """

    def __init__(
        self,
        directory: Path,
        *options: str,
        listen: str = "127.0.0.1:0",
        sockets: Sequence[socket.socket] = (),
        cookie_secure: bool = False,
        variables: dict[str, str] | None = None,
        stderr: int | None = None,
        descriptors: int | None = None,
    ):
        self.directory = directory
        self.secrets: set[str] = set()
        self._log = open(directory.with_name(directory.name + ".log"), "a+")
        secure = str(cookie_secure).lower()
        where = [] if sockets else ["--listen", listen]
        arguments = ["serve", *where, "--data-dir", str(directory), "--cookie-secure", secure, *options]
        self.process = subprocess.Popen(
            [*activation.handing_over(sockets), BINARY, *arguments],
            stdout=subprocess.PIPE,
            stderr=self._log if stderr is None else stderr,
            text=True,
            env=environment(**(variables or {})),
            preexec_fn=limit_descriptors(descriptors),
            pass_fds=[each.fileno() for each in sockets],
        )
        self.address = self.read_address()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()

    def read_address(self):
        """What the next line of its output says; there is one for each address that it listens on."""
        overdue = threading.Timer(PATIENCE, self.process.kill)
        overdue.start()
        line = self.process.stdout.readline()
        overdue.cancel()
        ready = re.fullmatch(r"listening on (?:http://\[?([^]]+)\]?:(\d+)|unix:(.+))\n", line)
        assert ready, f"not ready: {line!r}\n{self.log()}"
        return ready[3] or (ready[1], int(ready[2]))

    @property
    def key(self) -> jwt.Key:
        return jwt.keys(self.directory / "keys.json")[0]

    def descriptors(self) -> int:
        """How many it has open."""
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def threads(self) -> int:
        return len(os.listdir(f"/proc/{self.process.pid}/task"))

    def memory(self) -> int:
        """Bytes that it has in memory (RSS)."""
        about = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s*(\d+) kB", about)[1]) * 1024

    def log(self) -> str:
        """All that was logged so far, also what the log's own thread has still to write."""
        wait_until(self._log_is_written)
        self._log.seek(0)
        return self._log.read()

    def _log_is_written(self) -> bool:
        """Whether the thread of the log sleeps, or has ended with its process."""
        try:
            for task in Path(f"/proc/{self.process.pid}/task").iterdir():
                name, state = re.search(r"\((.*)\) (\S)", (task / "stat").read_text()).groups()
                if name == "log":
                    return state not in "RD"
        except OSError:
            return True
        return True

    def add_user(self, name: str, password: str, *roles: str) -> None:
        self.secrets.add(password)
        add_user(self.directory, name, password, *roles)

    def user(self, action: str, *arguments: str, password: str | None = None) -> subprocess.CompletedProcess:
        if password is not None:
            self.secrets.add(password)
        return user(self.directory, action, *arguments, password=password)

    def connect(self, timeout: float = 10) -> wire.Connection:
        return wire.Connection(self.address, timeout)

    def ask(self, data: bytes) -> wire.Response:
        return wire.ask(self.address, data)

    def browser(self, **site) -> Browser:
        return Browser(self.address, **site)

    def tokens(self, name: str, password: str) -> dict:
        """What POST /token answers."""
        response = self.ask(wire.login(name, password, "/token"))
        assert response.status == 200, response
        return response.json()

    def lets_in(self, access_token: str) -> bool:
        response = self.ask(wire.request("GET", "/protected", bearer=access_token))
        assert response.status in (200, 401), response
        return response.status == 200

    def refusal_of(self, access_token: str) -> str:
        """The error code that /protected gives this token."""
        response = self.ask(wire.request("GET", "/protected", bearer=access_token))
        assert response.status == 401, response
        return response.json()["error"]

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            assert self.process.wait(PATIENCE) == 0, self.log()
        finally:
            self.process.kill()
        self._check_log()

    def hang_up(self) -> None:
        self.process.send_signal(signal.SIGHUP)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(PATIENCE)
        self._check_log()

    def _check_log(self) -> None:
        log = self.log()
        assert not wire.TOKEN.search(log), log
        for secret in self.secrets:
            assert secret not in log, log
        self.process.stdout.close()
        self._log.close()


def wait_until(condition, seconds: float = 5) -> bool:
    """Whether it became true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
