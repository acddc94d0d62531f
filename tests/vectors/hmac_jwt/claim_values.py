"""Claims: which there are, of which type, when, for whom."""

from .tokens import FIRST, GOOD, HEADER, NOW, Group, claims

DEMANDED = "sub", "exp", "iat", "jti", "type", "sid"
TEXTS = "sub", "jti", "type", "sid", "csrf", "iss"
NUMBERS = "exp", "iat", "nbf", "sxp", "ctr"
FAR = 2**53
SETBACK_TOLERANCE = 10

OUT_OF_RANGE = (
    "-1", "-0", "-0.0", "0.0", "0.5", "1.5", "-1.5", "2000000000.0", "1800000000.5", "2e9", "2E9", "2e+9", "20e8",
    "1800000001e0", "1e400", "-1e400", "1e-400", "1e308", "9007199254740993", "9007199254740992.0", "9999999999999999",
    "10000000000000000", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "18446744073709551615",
    "18446744073709551617", "1" * 400,
)

NO_NUMBER = "00", "01", "01800000001", "+1", "1.", ".5", "0x1", "NaN", "Infinity", "1e", "--1"


def groups():
    yield missing()
    yield types()
    yield numbers()
    for leeway in 0, 5, 10, 11, 60:
        yield times(leeway)
    yield ends_of_time()
    yield lists()
    yield issuer()
    yield audience()
    yield sizes()


def missing():
    group = Group("claims that are demanded")
    group.payload("missing_claim", "no claims", "{}", "Missing")
    for name in DEMANDED:
        group.payload("missing_claim", f"no {name}", claims(name, None), "Missing")
        others = claims(name, None)[:-1]
        group.payload("missing_claim", f"no {name}, but {name.upper()}", f'{others},"{name.upper()}":1}}', "Missing")
        group.payload("missing_claim", f"{name} inside another", f'{others},"x":{{"{name}":1}}}}', "Missing")
    group.payload("missing_claim", "only unknown ones", '{"a":1,"b":2}', "Missing")
    in_header = FIRST.token('{"alg":"HS256","sub":"a"}', claims("sub", None))
    group.invalid("missing_claim", "in the header instead", in_header, "Missing")
    for name in "nbf", "fresh", "csrf", "roles", "iss", "sxp", "ctr":
        value = {"nbf": "1", "fresh": "true", "csrf": '"c"', "roles": "[]", "iss": '"i"', "sxp": "1", "ctr": "0"}[name]
        group.payload("", f"{name} may be there", claims(name, value), "Missing")
    return group


def types():
    group = Group("claims of another type")
    for name in TEXTS:
        for value in "null", "1", "true", "[]", '["a"]', "{}", '""':
            group.payload("wrong_claim_type", f"{name}: {value}", claims(name, value), "Type")
    for name in NUMBERS:
        for value in "null", '"1800000001"', '""', "true", "[1]", "{}":
            group.payload("wrong_claim_type", f"{name}: {value}", claims(name, value), "Type")
    for value in "null", "0", "1", '"true"', "[]", "{}":
        group.payload("wrong_claim_type", f"fresh: {value}", claims("fresh", value), "Type")
    for value in "null", "1", '"admin"', "{}", "[1]", '[""]', '[["a"]]', "[null]", '["a",{}]':
        group.payload("wrong_claim_type", f"roles: {value}", claims("roles", value), "Type")
    group.payload("wrong_claim_type", "the first complaint counts", '{"sub":1,"exp":-1}', "Type")
    group.payload("number_out_of_range", "the first complaint counts", '{"exp":-1,"sub":1}', "Type")
    group.payload("wrong_claim_type", "a type counts before what is missing", '{"sub":1}', "Type")
    return group


def numbers():
    group = Group("numbers are plain digits from 0 to 2^53")
    for name in NUMBERS:
        late = {"iat": "issued_in_future", "nbf": "not_yet_valid"}.get(name, "")
        group.payload("expired" if name == "exp" else "", f"{name}: 0", claims(name, "0"), "Number")
        group.payload(late, f"{name}: 2^53", claims(name, str(FAR)), "Number")
        some = 1 if name == "exp" else 4
        for value in OUT_OF_RANGE[::some]:
            group.payload("number_out_of_range", f"{name}: {value[:24]}", claims(name, value), "Number")
        for value in NO_NUMBER[::some]:
            group.payload("bad_json", f"{name}: {value}", claims(name, value), "Number")
    return group


