"""`jwtgate token sign|verify|inspect`: tokens made, checked and shown without a server."""

import json
import subprocess

import pytest
from support import jwt, program
from support.people import ALICE
from support.tree import snapshot

DEMANDED = ["iat", "jti", "type", "nbf", "exp", "sid"]
UNPROVED = "NOTHING OF THIS IS PROVED"
# Said of the claims behind a good signature too.
OF_EITHER = ("bad base64url", "not a strict JSON object", "a name occurs twice in a JSON object")


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """A key file with two keys."""
    path = tmp_path_factory.mktemp("keys") / "keys.json"
    for _ in range(2):
        assert program.run("key", "add", "--key-file", path).returncode == 0
    return path


@pytest.fixture(scope="module")
def key(file):
    return jwt.keys(file)[0]


@pytest.fixture
def token(file):
    """Runs `jwtgate token` with this key file."""
    return lambda action, *arguments, **how: program.run("token", action, *arguments, "--key-file", file, **how)


def sign(token, claims: str, *options) -> str:
    done = token("sign", "--claims", claims, *options)
    assert (done.returncode, done.stderr) == (0, ""), done
    assert done.stdout.count("\n") == 1
    return done.stdout.removesuffix("\n")


def refuses(done, status: int, line: str):
    assert (done.returncode, done.stdout, done.stderr) == (status, "", f"jwtgate: {line}\n")


def good(**changes) -> dict:
    """Claims that are accepted; None takes one away."""
    claims = {"sub": "alice", "iat": jwt.now(), "jti": "j", "type": "access", "exp": jwt.now() + 100, "sid": "s"}
    return {name: value for name, value in (claims | changes).items() if value is not None}


def test_sign_adds_what_every_token_needs(token, key):
    made = sign(token, '{"sub":"alice"}')
    claims = jwt.claims(made)
    assert jwt.is_good(made, key)
    assert jwt.header(made) == key.header()
    assert list(claims) == ["sub", *DEMANDED]
    assert (claims["sub"], claims["type"]) == ("alice", "access")
    assert abs(claims["iat"] - jwt.now()) <= 5
    assert claims["nbf"] == claims["iat"] and claims["exp"] == claims["iat"] + 3600
    assert all(len(jwt.decode(claims[name])) == 16 for name in ("jti", "sid"))
    assert claims["jti"] != claims["sid"]
    assert jwt.claims(sign(token, '{"sub":"alice"}'))["jti"] != claims["jti"]


def test_sign_keeps_what_is_given_as_it_is_written(token):
    given = '{"z":1.0, "sub":"al\\u0069ce","big":12345678901234567890123,"exp":99999999999,"x":{"exp":[1e2]}'
    payload = jwt.decode(sign(token, given + "}").split(".")[1]).decode()
    assert payload.startswith(given + ',"iat":')
    assert list(json.loads(payload)) == ["z", "sub", "big", "exp", "x", "iat", "jti", "type", "nbf", "sid"]


def test_sign_follows_the_configuration(token):
    claims = jwt.claims(sign(token, '{"sub":"a"}', "--issuer", "me", "--audience", "shop", "--access-ttl", "10m"))
    assert list(claims) == ["sub", "iat", "jti", "type", "nbf", "aud", "iss", "exp", "sid"]
    assert (claims["iss"], claims["aud"], claims["exp"] - claims["iat"]) == ("me", "shop", 600)


def test_a_server_accepts_what_its_key_signed(server):
    done = program.run("token", "sign", "--claims", '{"sub":"alice"}', "--data-dir", server.directory)
    assert server.lets_in(done.stdout.strip())
    issued = server.tokens(*ALICE)["access_token"]
    checked = program.run("token", "verify", "--data-dir", server.directory, stdin=issued)
    assert (checked.returncode, json.loads(checked.stdout)["sub"]) == (0, "alice")


