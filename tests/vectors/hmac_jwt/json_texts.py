"""Header and payload as JSON: syntax, names, UTF-8, depth. All signatures are good."""

from .tokens import FIRST, GOOD, HEADER, Group, claims, raw

# Complete texts that are not one JSON object.
NO_OBJECT = (
    "", " ", "x", "{", "}", "[]", "[{}]", "1", "-0", '"a"', "null", "true", "{}{}", "{},{}", "\ufeff", "{} x", "{}\0",
    "\0", "{}}", "sub=a", "<a/>", "{a:1}", "{'a':1}", '{"a"}', '{"a":}', '{"a":1,}', '{,"a":1}', '{"a":1 "b":2}',
    '{"a" 1}', '{"a"=1}', '{1:1}', '{"a":1//\n}', '{"a":1/**/}', '{"a":1}#', '{"a":undefined}', "{\v}", "{\u00a0}",
)

# Values of a member that are no JSON.
NO_VALUE = (
    "01", "00", "-", "-01", "+1", ".5", "5.", "1.e5", "1e", "1e+", "1e-", "0x1", "1_0", "1,0", "NaN", "nan", "Infinity",
    "-Infinity", "1f", "tru", "TRUE", "True", "nul", "None", "'a'", '"a', 'a"', '"\\x41"', '"\\u12"', '"\\u12g4"',
    '"\\U0041"', '"\\"', '"\n"', '"\t"', '"\x00"', '"\x1f"', "[1,]", "[,1]", "[1 2]", "[1", "1]", "[}", "{]", '{"b":1',
    "(1)", "",
)

BAD_UTF8 = (
    b"\x80", b"\xbf", b"\xc0\x80", b"\xc0\xaf", b"\xc1\xbf", b"\xc3", b"\xc3(", b"\xe0\x80\x80", b"\xe0\x9f\xbf",
    b"\xe2\x82", b"\xe2(\xa1", b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xed\xa0\xbd\xed\xb8\x80", b"\xf0\x80\x80\x80",
    b"\xf0\x8f\xbf\xbf", b"\xf0\x9f\x98", b"\xf4\x90\x80\x80", b"\xf5\x80\x80\x80", b"\xf8\x88\x80\x80\x80", b"\xfe",
    b"\xff",
)

GOOD_UTF8 = "\u0080", "\u07ff", "\u0800", "\ud7ff", "\ue000", "\uffff", "\U00010000", "\U0010ffff", "\ufeff", "\u007f"
BAD_ESCAPES = "\\ud800", "\\udfff", "\\udc00\\ud800", "\\ud800x", "\\ud800\\u0041", "\\ud83d\\n", "\\ud800\\u"
GOOD_ESCAPES = "\\u0000", "\\uFFFF", "\\ud83d\\ude00", "\\uDBFF\\uDFFF", "\\/", "\\b\\f\\n\\r\\t", '\\"\\\\', "\\u00e9"


def groups():
    yield objects()
    yield values()
    yield spaces()
    yield names()
    yield utf8()
    yield limits()


def objects():
    group = Group("texts that are not one object")
    for text in NO_OBJECT:
        if text:
            group.payload("bad_json", f"payload {text!r}", text, "Json")
            group.header("bad_json", f"header {text!r}", text, "Json")
    for cut in 1, 2, len(GOOD) // 2, len(GOOD) - 1:
        group.payload("bad_json", f"the first {cut} characters of good claims", GOOD[:cut], "Json")
    group.payload("bad_json", "good claims twice", GOOD + GOOD, "Json")
    group.payload("bad_json", "an array of good claims", f"[{GOOD}]", "Json")
    group.payload("bad_json", "good claims and a zero byte", GOOD + "\0", "Json")
    group.payload("bad_json", "a byte order mark and good claims", "\ufeff" + GOOD, "Json")
    group.payload("bad_json", "good claims in UTF-16", GOOD.encode("utf-16-be"), "Json")
    group.payload("bad_json", "good claims in UTF-32", GOOD.encode("utf-32-le"), "Json")
    group.header("bad_json", "a byte order mark and a good header", "\ufeff" + HEADER, "Json")
    return group


def values():
    group = Group("values that are not JSON")
    for value in NO_VALUE:
        group.payload("bad_json", f"{value!r}", claims("x", value), "Json")
    for value in "tru", "01", "NaN", '"\\x"', "[1,]":
        group.header("bad_json", f"header: {value}", f'{{"alg":"HS256","x":{value}}}', "Json")
    for value in "0", "-0", "-1.5e-3", "1E400", "1e-400", "9" * 400, "null", "[]", "{}", '""', "[null,[true,{}]]":
        group.payload("", f"an unknown claim: {value[:20]}", claims("x", value), "Json")
        group.header("", f"an unknown member: {value[:20]}", f'{{"alg":"HS256","x":{value}}}', "Json")
    group.payload("bad_json", "no JSON counts before a wrong type", claims("sub", "1,\"x\":01"), "Json")
    group.payload("duplicate_name", "so does a name twice", claims("sub", '1,"x":1,"x":1'), "Json")
    return group


