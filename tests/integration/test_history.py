"""The server is killed at random moments: what its clients were told holds all the same."""

import contextlib
import os
import random
import re
import shutil
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from support.crowd import Client
from support.history import Call, faults
from support.program import wait_until

KILLS = 50
CLIENTS = 4
SEED = os.environ.get("HISTORY_SEED") or str(random.SystemRandom().randrange(10**9))
# Nothing may end a token but what the clients do; only alarms are logged, since each end of a server reads its log.
OPTIONS = ("--refresh-grace", "10m", "--max-sessions", "10000", "--log-level", "warn")
CHEAP = ("--argon2-memory", "8KiB", "--argon2-passes", "1")


class Crowd:
    """A server under clients who do not stop asking while it dies and comes back."""

    def __init__(self, start, directory):
        self._start, self._address = start, str(directory / "http")
        self._is_over = threading.Event()
        self.server = self.start()
        users = [(f"user{i}", f"the secret of number {i}") for i in range(CLIENTS)]
        for user in users:
            self.server.add_user(*user)
        seeds = [f"{SEED} {i}" for i in range(CLIENTS)]
        self.clients = [Client(self._address, *each, self._is_over.is_set) for each in zip(users, seeds)]

    def start(self):
        return self._start(*OPTIONS, *CHEAP, listen=f"unix:{self._address}")

    @contextlib.contextmanager
    def at_work(self):
        with ThreadPoolExecutor(CLIENTS) as pool:
            running = [pool.submit(client.run) for client in self.clients]
            try:
                yield
            finally:
                self._is_over.set()
            for each in running:
                each.result()

    def kill(self, at_rest=lambda: None) -> None:
        """`at_rest` is called between the end of the server and its next start."""
        self.server.kill()
        at_rest()
        self.server = self.start()

    def faults(self) -> list[str]:
        """After a look at every session there was."""
        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(Client.look_at_all, self.clients))
        alarms = re.findall(r" sid=(\S+) outcome=reused", self.server.log())
        return faults(self.calls(), alarms)

    def calls(self) -> list[Call]:
        return [call for client in self.clients for call in client.calls]

    def leave(self, sessions: set[str]) -> None:
        """Every client leaves these with its next call: however slow the machine, it need not come to that by chance."""
        for client in self.clients:
            client.unwanted = sessions

    def holds_only_others_than(self, sessions: set[str]) -> bool:
        """Whether every client is logged in, in none of these sessions."""
        held = [client.alive for client in self.clients]
        return all(each and each.session not in sessions for each in held)


def counted(calls: list[Call]) -> dict[tuple[str, str], int]:
    kinds = [(call.what, call.answer) for call in calls]
    return {kind: kinds.count(kind) for kind in set(kinds)}


def test_what_was_answered_outlives_fifty_kills(start, tmp_path):
    moments = random.Random(SEED)
    crowd = Crowd(start, tmp_path)
    with crowd.at_work():
        for _ in range(KILLS):
            time.sleep(moments.uniform(0, 0.3))
            crowd.kill()
    found = crowd.faults()
    assert not found, "\n".join([f"HISTORY_SEED={SEED}", *found])
    seen = counted(crowd.calls())
    wanted = {("refresh", "lost"), ("refresh", "no"), ("logout", "lost"), ("logout", "yes"), ("access", "no")}
    assert wanted <= seen.keys(), f"HISTORY_SEED={SEED} shows too little: {seen}"
    crowd.server.stop()
    with contextlib.closing(sqlite3.connect(crowd.server.directory / "jwtgate.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_database_that_forgets_is_found_out(start, tmp_path):
    crowd = Crowd(start, tmp_path)
    data, backup = crowd.server.directory, tmp_path / "backup"

    def remember():
        shutil.copytree(data, backup, ignore=shutil.ignore_patterns("*.sock"))

    def forget():
        shutil.rmtree(data)
        backup.rename(data)

    with crowd.at_work():
        for at_rest in (remember, forget):
            known = {call.session for call in crowd.calls()}
            crowd.leave(known)
            assert wait_until(lambda: crowd.holds_only_others_than(known), 20)
            crowd.kill(at_rest)
    found = "\n".join(crowd.faults())
    for what in ("refused though nobody ended it", "accepted after its end"):
        assert what in found