@pytest.mark.parametrize(
    "claims, options, reason",
    [
        ('{"sub":"a","exp":1}', [], "the token has expired"),
        ('{"sub":"a","aud":"shop"}', [], "wrong audience"),
        ('{"sub":"a","iss":"you"}', ["--issuer", "me"], "wrong issuer"),
        ('{"sub":1}', [], "a claim has the wrong type"),
    ],
)
def test_sign_warns_of_a_token_that_would_be_refused(token, key, claims, options, reason):
    done = token("sign", "--claims", claims, *options)
    assert (done.returncode, done.stderr) == (0, f"jwtgate: warning: this token would be refused: {reason}\n")
    assert jwt.is_good(done.stdout.strip(), key)


def test_help_offers_what_the_command_uses():
    text = {name: program.run("token", name, "--help").stdout for name in ("sign", "verify", "inspect")}
    assert "--access-ttl" in text["sign"]
    for name in ("verify", "inspect"):
        assert "--access-ttl" not in text[name]
        assert all(option in text[name] for option in ("--issuer", "--audience", "--leeway"))


NOT_AN_OBJECT = '--claims: not a JSON object such as {"sub":"alice"}'


@pytest.mark.parametrize(
    "claims, line",
    [
        ("{}", "--claims: sub is missing, whom the token is for"),
        ('{"x":{"sub":"a"}}', "--claims: sub is missing, whom the token is for"),
        ("", NOT_AN_OBJECT),
        ("sub=a", NOT_AN_OBJECT),
        ('["sub"]', NOT_AN_OBJECT),
        ('{"sub":"a"', NOT_AN_OBJECT),
        ('{"sub":"a",}', NOT_AN_OBJECT),
        ('{"sub":"a"} {}', NOT_AN_OBJECT),
        ('{"sub":"a","sub":"b"}', "--claims: a name occurs twice in a JSON object"),
        ('{"sub":"a","x":{"y":1,"\\u0079":2}}', "--claims: a name occurs twice in a JSON object"),
        ('{"sub":"a","x":' + "[" * 20 + "]" * 20 + "}", "--claims: the JSON is nested too deeply"),
        ('{"sub":"%s"}' % ("a" * 6200), "--claims: the token would exceed 8 KiB"),
    ],
)
def test_sign_refuses_other_claims(token, claims, line):
    refuses(token("sign", "--claims", claims), 2, line)


def test_verify_prints_the_claims_as_they_are_written(token, key):
    payload = b'{ "sub":"alice", "x":1.0,\n' + jwt.compact(good(sub=None))[1:]
    made = key.sign_raw(jwt.compact(key.header()), payload)
    for text in (made, made + "\n", made + " \r\n\t\n"):
        done = token("verify", stdin=text)
        assert (done.returncode, done.stdout, done.stderr) == (0, payload.decode() + "\n", "")


def test_every_key_of_the_file_verifies(token, file):
    for key in jwt.keys(file):
        assert token("verify", stdin=key.sign(good())).returncode == 0
    assert token("verify", stdin=key.sign(good(type="refresh"), typ=None)).returncode == 0


