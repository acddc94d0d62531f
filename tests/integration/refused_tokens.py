"""Tokens that do not count, each with what /protected or /refresh says of it."""

from support import jwt
from support.refusals import Row, bearer, sent_by
from support.wire import request


def malformed(name: str, make, msg: str) -> Row:
    return Row(name, lambda w: bearer(make(w)), 401, msg, "token_malformed")


NOT_JWT = "Token is not a JWT"
NOT_BASE64URL = "Token is not strict base64url"
NOT_OBJECT = "Token is not a JSON object"
BAD_ALGORITHM = "The specified alg value is not allowed"
NO_CLAIM = "Token is missing a required claim"
BAD_CLAIM = "Token has a claim of a wrong type"
FORGED = (401, "Signature verification failed", "token_signature")
EXPIRED = (401, "Token has expired", "token_expired")
REVOKED = (401, "Token has been revoked", "token_revoked")
NO_ACCESS_TOKEN = (401, "Only non-refresh tokens are allowed", "token_type")
NO_REFRESH_TOKEN = (401, "Only refresh tokens are allowed", "token_type")
TOKENS = [
    malformed("not a token", lambda w: "abc", NOT_JWT),
    malformed("two parts", lambda w: ".".join(w.parts()[:2]), NOT_JWT),
    malformed("four parts", lambda w: w.access + ".x", NOT_JWT),
    malformed("a dot in front", lambda w: "." + w.access, NOT_JWT),
    malformed("a dot behind", lambda w: w.access + ".", NOT_JWT),
    malformed("five parts, as JWE has", lambda w: w.access + ".a.b", NOT_JWT),
    malformed("over 8 KiB", lambda w: w.changed(pad="x" * 7000), "Token is too large"),
    malformed("padded signature", lambda w: w.access + "=", NOT_BASE64URL),
    malformed("standard base64 in the signature", lambda w: w.access[:-2] + "+/", NOT_BASE64URL),
    malformed("padded header", lambda w: "=.".join(w.access.split(".", 1)), NOT_BASE64URL),
    malformed("header is an array", lambda w: w.key.sign_raw(b"[]", b"{}"), NOT_OBJECT),
    malformed("header is cut", lambda w: w.key.sign_raw(b'{"alg":"HS256"', b"{}"), NOT_OBJECT),
    malformed("header with a duplicate alg",
        lambda w: w.key.sign_raw(b'{"alg":"HS256","alg":"none"}', b"{}"), "Token has a duplicate name"),
    malformed("alg none", lambda w: w.head(alg="none"), BAD_ALGORITHM),
    malformed("alg none, no signature", lambda w: w.head(alg="none").rsplit(".", 1)[0] + ".", NOT_JWT),
    malformed("alg of other case", lambda w: w.head(alg="hs256"), BAD_ALGORITHM),
    malformed("alg of another key", lambda w: w.head(alg="HS512"), BAD_ALGORITHM),
    malformed("alg RS256", lambda w: w.head(alg="RS256"), BAD_ALGORITHM),
    malformed("typ of something else", lambda w: w.head(typ="at+jwt"), "The specified typ value is not allowed"),
    malformed("unknown kid", lambda w: w.head(kid="other"), "Token was signed with an unknown key"),
    malformed("kid that is a path", lambda w: w.head(kid="../../dev/null"), "Token was signed with an unknown key"),
    malformed("crit", lambda w: w.head(crit=["exp"]), "Token has a critical header that is not understood"),
    *(malformed(f"b64 is {value!r}", lambda w, value=value: w.head(b64=value), "Token has a payload that is not encoded")
      for value in (False, 0, 1, "true", [], {})),
    malformed("payload is no JSON", lambda w: w.payload(b"abc"), NOT_OBJECT),
    malformed("payload is an array", lambda w: w.payload(b"[]"), NOT_OBJECT),
    malformed("payload with text behind", lambda w: w.payload(jwt.decode(w.parts()[1]) + b" x"), NOT_OBJECT),
    malformed("payload with bad UTF-8", lambda w: w.payload(b'{"sub":"\xff"}'), NOT_OBJECT),
    malformed("duplicate claim",
        lambda w: w.payload(b'{"sub":"bob",' + jwt.decode(w.parts()[1])[1:]), "Token has a duplicate name"),
    malformed("duplicate claim, deep",
        lambda w: w.payload(b'{"x":{"a":1,"a":1},' + jwt.decode(w.parts()[1])[1:]), "Token has a duplicate name"),
    malformed("nested too deeply",
        lambda w: w.payload(b'{"x":' + b"[" * 100 + b"]" * 100 + b"}"), "Token is nested too deeply"),
    *(malformed(f"without {name}", lambda w, name=name: w.changed(**{name: None}), NO_CLAIM)
      for name in ("sub", "exp", "iat", "jti", "type", "sid")),
    *(malformed(f"{name} is {value!r}", lambda w, name=name, value=value: w.changed(**{name: value}), BAD_CLAIM)
      for name, value in [("sub", 1), ("sub", ["alice"]), ("exp", "9999999999"), ("exp", True), ("iat", []), ("jti", 5),
                          ("type", 1), ("sid", {}), ("roles", "admin"), ("fresh", "yes")]),
    malformed("exp is fractional", lambda w: w.changed(exp=9999999999.5), "Token has a number out of range"),
    malformed("exp is negative", lambda w: w.changed(exp=-1), "Token has a number out of range"),
    malformed("exp is huge", lambda w: w.payload(b'{"exp":1e400}'), "Token has a number out of range"),
    malformed("aud where none is configured", lambda w: w.changed(aud="other"), "Audience doesn't match"),
    Row("foreign key", lambda w: bearer(w.stranger.resign(w.access)), *FORGED),
    Row("changed claim", lambda w: bearer(".".join([w.parts()[0], jwt.encode(b'{"sub":"bob"}'), w.parts()[2]])), 401,
        "Signature verification failed", "token_signature"),
    Row("expired, foreign key", lambda w: bearer(w.stranger.resign(w.access, exp=1)), *FORGED),
    Row("expired", lambda w: bearer(w.changed(exp=jwt.now() - 1)), *EXPIRED),
    Row("expires now", lambda w: bearer(w.changed(exp=jwt.now())), *EXPIRED),
    Row("nbf in the future",
        lambda w: bearer(w.changed(nbf=jwt.now() + 100)),
        401, "The token is not yet valid (nbf)", "token_not_yet_valid"),
    Row("iat in the future",
        lambda w: bearer(w.changed(iat=jwt.now() + 100)),
        401, "The token is not yet valid (iat)", "token_not_yet_valid"),
    Row("refresh token as access token", lambda w: bearer(w.refresh), *NO_ACCESS_TOKEN),
    Row("type of something else", lambda w: bearer(w.changed(type="id")), *NO_ACCESS_TOKEN),
    Row("access token as refresh token", lambda w: request("POST", "/refresh", bearer=w.access), *NO_REFRESH_TOKEN),
    Row("access token in the refresh cookie", lambda w: sent_by(
        w, "POST", "/refresh", ("X-CSRF-TOKEN", w.csrf), cookies={"refresh_token_cookie": w.access}), 401,
        "Only refresh tokens are allowed", "token_type"),
    Row("logged out", lambda w: bearer(w.revoked()["access_token"]), *REVOKED),
    Row("logged out, at /me", lambda w: request("GET", "/me", bearer=w.revoked()["access_token"]), *REVOKED),
    Row("logged out, at /refresh", lambda w: request("POST", "/refresh", bearer=w.revoked()["refresh_token"]), 401,
        "Token has been revoked", "token_revoked"),
    Row("refresh token used before", lambda w: request("POST", "/refresh", bearer=w.used_refresh_token()), 401,
        "Token has been revoked", "token_revoked"),
]