def times(leeway):
    group = Group(f"exact seconds, {leeway} seconds of leeway", leeway=leeway)
    for offset in -leeway - 1, -leeway, -leeway + 1, 0, 1, 60:
        error = "" if offset > -leeway else "expired"
        group.payload(error, f"exp: now{offset:+}", claims("exp", str(NOW + offset)), "Time")
    for name, refusal in ("nbf", "not_yet_valid"), ("iat", "issued_in_future"):
        tolerance = max(leeway, SETBACK_TOLERANCE)
        for offset in -60, -1, 0, leeway, tolerance - 1, tolerance, tolerance + 1, tolerance + 60:
            error = refusal if offset > tolerance else ""
            group.payload(error, f"{name}: now{offset:+}", claims(name, str(NOW + offset)), "Time")
    all_three = claims("nbf", str(NOW + 99)).replace('"iat":1800000000,"exp":1800000001', '"iat":1800000099,"exp":1')
    group.payload("expired", "exp counts before nbf and iat", all_three, "Time")
    group.payload("not_yet_valid", "nbf counts before iat", all_three.replace('"exp":1', f'"exp":{FAR}'), "Time")
    group.payload("", "exp before iat is no contradiction, once both hold", claims("iat", str(NOW)), "Time")
    return group


def ends_of_time():
    group = Group("the first second of all", now=0)
    zero = GOOD.replace("1800000000", "0").replace("1800000001", "1")
    group.payload("", "issued at 0, until 1", zero, "Time")
    group.payload("expired", "until 0", zero.replace('"exp":1', '"exp":0'), "Time")
    latest = str(SETBACK_TOLERANCE)
    group.payload("", f"issued at {latest}", zero.replace('"iat":0', f'"iat":{latest}'), "Time")
    latest = str(SETBACK_TOLERANCE + 1)
    group.payload("issued_in_future", f"issued at {latest}", zero.replace('"iat":0', f'"iat":{latest}'), "Time")
    group.payload("", "until 2^53", zero.replace('"exp":1', f'"exp":{FAR}'), "Time")
    return group


def lists():
    group = Group("lists hold 32 values", audience="r0")

    def of(count):
        return "[" + ",".join(f'"r{i}"' for i in range(count)) + "]"

    for count, error in (1, ""), (32, ""), (33, "too_many_values"), (200, "too_many_values"):
        group.payload(error, f"aud of {count}", claims("aud", of(count)), "List")
        group.payload(error, f"roles of {count}", claims("aud", '"r0","roles":' + of(count)), "List")
    group.payload("", "no roles", claims("aud", '"r0","roles":[]'), "List")
    return group


def issuer():
    group = Group("iss, when one is demanded", issuer="abc")
    group.payload("missing_claim", "absent", GOOD, "Issuer")
    for value in '"abc"', '"\\u0061bc"':
        group.payload("", value, claims("iss", value), "Issuer")
    for value in '"ab"', '"bc"', '"abcd"', '"xabcx"', '"ABC"', '"abc "', '" abc"', '"abc\\u0000"', '"\u0430bc"':
        group.payload("wrong_issuer", value, claims("iss", value), "Issuer")
    for value in '["abc"]', '["x","abc"]', "null", '""', '{"abc":1}', "1":
        group.payload("wrong_claim_type", value, claims("iss", value), "Issuer")
    return group


def audience():
    group = Group("aud, when one is demanded", audience="api")
    group.payload("missing_claim", "absent", GOOD, "Audience")
    for value in '"api"', '["api"]', '["x","api"]', '["api","api"]', '["\\u0061pi"]':
        group.payload("", value, claims("aud", value), "Audience")
    for value in '"ap"', '"apis"', '"API"', '"https://api/"', '["x"]', '["x","API"]', '["ap","i"]':
        group.payload("wrong_audience", value, claims("aud", value), "Audience")
    for value in "null", '""', "[]", '[""]', '["api",1]', '[["api"]]', '{"api":1}', "1", "true":
        group.payload("wrong_claim_type", value, claims("aud", value), "Audience")
    group.payload("expired", "a time counts before an audience", claims("exp", '1,"aud":"x"'), "Audience")
    return group


def sizes():
    group = Group("a token has at most 8192 bytes")
    tokens = {}
    for spaces in range(3):
        for room in range(5980, 6000):
            token = FIRST.token(HEADER + " " * spaces, claims("x", '"' + "x" * room + '"'))
            tokens[len(token)] = token
    group.valid("8192 bytes", tokens[8192], "Size")
    group.invalid("too_large", "8193 bytes", tokens[8193], "Size")
    return group