def spaces():
    group = Group("white space in JSON is free, and signed as it is")
    spaced = GOOD.replace(":", " : ").replace(",", "\r\n,\t").replace("{", "\n{ ").replace("}", "\n} \n")
    group.payload("", "payload", spaced, "Whitespace")
    group.header("", "header", ' { "typ"\t:\n"JWT" ,\r\n"alg":"HS256" } ', "Whitespace")
    for name, text in {"form feed": "\f", "no-break space": "\u00a0", "zero byte": "\0"}.items():
        group.payload("bad_json", name, GOOD.replace(":", ":" + text), "Whitespace")
    return group


def names():
    group = Group("a name twice in an object")
    for name in "sub", "exp", "iat", "jti", "type", "sid", "x", "":
        twice = claims("x", "1")[:-1] + (f',"{name}":1' if name else ',"":1,"":2') + "}"
        group.payload("duplicate_name", f"{name!r}", twice, "Duplicate")
    group.payload("duplicate_name", "same value", claims("x", '1,"x":1'), "Duplicate")
    for again in "\\u0073ub", "s\\u0075b", "\\u0073\\u0075\\u0062":
        group.payload("duplicate_name", f"spelled {again}", GOOD[:-1] + f',"{again}":"root"}}', "Duplicate")
    for inner in '{"a":1,"a":2}', '[{"a":1,"a":2}]', '{"b":{"a":1,"\\u0061":2}}', '[[[{"":1,"":2}]]]':
        group.payload("duplicate_name", f"nested: {inner}", claims("x", inner), "Duplicate")
        group.header("duplicate_name", f"nested in the header: {inner}", f'{{"alg":"HS256","x":{inner}}}', "Duplicate")
    for again in '"alg":"HS256"', '"alg":"none"', '"\\u0061lg":"none"', '"kid":"a","kid":"b"', '"crit":[],"crit":[]':
        group.header("duplicate_name", f"in the header: {again}", f'{{"alg":"HS256",{again}}}', "Duplicate")
    for inner in '[{"a":1},{"a":2}]', '{"a":{"a":{"a":1}}}', '{"a":1,"A":2,"a ":3,"\\u0000a":4}':
        group.payload("", f"not twice: {inner}", claims("x", inner), "Duplicate")
    group.payload("", "not twice: sub inside another claim", claims("x", '{"sub":1,"exp":"never"}'), "Duplicate")
    group.payload("", "not twice: Sub", claims("Sub", "1"), "Duplicate")
    return group


def utf8():
    group = Group("UTF-8 (RFC 3629) and escapes of surrogates")
    before, behind = (raw(part) for part in claims("x", '"%"').split("%"))
    for data in BAD_UTF8:
        group.payload("bad_json", f"value: {data.hex()}", before + data + behind, "Utf8")
    for data in BAD_UTF8[::4]:
        group.payload("bad_json", f"name: {data.hex()}", before + b'","y' + data + b'":"' + behind, "Utf8")
        known = raw(claims("sub", '"%"')).replace(b"%", data)
        group.payload("bad_json", f"in a known claim: {data.hex()}", known, "Utf8")
        group.header("bad_json", f"header: {data.hex()}", b'{"alg":"HS256","x":"' + data + b'"}', "Utf8")
    for text in GOOD_UTF8:
        group.payload("", f"U+{ord(text):04X}", claims("sub", f'"{text}"'), "Utf8")
    for text in BAD_ESCAPES:
        group.payload("bad_json", text, claims("x", f'"{text}"'), "Utf8")
    for text in GOOD_ESCAPES:
        group.payload("", text, claims("sub", f'"{text}"'), "Utf8")
    return group


def limits():
    group = Group("depth, and names in open objects")
    for kind, opening, closing in ("arrays", "[", "]"), ("objects", '{"a":', "}"):
        for levels, error in (15, ""), (16, "too_deep"), (500, "too_deep"):
            nested = opening * levels + "0" + closing * levels
            group.payload(error, f"{levels} {kind} inside the claims", claims("x", nested), "Depth")
            if levels < 500:
                group.header(error, f"{levels} {kind} inside the header", f'{{"alg":"HS256","x":{nested}}}', "Depth")
    group.payload("too_deep", "100 arrays that never end", claims("x", "[" * 100), "Depth")
    group.payload("bad_json", "15 arrays that never end", claims("x", "[" * 15), "Depth")
    for count, error in (121, ""), (122, "too_many_values"):
        members = "{" + ",".join(f'"{i}":0' for i in range(count)) + "}"
        group.payload(error, f"{count + 7} names open at one time", claims("x", members), "Depth")
    members = "{" + ",".join(f'"{i}":0' for i in range(121)) + "}"
    group.payload("", "many names, not at one time", claims("x", f"[{members},{members},{members}]"), "Depth")
    return group