REFUSED = {
    "nothing": (lambda key: "", 1, "not three non-empty parts with two dots between"),
    "no token": (lambda key: "abc", 1, "not three non-empty parts with two dots between"),
    "two tokens": (lambda key: key.sign(good()) + "\n" + key.sign(good()), 1, "not three non-empty parts with two dots between"),
    "white space in front": (lambda key: " " + key.sign(good()), 1, "bad base64url"),
    "padding": (lambda key: key.sign(good()) + "=", 1, "bad base64url"),
    "too large": (lambda key: key.sign(good(pad="x" * 7000)), 1, "the token is too large"),
    "far too large": (lambda key: key.sign(good()) + " " * 20000 + "x", 1, "the token is too large"),
    "a header of many names": (lambda key: jwt.Key({"kid": key.kid, "alg": "HS256", "k": ""}).sign(
        good(), **{f"x{i}": 0 for i in range(128)}), 1, "not a strict JSON object"),
    "one name twice": (lambda key: key.sign_raw(b'{"alg":"HS256","alg":"HS256"}', b"{}"), 1,
                       "a name occurs twice in a JSON object"),
    "no JSON": (lambda key: key.sign_raw(b"abc", b"{}"), 1, "not a strict JSON object"),
    "no algorithm": (lambda key: key.sign(good(), alg="none"), 1, "the algorithm is not that of the key"),
    "unknown key": (lambda key: key.sign(good(), kid="other"), 1, "no such key"),
    "crit": (lambda key: key.sign(good(), crit=["exp"]), 1, "a critical header is not understood"),
    "foreign": (lambda key: jwt.Key({"kid": key.kid, "alg": "HS256", "k": jwt.encode(b"x" * 32)}).sign(good()), 1,
                "bad signature"),
    "foreign and expired": (lambda key: key.sign(good(exp=1))[:-4] + "AAAA", 1, "bad signature"),
    "expired": (lambda key: key.sign(good(exp=jwt.now() - 1)), 3, "the token has expired"),
    "not yet valid": (lambda key: key.sign(good(nbf=jwt.now() + 100)), 3, "the token is not yet valid"),
    "from the future": (lambda key: key.sign(good(iat=jwt.now() + 100)), 3, "the token was issued in the future"),
    "without claims": (lambda key: key.sign(good(sid=None, jti=None)), 3, "a required claim is missing: jti, sid"),
    "wrong type": (lambda key: key.sign(good(sub=1)), 3, "a claim has the wrong type"),
    "fractional time": (lambda key: key.sign(good(exp=9999999999.5)), 3, "a number is out of range"),
    "audience": (lambda key: key.sign(good(aud="shop")), 3, "wrong audience"),
}


@pytest.mark.parametrize("make, status, line", REFUSED.values(), ids=REFUSED.keys())
def test_verify_and_inspect_say_why(token, key, make, status, line):
    made = make(key)
    refuses(token("verify", stdin=made), status, line)
    shown = token("inspect", stdin=made)
    assert (shown.returncode, shown.stderr) == (status, "")
    assert shown.stdout.splitlines()[-1] == f"would be refused: {line}"
    whose = "who wrote it is not known" if line in OF_EITHER else "anybody may have written it"
    assert shown.stdout.startswith(f"{UNPROVED} ({line}): {whose}\n") == (status == 1)
    assert (UNPROVED in shown.stdout) == (status == 1)


@pytest.mark.parametrize(
    "options, claims, line",
    [
        (["--issuer", "me"], {}, "a required claim is missing: iss"),
        (["--issuer", "me"], {"iss": "you"}, "wrong issuer"),
        (["--audience", "shop"], {}, "a required claim is missing: aud"),
        (["--audience", "shop"], {"aud": ["bar"]}, "wrong audience"),
        (["--audience", "shop"], {"aud": ["bar", "shop"]}, None),
        (["--issuer", "me"], {"iss": "me"}, None),
        (["--leeway", "5s"], {"exp": -3}, None),
    ],
)
def test_verify_follows_the_configuration(token, key, options, claims, line):
    if "exp" in claims:
        claims = {"exp": jwt.now() + claims["exp"]}
    done = token("verify", *options, stdin=key.sign(good(**claims)))
    assert done.returncode == (3 if line else 0)
    assert done.stderr == (f"jwtgate: {line}\n" if line else "")


def test_inspect_shows_everything_of_a_token_that_counts(token, key):
    now = jwt.now()
    made = key.sign(good(iat=now - 3 * 86400, nbf=0, exp=now + 7200 - 60, sxp=now + 86400 * 30, x=[1, {"y": 2}]))
    done = token("inspect", stdin=made)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    end = lines.index("}")
    assert json.loads("".join(lines[: end + 1]).removeprefix("header: ")) == key.header()
    claims = "\n".join(lines[end + 2 : lines.index("}", end + 1) + 1]).removeprefix("claims: ")
    assert json.loads(claims) == jwt.claims(made)
    assert '  "x": [1,{"y":2}]' in claims.splitlines()
    times = {line[:3]: line[5:] for line in lines if line[:3] in ("iat", "nbf", "exp", "sxp")}
    assert times["iat"].endswith(" UTC, 3 days ago")
    assert times["nbf"].startswith("1970-01-01 00:00:00 UTC, ")
    assert times["exp"].endswith(" UTC, 1 hour from now")
    assert times["sxp"].endswith((" UTC, 30 days from now", " UTC, 29 days from now"))
    assert lines[-1] == 'would be accepted as "access" token, unless its session has ended'


