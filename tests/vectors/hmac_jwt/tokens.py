"""Keys, tokens and groups of tests."""

import base64
import hashlib
import hmac

NOW = 1_800_000_000
GOOD = '{"sub":"a","jti":"j","sid":"s","type":"access","iat":1800000000,"exp":1800000001}'
SHORT = '{"alg":"HS256"}'
HEADER = '{"alg":"HS256","typ":"JWT"}'
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

_HASHES = {"HS256": hashlib.sha256, "HS384": hashlib.sha384, "HS512": hashlib.sha512}


def raw(text):
    return text if isinstance(text, bytes) else text.encode()


def encode(data):
    return base64.urlsafe_b64encode(raw(data)).rstrip(b"=").decode()


def is_canonical(text):
    """Whether this is the one base64url text of some bytes."""
    if len(text) % 4 == 1 or set(text) - set(ALPHABET):
        return False
    return encode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))) == text


class Key:
    def __init__(self, kid, alg, secret):
        self.kid, self.alg, self.secret = kid, alg, raw(secret)

    def jwk(self):
        return {"kty": "oct", "kid": self.kid, "alg": self.alg, "use": "sig", "k": encode(self.secret)}

    def mac(self, text, alg=None):
        return hmac.new(self.secret, raw(text), _HASHES[alg or self.alg]).digest()

    def seal(self, text):
        """A token whose signed text is this one, whatever it is."""
        return f"{text}.{encode(self.mac(text))}"

    def token(self, header=None, payload=GOOD):
        header = header or f'{{"alg":"{self.alg}","kid":"{self.kid}","typ":"JWT"}}'
        return self.seal(encode(header) + "." + encode(payload))


FIRST = Key("first-key", "HS256", "an HMAC key of exactly 32 bytes.")
SECOND = Key("second-key", "HS384", "another one, of forty-eight bytes this time.....")
THIRD = Key("third-key", "HS512", "the longest of the three: sixty-four bytes, for HMAC SHA-512....")
FOREIGN = Key("first-key", "HS256", "32 bytes that are nobody's here.")


def claims(name, value):
    """The good claims with one more, or with another value of one; None takes it away. Values are JSON texts."""
    members = [m for m in GOOD[1:-1].split(",") if not m.startswith(f'"{name}":')]
    return "{" + ",".join(members + ([] if value is None else [f'"{name}":{value}'])) + "}"


class Group:
    """Tests for one verifier: its keys, its policy, its clock."""

    def __init__(self, comment, keys=(FIRST,), now=NOW, **policy):
        self.comment, self.keys, self.now, self.policy = comment, keys, now, policy
        self.tests = []

    def valid(self, comment, jws, *flags):
        self.tests.append({"comment": comment, "flags": list(flags), "jws": jws, "result": "valid"})

    def invalid(self, error, comment, jws, *flags):
        self.tests.append({"comment": comment, "flags": list(flags), "jws": jws, "result": "invalid", "error": error})

    def add(self, error, comment, jws, *flags):
        if error:
            self.invalid(error, comment, jws, *flags)
        else:
            self.valid(comment, jws, *flags)

    def payload(self, error, comment, text, *flags):
        """A token with this payload and a good signature."""
        self.add(error, comment, self.keys[0].token(SHORT, text), *flags)

    def header(self, error, comment, text, *flags):
        """A token with this header and a good signature."""
        self.add(error, comment, self.keys[0].token(header=text), *flags)
