"""Clients that log in, refresh and log out for as long as they may, and write down every call."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic, sleep

from . import jwt, wire
from .history import REACH, Call
from .program import PATIENCE
from .wire import request


@dataclass
class Held:
    """What a client has of one session."""

    session: str
    access: list[str] = field(default_factory=list)
    refresh: dict[int, str] = field(default_factory=dict)  # by counter

    @property
    def newest(self) -> int:
        return max(self.refresh)

    def take(self, tokens: dict) -> None:
        self.access.append(tokens["access_token"])
        self.refresh[counter_of(tokens)] = tokens["refresh_token"]


def counter_of(tokens: dict) -> int:
    return jwt.claims(tokens["refresh_token"])["ctr"]


def answer_of(response: wire.Response | None) -> str:
    if response is None:
        return "lost"
    if response.status == 200:
        return "yes"
    why = response.json()["error"] if response.body else "token_revoked"  # the gate does not say
    return "no" if (response.status, why) == (401, "token_revoked") else f"{response.status} {why}"


class Client:
    """One user. The server at `address` may be away: the client waits for it to come back."""

    def __init__(self, address: str, user: tuple[str, str], seed: str, is_over: Callable[[], bool]):
        self.address, self.user, self.is_over = address, user, is_over
        self.random = random.Random(seed)
        self.calls: list[Call] = []
        self.ended: list[Held] = []
        self.alive: Held | None = None
        self.unwanted: set[str] = set()  # sessions that it is to leave at once

    def run(self) -> None:
        while not self.is_over():
            self.alive = self.alive or self.log_in()
            if self.alive:
                self.go_on(self.alive)

    def go_on(self, held: Held) -> None:
        if held.session in self.unwanted:
            return self.leave(held)
        ways = {self.renew: 10, self.retry: 4, self.renew_twice: 2, self.enter: 4, self.look_back: 4}
        ways |= {self.leave: 3, self.steal: 1}
        (way,) = self.random.choices(list(ways), ways.values())
        return way(held)

    def log_in(self) -> Held | None:
        begun = monotonic()
        response = self.ask(wire.login(*self.user, "/token"))
        if response is None:  # of a session that nobody heard of there is nothing to say
            return None
        assert response.status == 200, response
        tokens = response.json()
        held = Held(jwt.claims(tokens["access_token"])["sid"])
        held.take(tokens)
        text = tokens["refresh_token"]
        self.calls.append(Call("login", held.session, begun, monotonic(), "yes", given=1, text=text))
        return held

    def renew(self, held: Held, counter: int | None = None) -> None:
        sent = counter or held.newest
        begun = monotonic()
        self.note_renewal(held, sent, begun, self.ask(request("POST", "/refresh", bearer=held.refresh[sent])))

    def retry(self, held: Held) -> None:
        """As after an answer that was lost: the token before the newest."""
        self.renew(held, max(held.newest - 1, 1))

    def renew_twice(self, held: Held) -> None:
        """Two tabs at once."""
        sent = held.newest
        data = request("POST", "/refresh", bearer=held.refresh[sent])
        with self.connect() as one, self.connect() as other:
            begun = monotonic()
            for connection in (one, other):
                lost_or(lambda: connection.send(data))
            for connection in (one, other):
                self.note_renewal(held, sent, begun, lost_or(connection.receive))

    def note_renewal(self, held: Held, sent: int, begun: float, response: wire.Response | None) -> None:
        answer = answer_of(response)
        given, text = 0, ""
        if answer == "yes":
            held.take(response.json())
            given, text = counter_of(response.json()), response.json()["refresh_token"]
        self.calls.append(Call("refresh", held.session, begun, monotonic(), answer, sent, given, text))
        self.forget_if(answer == "no", held)

    def enter(self, held: Held) -> None:
        begun = monotonic()
        target = self.random.choice(["/auth", "/protected"])
        response = self.ask(request("GET", target, bearer=self.random.choice(held.access)))
        answer = answer_of(response)
        self.calls.append(Call("access", held.session, begun, monotonic(), answer))
        self.forget_if(answer == "no", held)

    def leave(self, held: Held) -> None:
        token = self.random.choice([held.access[-1], held.refresh[held.newest]])
        begun = monotonic()
        answer = answer_of(self.ask(request("POST", "/logout", bearer=token)))
        self.calls.append(Call("logout", held.session, begun, monotonic(), answer))
        self.forget_if(answer == "yes", held)

    def steal(self, held: Held) -> None:
        """A second holder shows a token that the first has long replaced."""
        old = [counter for counter in held.refresh if counter + REACH < held.newest]
        if old:
            self.renew(held, self.random.choice(old))

    def look_back(self, _: Held) -> None:
        """At a session that has ended; the latest are what a crash could bring back."""
        if self.ended:
            self.try_all_of(self.random.choice(self.ended[-20:]))

    def try_all_of(self, held: Held) -> None:
        self.enter(held)
        self.renew(held)

    def look_at_all(self) -> None:
        for held in [*self.ended, *([self.alive] if self.alive else [])]:
            self.try_all_of(held)

    def forget_if(self, is_gone: bool, held: Held) -> None:
        if is_gone and held is self.alive:
            self.alive = None
            self.ended.append(held)

    def ask(self, data: bytes) -> wire.Response | None:
        with self.connect() as connection:
            return lost_or(lambda: connection.ask(data))

    def connect(self) -> wire.Connection:
        """Waits for a server; what was never sent is no call."""
        deadline = monotonic() + PATIENCE
        while True:
            try:
                return wire.Connection(self.address, PATIENCE)
            except (ConnectionError, FileNotFoundError):
                assert monotonic() < deadline, "no server came back"
                sleep(0.005)


def lost_or(step: Callable):
    """None when the server went away meanwhile."""
    try:
        return step()
    except ConnectionError:
        return None