def test_inspect_says_that_a_server_takes_no_other_type(token, key):
    done = token("inspect", stdin=key.sign(good(type="foo")))
    line = 'is good, but a server takes access and refresh tokens only, not "foo"'
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, line)


def test_inspect_reads_as_much_as_it_can(token, key):
    header = jwt.encode(jwt.compact(key.header()))
    assert '  "kid": "%s"' % key.kid in token("inspect", stdin=header).stdout
    shown = token("inspect", stdin=header + "." + jwt.encode(b'{"exp":1}')).stdout
    assert '\nclaims: {\n  "exp": 1\n}\n\nexp  1970-01-01 00:00:01 UTC, ' in shown
    shown = token("inspect", stdin=header + ".!.x").stdout
    assert "\nclaims: not base64url\n" in shown


def test_inspect_lets_nothing_act_on_the_terminal(token, key):
    hostile = '{"a\\u001b]0;x\\u0007\u009b31m":"\u202e\x7f","b":\n\t["\\u0000"],"type":"\u0085"}'.encode()
    for made in (
        key.sign_raw(b"\x1b[2J\xff\x9b", hostile),
        key.sign_raw(hostile, b"\x1b[2J\xff\x9b"),
        key.sign(good(type="\u009b2J\u0000")),
    ):
        done = token("inspect", stdin=made)
        assert all(c == "\n" or c.isprintable() for c in done.stdout), done.stdout
    shown = token("inspect", stdin=key.sign_raw(b"\x1b[2J\xff\x9b", hostile)).stdout
    assert "header: not JSON: \\u001b[2J\\xff\\x9b\n" in shown
    assert '  "a\\u001b]0;x\\u0007\\u009b31m": "\\u202e\\u007f",\n  "b": ["\\u0000"],\n' in shown


@pytest.mark.parametrize("arguments", [["sign", "--claims", '{"sub":"a"}'], ["verify"], ["inspect"]])
def test_a_key_file_is_never_made(tmp_path, arguments):
    file = tmp_path / "keys.json"
    for options in (["--key-file", file], ["--data-dir", tmp_path / "data"]):
        done = program.run("token", *arguments, *options)
        named = options[1] if options[0] == "--key-file" else tmp_path / "data" / "keys.json"
        refuses(done, 2, f"key file {named}: No such file or directory")
    assert list(tmp_path.iterdir()) == []


def test_a_key_file_that_others_may_read_is_not_used(tmp_path):
    file = tmp_path / "keys.json"
    program.run("key", "add", "--key-file", file)
    file.chmod(0o644)
    before = snapshot(tmp_path)
    refuses(program.run("token", "verify", "--key-file", file), 2,
            f"key file {file}: others may read it; chmod 600 it")
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize(
    "arguments, line",
    [
        ([], "token needs a command: sign, verify, inspect; see jwtgate --help"),
        (["sign"], "--claims is required; see jwtgate --help"),
        (["verify", "--threads", "1"], "unexpected words: --threads 1; see jwtgate --help"),
        (["verify", "--leeway", "1h"], "leeway (command line): 1h is outside 0s to 5s"),
    ],
)
def test_wrong_usage(arguments, line):
    refuses(program.run("token", *arguments), 2, line)


def test_output_that_cannot_be_written_is_an_error(file):
    with open("/dev/full", "w") as full:
        arguments = [program.BINARY, "token", "sign", "--claims", '{"sub":"a"}', "--key-file", file]
        done = subprocess.run(arguments, stdout=full, stderr=subprocess.PIPE, text=True, env=program.environment())
    assert (done.returncode, done.stderr) == (1, "jwtgate: cannot write to standard output\n")
