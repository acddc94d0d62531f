"""Clients that ask without a pause, and count what becomes of their requests when servers come and go."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle

from . import wire
from .program import PATIENCE, wait_until


@dataclass
class Client:
    """One request after the other: on one connection for as long as that is kept, or each on a new one.

    An outcome is the method with the status, or what happened instead:
    `refused`: no connection, or a new one that ended before a byte of the answer;
    `raced`: a kept one ended so, and whether the request was seen is not known (RFC 9112 section 9.3.1);
    `broken`: the connection ended within the answer, or more than one answer came.
    """

    address: tuple | str
    requests: list[bytes]
    keeps: bool
    outcomes: Counter = field(default_factory=Counter)
    connection: wire.Connection | None = None

    def run(self, is_over: Callable[[], bool]) -> None:
        for data in cycle(self.requests):
            if is_over():
                break
            self.outcomes[self.outcome_of(data)] += 1
        self.drop()

    def outcome_of(self, data: bytes) -> str:
        is_new = self.connection is None
        try:
            self.connection = self.connection or wire.Connection(self.address, timeout=20)
            response = self.connection.ask(data)
        except ConnectionError:
            has_begun = self.connection is not None and self.connection.buffer != b""
            self.drop()
            return "broken" if has_begun else "refused" if is_new else "raced"
        return f"{data.split()[0].decode()} {response.status}" if self.is_all(response) else "broken"

    def is_all(self, response: wire.Response) -> bool:
        """Whether nothing comes behind this answer."""
        closes = response.one("Connection") == "close"
        alone = self.connection.is_closed_by_peer() if closes else self.connection.buffer == b""
        if closes or not self.keeps:
            self.drop()
        return alone

    def drop(self) -> None:
        if self.connection:
            self.connection.socket.close()
        self.connection = None


@contextmanager
def load_of(clients: list[Client]):
    """Runs them beside the block."""
    over = threading.Event()
    with ThreadPoolExecutor(len(clients)) as pool:
        running = [pool.submit(client.run, over.is_set) for client in clients]
        try:
            yield
        finally:
            over.set()
        for each in running:
            each.result()


def outcomes_of(clients: list[Client]) -> Counter:
    return sum((Counter(client.outcomes) for client in clients), Counter())


def goes_on(clients: list[Client]) -> bool:
    """Waits until each of them has got two more answers, so that one was asked for meanwhile."""
    before = [answers_of(client) for client in clients]
    return wait_until(lambda: all(answers_of(client) >= had + 2 for client, had in zip(clients, before)), PATIENCE)


def answers_of(client: Client) -> int:
    return sum(count for outcome, count in list(client.outcomes.items()) if " " in outcome)
