"""What a refusal is: one hostile request, as bytes, and the answer that it has to get."""

from collections.abc import Callable
from dataclasses import dataclass, field

from . import jwt
from .people import ALICE
from .program import Server
from .wire import request


class World:
    """What a hostile request is made of: one live session, the server's own key, and foreign ones."""

    def __init__(self, server: Server):
        self.server = server
        self.key = server.key
        answer = server.tokens(*ALICE)
        self.access, self.refresh = answer["access_token"], answer["refresh_token"]
        self.csrf = jwt.claims(self.access)["csrf"]
        self.refresh_csrf = jwt.claims(self.refresh)["csrf"]
        self.stranger = jwt.Key({"kid": self.key.kid, "alg": "HS256", "k": jwt.encode(b"x" * 32)})

    def revoked(self) -> dict:
        """The tokens of a session that has ended."""
        answer = self.server.tokens(*ALICE)
        assert self.server.ask(request("POST", "/logout", bearer=answer["access_token"])).status == 200
        return answer

    def used_refresh_token(self) -> str:
        """Of three rotations ago, which no grace covers."""
        first = newest = self.server.tokens(*ALICE)["refresh_token"]
        for _ in range(3):
            newest = self.server.ask(request("POST", "/refresh", bearer=newest)).json()["refresh_token"]
        return first

    def changed(self, **changes) -> str:
        return self.key.resign(self.access, **changes)

    def payload(self, text: bytes) -> str:
        """A token with a good signature over any bytes."""
        return self.key.sign_raw(jwt.compact(self.key.header()), text)

    def head(self, **changes) -> str:
        return self.key.sign(jwt.claims(self.access), **changes)

    def parts(self) -> list[str]:
        return self.access.split(".")


@dataclass
class Row:
    name: str
    make: Callable[[World], bytes]
    status: int
    msg: str
    error: str
    closes: bool = False
    fields: dict = field(default_factory=dict)


def login(body: bytes, *fields) -> bytes:
    return request("POST", "/login", fields=fields or [("Content-Type", "application/json")], body=body)


def bearer(token: str) -> bytes:
    return request("GET", "/protected", bearer=token)


def authorization(value: str) -> bytes:
    return request("GET", "/protected", fields=[("Authorization", value)])


def sent_by(w: World, method: str, target: str, *fields, cookies=None) -> bytes:
    """With alice's cookies."""
    kept = {"access_token_cookie": w.access, "refresh_token_cookie": w.refresh} if cookies is None else cookies
    return request(method, target, fields=fields, cookies=kept)
