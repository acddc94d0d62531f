"""Headers with a good signature over them."""

from .tokens import FIRST, FOREIGN, GOOD, SECOND, THIRD, Group, Key, encode

ALGORITHMS = (
    "none", "None", "NONE", "nOnE", "", " ", "hs256", "Hs256", "HS256 ", " HS256", "HS256\\u0000", "HS255", "HS2560",
    "HS", "HMAC", "SHA256", "HMAC-SHA256", "HS256,HS512", "HS384", "HS512", "HS512/256", "RS256", "RS384", "RS512",
    "PS256", "PS512", "ES256", "ES256K", "ES384", "ES512", "EdDSA", "Ed25519", "A256KW", "A128GCM", "dir",
    "\\uff28\\uff33256",
)


def groups():
    yield algorithms()
    yield algorithms_and_keys()
    yield key_ids()
    yield types()
    yield critical()
    yield unencoded()
    yield ignored()


def algorithms():
    group = Group("alg")
    group.header("", "HS256", '{"alg":"HS256"}', "Algorithm")
    group.header("", "HS256, escaped", '{"alg":"HS\\u003256"}', "Algorithm")
    group.header("", "the name escaped", '{"\\u0061lg":"HS256"}', "Algorithm")
    for alg in ALGORITHMS:
        group.header("wrong_algorithm", f"{alg!r}", f'{{"alg":"{alg}"}}', "Algorithm")
    for value in "null", "true", "256", '["HS256"]', '{"HS256":1}', "[]":
        group.header("wrong_algorithm", f"{value}", f'{{"alg":{value}}}', "Algorithm")
    for text in "{}", '{"typ":"JWT"}', '{"Alg":"HS256"}', '{"ALG":"HS256"}', '{"alg ":"HS256"}', '{"enc":"HS256"}':
        group.header("wrong_algorithm", f"absent: {text}", text, "Algorithm")
    for alg in "none", "RS256":
        text = encode(f'{{"alg":"{alg}"}}') + "." + encode(GOOD)
        group.invalid("malformed", f"{alg}, empty signature", text + ".", "Algorithm")
        group.invalid("malformed", f"{alg}, no signature", text, "Algorithm")
        group.invalid("wrong_algorithm", f"{alg}, one byte", text + ".AA", "Algorithm")
        group.invalid("wrong_algorithm", f"{alg}, no base64url", text + ".!", "Algorithm")
    return group


def algorithms_and_keys():
    keys = [Key(alg, alg, THIRD.secret) for alg in ("HS256", "HS384", "HS512")]
    group = Group("one secret, three keys: the algorithm is that of the key", keys)
    for by in keys:
        for named in keys:
            for with_id in keys:
                text = encode(f'{{"alg":"{named.alg}","kid":"{with_id.kid}"}}') + "." + encode(GOOD)
                error = "wrong_algorithm" if named != with_id else "" if by == named else "bad_signature"
                comment = f"{by.alg} signs, {named.alg} in alg, key of {with_id.alg}"
                group.add(error, comment, by.seal(text), "AlgorithmSwap")
    for by in keys:
        error = "" if by == keys[0] else "wrong_algorithm"
        group.add(error, f"no kid: the first key; {by.alg}", by.token(f'{{"alg":"{by.alg}"}}'), "AlgorithmSwap")
    return group


def key_ids():
    others = (Key("", "HS256", "not in the set, whatever it says"), FOREIGN)
    group = Group("kid", (FIRST, SECOND, THIRD, Key("k\u00e9y \"4\"", "HS256", "a key whose id is not plain text")))
    for key in group.keys:
        header = f'{{"alg":"{key.alg}","kid":"{key.kid}"}}'.replace('"4"', '\\"4\\"')
        group.valid(f"of {key.alg} key {key.kid!r}", key.token(header=header), "KeyId")
        foreign = Key("", key.alg, bytes(64)).token(header)
        group.invalid("bad_signature", f"{key.kid!r}, foreign key", foreign, "KeyId")
    group.header("", "escaped", '{"alg":"HS256","kid":"first\\u002dkey"}', "KeyId")
    unknown = ["", " ", "FIRST-KEY", "first-key ", " first-key", "first-key\\u0000", "first-ke", "first-key2"]
    unknown += ["../../../../dev/null", "/etc/passwd", "' OR 1=1 --", "$(id)", "*", "0", "k" * 129, "k" * 500]
    for kid in unknown:
        group.header("unknown_key", f"{kid[:30]!r}", f'{{"alg":"HS256","kid":"{kid}"}}', "KeyId")
    for value in "null", "0", "1", "true", '["first-key"]', '{"first-key":1}', "[]":
        group.header("unknown_key", value, f'{{"alg":"HS256","kid":{value}}}', "KeyId")
    for key in others:
        group.invalid("bad_signature", "no kid, another key", key.token(header='{"alg":"HS256"}'), "KeyId")
    group.invalid("wrong_algorithm", "no kid, the second key", SECOND.token(header='{"alg":"HS384"}'), "KeyId")
    of_last = group.keys[3].token('{"alg":"HS256","kid":"first-key"}')
    group.invalid("bad_signature", "kid of the first, signature of the last", of_last, "KeyId")
    of_none = Key("", "HS256", b"").token('{"alg":"HS256","kid":"x"}')
    group.invalid("unknown_key", "unknown kid, empty key", of_none, "KeyId")
    return group


