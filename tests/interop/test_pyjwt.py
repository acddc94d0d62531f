"""PyJWT and `jwtgate token`, both ways: what one signs the other reads, and what is wrong both refuse."""

import base64
import json
import os
import secrets
import subprocess
import time

import jwt
import pytest

BINARY = os.environ.get("JWTGATE_BINARY", "")
SIZES = {"HS256": 32, "HS384": 48, "HS512": 64}
NAMES = ["demo", 'Zoë "quoted" \\ back/slash', "漢字 😀", "line\nand\ttab\x01", "a@b.example"]


class Gate:
    """`jwtgate token` with a key file of its own."""

    def __init__(self, folder, alg: str):
        self.alg, self.kid, self.secret = alg, f"key-of-{alg}", secrets.token_bytes(SIZES[alg])
        self.file = folder / "keys.json"
        k = base64.urlsafe_b64encode(self.secret).rstrip(b"=").decode()
        jwk = {"kty": "oct", "kid": self.kid, "alg": alg, "use": "sig", "k": k}
        self.file.touch(0o600)
        self.file.write_text(json.dumps({"keys": [jwk]}))

    def run(self, action: str, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess:
        command = [BINARY, "token", action, *arguments, "--key-file", str(self.file)]
        return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=20)

    def sign(self, claims: dict) -> str:
        done = self.run("sign", "--claims", json.dumps(claims))
        assert done.returncode == 0, done.stderr
        return done.stdout.rstrip("\n")

    def read(self, token: str) -> dict:
        done = self.run("verify", stdin=token)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def refusal_of(self, token: str) -> int:
        """The exit status."""
        return self.run("verify", stdin=token).returncode


@pytest.fixture(params=SIZES)
def gate(request, tmp_path):
    return Gate(tmp_path, request.param)


def good(**changes) -> dict:
    now = int(time.time())
    claims = {"sub": "demo", "type": "access", "jti": "j", "sid": "s", "iat": now, "exp": now + 600}
    return {name: value for name, value in (claims | changes).items() if value is not None}


def theirs(gate: Gate, **changes) -> str:
    return jwt.encode(good(**changes), gate.secret, gate.alg, headers={"kid": gate.kid})


def read_by_them(gate: Gate, token: str) -> dict:
    return jwt.decode(token, gate.secret, algorithms=[gate.alg])


@pytest.mark.parametrize("name", NAMES)
def test_pyjwt_reads_what_jwtgate_signs(gate, name):
    token = gate.sign({"sub": name, "roles": ["admin", name]})
    claims = read_by_them(gate, token)
    assert jwt.get_unverified_header(token) == {"alg": gate.alg, "kid": gate.kid, "typ": "JWT"}
    assert claims == gate.read(token)
    assert (claims["sub"], claims["roles"], claims["exp"] - claims["iat"]) == (name, ["admin", name], 3600)


@pytest.mark.parametrize("name", NAMES)
def test_jwtgate_reads_what_pyjwt_signs(gate, name):
    claims = good(sub=name, nested={"list": [1, 1.5, None, True, {"": name}]})
    assert gate.read(jwt.encode(claims, gate.secret, gate.alg, headers={"kid": gate.kid})) == claims
    assert gate.read(jwt.encode(claims, gate.secret, gate.alg)) == claims


def test_jwtgate_refuses_signatures_of_other_keys_and_algorithms(gate):
    token = jwt.encode(good(), secrets.token_bytes(SIZES[gate.alg]), gate.alg, headers={"kid": gate.kid})
    assert gate.refusal_of(token) == 1
    for other in SIZES.keys() - {gate.alg}:
        assert gate.refusal_of(jwt.encode(good(), gate.secret, other, headers={"kid": gate.kid})) == 1
    assert gate.refusal_of(jwt.encode(good(), None, "none")) == 1
    assert gate.refusal_of(jwt.encode(good(), gate.secret, gate.alg, headers={"kid": "unknown"})) == 1


def test_jwtgate_refuses_claims(gate):
    now = int(time.time())
    past, future = {"iat": now - 100, "exp": now - 1}, [{"nbf": now + 600}, {"iat": now + 600}]
    for changes in [past, *future, {"sid": None}, {"exp": now + 600.5}]:
        assert gate.refusal_of(theirs(gate, **changes)) == 3, changes


def test_both_refuse_a_token_with_a_changed_character(gate):
    token = gate.sign({"sub": "demo"})
    for part in range(3):
        parts = token.split(".")
        at = len(parts[part]) // 2
        parts[part] = parts[part][:at] + ("B" if parts[part][at] == "A" else "A") + parts[part][at + 1 :]
        assert gate.refusal_of(".".join(parts)) == 1
        with pytest.raises(jwt.InvalidTokenError):
            read_by_them(gate, ".".join(parts))


def test_both_refuse_a_token_that_has_expired(gate):
    now = int(time.time())
    token = gate.sign({"sub": "demo", "iat": now - 100, "nbf": now - 100, "exp": now - 1})
    assert gate.refusal_of(token) == 3
    with pytest.raises(jwt.ExpiredSignatureError):
        read_by_them(gate, token)


def test_pyjwt_refuses_a_token_under_another_key(gate):
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(gate.sign({"sub": "demo"}), secrets.token_bytes(64), algorithms=[gate.alg])
