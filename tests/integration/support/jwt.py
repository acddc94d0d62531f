"""Tokens taken apart, and tokens of one's own making, good and hostile."""

import base64
import hashlib
import hmac
import json
import time
from pathlib import Path

_HASHES = {"HS256": hashlib.sha256, "HS384": hashlib.sha384, "HS512": hashlib.sha512}


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def header(token: str) -> dict:
    return json.loads(decode(token.split(".")[0]))


def claims(token: str) -> dict:
    return json.loads(decode(token.split(".")[1]))


def compact(value) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


class Key:
    """One key of a JWK Set."""

    def __init__(self, jwk: dict):
        self.kid = jwk["kid"]
        self.algorithm = jwk["alg"]
        self.secret = decode(jwk["k"])

    def header(self) -> dict:
        return {"alg": self.algorithm, "kid": self.kid, "typ": "JWT"}

    def sign_raw(self, head: bytes, payload: bytes) -> str:
        """Whatever the two are, with a good signature behind them."""
        text = encode(head) + "." + encode(payload)
        return text + "." + encode(hmac.new(self.secret, text.encode(), _HASHES[self.algorithm]).digest())

    def sign(self, payload: dict, **changed_header) -> str:
        head = {name: value for name, value in (self.header() | changed_header).items() if value is not None}
        return self.sign_raw(compact(head), compact(payload))

    def resign(self, token: str, **changes) -> str:
        """The token with other claims; None takes one away."""
        changed = claims(token) | changes
        return self.sign({name: value for name, value in changed.items() if value is not None})


def keys(file: Path) -> list[Key]:
    return [Key(jwk) for jwk in json.loads(file.read_text())["keys"]]


def is_good(token: str, key: Key) -> bool:
    head, payload, signature = token.split(".")
    text = f"{head}.{payload}".encode()
    return hmac.compare_digest(encode(hmac.new(key.secret, text, _HASHES[key.algorithm]).digest()), signature)


def now() -> int:
    return int(time.time())
