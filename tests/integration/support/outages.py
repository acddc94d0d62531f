"""Ways in which a running server loses its database, each a context manager that gives it back at its end."""

import contextlib
import resource
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

from . import program

# More than a test's server logs, and less than its write-ahead log holds.
ROOM = 32768


def database(server) -> Path:
    return server.directory / "jwtgate.db"


def write_ahead_log(server) -> Path:
    return server.directory / "jwtgate.db-wal"


def ended_sessions(server) -> int:
    """How many the database knows."""
    with contextlib.closing(sqlite3.connect(database(server))) as looking:
        return looking.execute("SELECT count(*) FROM ended_sessions").fetchone()[0]


def forget_the_time(server) -> None:
    """That which the server noted when it started."""
    with contextlib.closing(sqlite3.connect(database(server))) as other, other:
        other.execute("UPDATE meta SET value = 0 WHERE name = 'last_seen_time'")


@contextlib.contextmanager
def locked(server) -> Iterator[None]:
    with contextlib.closing(sqlite3.connect(database(server), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


@contextlib.contextmanager
def full(server) -> Iterator[None]:
    """Its files cannot grow any more."""
    assert write_ahead_log(server).stat().st_size > ROOM
    process = server.process.pid
    old = resource.prlimit(process, resource.RLIMIT_FSIZE, (ROOM, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        resource.prlimit(process, resource.RLIMIT_FSIZE, old)


def start_on_a_full_disk(directory: Path) -> subprocess.CompletedProcess:
    """`jwtgate serve` where no file can grow."""
    return subprocess.run(
        [program.BINARY, "serve", "--listen", "127.0.0.1:0", "--data-dir", directory],
        capture_output=True,
        text=True,
        timeout=program.PATIENCE,
        env=program.environment(),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, ROOM)),
    )


@contextlib.contextmanager
def _moved(file: Path) -> Iterator[None]:
    elsewhere = file.with_name("elsewhere")
    file.rename(elsewhere)
    try:
        yield
    finally:
        elsewhere.rename(file)


def without_file(server):
    return _moved(database(server))


def without_log(server):
    return _moved(write_ahead_log(server))


def without_directory(server):
    return _moved(server.directory)


OUTAGES = [locked, full, without_file, without_log, without_directory]