def types():
    group = Group("typ")
    for text in '{"alg":"HS256"}', '{"alg":"HS256","typ":"JWT"}', '{"alg":"HS256","typ":"\\u004aWT"}':
        group.header("", text, text, "Type")
    for value in '"jwt"', '"Jwt"', '"JWT "', '""', '"JOSE"', '"at+jwt"', '"JWE"', "null", "1", '["JWT"]', "{}":
        group.header("wrong_type_header", value, f'{{"alg":"HS256","typ":{value}}}', "Type")
    return group


def critical():
    group = Group("crit: no extension is understood")
    values = '["exp"],"exp":1', '["b64"],"b64":false', '["b64"],"b64":true', '["x"],"x":1', '["x"]', '["alg"]'
    for value in values + ("[]", "null", '"exp"', "1", "false", "{}", '[["x"]]', '["x","x"],"x":1'):
        group.header("critical_header", value, f'{{"alg":"HS256","crit":{value}}}', "Critical")
    group.header("critical_header", "the name escaped", '{"alg":"HS256","cri\\u0074":["x"]}', "Critical")
    group.header("critical_header", "and alg none", '{"alg":"none","crit":["x"]}', "Critical")
    text = encode('{"alg":"HS256","b64":false,"crit":["b64"]}') + "." + GOOD.replace(".", "")
    group.invalid("critical_header", "a payload that is not encoded (RFC 7797)", FIRST.seal(text), "Critical")
    group.header("", "crit inside another member", '{"alg":"HS256","x":{"crit":["x"]}}', "Critical")
    return group


def unencoded():
    group = Group("b64: no payload but an encoded one (RFC 7797 section 7)")
    group.header("", "true", '{"alg":"HS256","b64":true}', "Unencoded")
    group.header("", "true, escaped", '{"alg":"HS256","b\\u0036\\u0034":true}', "Unencoded")
    for value in "false", "null", "0", "1", "-1", "1.0", '"true"', '"false"', '""', "[]", "[true]", "{}", '{"b64":true}':
        group.header("unencoded_payload", value, f'{{"alg":"HS256","b64":{value}}}', "Unencoded")
        group.header("unencoded_payload", f"{value}, first", f'{{"b64": {value} ,"alg":"HS256"}}', "Unencoded")
    for name in "b\\u00364", "b6\\u0034", "b\\u0036\\u0034", "\\u0062\\u0036\\u0034":
        group.header("unencoded_payload", f"the name as {name}", f'{{"alg":"HS256","{name}":false}}', "Unencoded")
    group.header("duplicate_name", "true and false", '{"alg":"HS256","b64":true,"b\\u00364":false}', "Unencoded")
    for value in "True", "FALSE", "fals", "truefalse", "t", "yes":
        group.header("bad_json", value, f'{{"alg":"HS256","b64":{value}}}', "Unencoded")
    group.header("unencoded_payload", "and alg none", '{"alg":"none","b64":false}', "Unencoded")
    group.header("unencoded_payload", "and an unknown kid", '{"alg":"HS256","b64":false,"kid":"x"}', "Unencoded")
    group.header("critical_header", "and critical", '{"alg":"HS256","b64":false,"crit":["b64"]}', "Unencoded")
    text = encode('{"alg":"HS256","b64":false}') + "." + GOOD.replace(".", "")
    group.invalid("unencoded_payload", "a payload that is not encoded", FIRST.seal(text), "Unencoded")
    for name in "B64", "b64 ", " b64", "b6", "b640", "b64\\u0000", "base64":
        group.header("", f"false, of {name!r}", f'{{"alg":"HS256","{name}":false}}', "Unencoded")
    group.header("", "inside another member", '{"alg":"HS256","x":{"b64":false}}', "Unencoded")
    return group


def ignored():
    group = Group("members that choose nothing")
    key = FOREIGN.jwk()
    members = {
        "jwk": f'{{"kty":"oct","k":"{key["k"]}"}}',
        "jku": '"https://example.com/keys"',
        "x5u": '"file:///etc/passwd"',
        "x5c": '["AAAA"]',
        "x5t": '"AAAA"',
        "cty": '"JWT"',
        "zip": '"DEF"',
        "enc": '"A128GCM"',
        "exp": "1",
        "sub": '"root"',
        "k": f'"{key["k"]}"',
        "": "null",
    }
    for name, value in members.items():
        header = f'{{"alg":"HS256","{name}":{value}}}'
        group.valid(f"{name!r}", FIRST.token(header=header), "Ignored")
        group.invalid("bad_signature", f"{name!r}, foreign key", FOREIGN.token(header=header), "Ignored")
    return group
