"""Base64url, and what stands around and between the parts."""

from .tokens import ALPHABET, FIRST, GOOD, HEADER, SECOND, THIRD, Group, claims, encode

CHARACTERS = {
    "space": " ",
    "line feed": "\n",
    "carriage return": "\r",
    "tab": "\t",
    "vertical tab": "\v",
    "form feed": "\f",
    "zero byte": "\0",
    "no-break space": "\u00a0",
    "zero width space": "\u200b",
    "byte order mark": "\ufeff",
    "padding": "=",
    "two of padding": "==",
    "escaped padding": "%3D",
    "plus": "+",
    "slash": "/",
    "tilde": "~",
    "comma": ",",
    "asterisk": "*",
    "full-width A": "\uff21",
    "Cyrillic A": "\u0410",
    "quote": '"',
}


def groups():
    yield characters()
    yield alphabets()
    yield unused_bits()
    yield dots()
    yield other_forms()


def characters():
    group = Group("characters that are not of base64url")
    header, payload = encode(HEADER), encode(GOOD)
    token = FIRST.seal(header + "." + payload)
    for name, character in CHARACTERS.items():
        flag = "Padding" if "padding" in name else "Whitespace" if character.isspace() else "Alphabet"
        group.invalid("bad_base64url", f"{name} before all", character + token, flag)
        group.invalid("bad_base64url", f"{name} behind all", token + character, flag)
        group.invalid("bad_base64url", f"{name} behind the header", FIRST.seal(f"{header}{character}.{payload}"), flag)
        inside = f"{payload[:9]}{character}{payload[9:]}"
        group.invalid("bad_base64url", f"{name} inside the payload", FIRST.seal(f"{header}.{inside}"), flag)
        group.invalid("bad_signature", f"{name} added to the payload", token.replace(payload, inside), flag)
    return group


def alphabets():
    group = Group("the alphabet of base64 instead of base64url")
    for text in claims("x", '"~~~"'), claims("x", '"???"'), claims("x", '"?~?~?~?"'):
        for shift in ("", " ", "  "):
            payload = encode(shift + text)
            if "-" not in payload and "_" not in payload:
                continue
            other = payload.replace("-", "+").replace("_", "/")
            group.valid(f"payload {payload[-20:]}", FIRST.seal(f"{encode(HEADER)}.{payload}"), "Alphabet")
            token = FIRST.seal(f"{encode(HEADER)}.{other}")
            group.invalid("bad_base64url", f"payload {other[-20:]}", token, "Alphabet")
    return group


def unused_bits():
    group = Group("bits behind the last byte that are not zero (RFC 4648 section 3.5)", (FIRST,))
    for spaces in range(3):
        header, payload = encode(HEADER + " " * spaces), encode(GOOD + " " * spaces)
        group.valid(f"header of {len(header)} characters", FIRST.seal(f"{header}.{encode(GOOD)}"), "UnusedBits")
        group.valid(f"payload of {len(payload)} characters", FIRST.seal(f"{encode(HEADER)}.{payload}"), "UnusedBits")
        for other in siblings(header):
            token = FIRST.seal(f"{other}.{encode(GOOD)}")
            group.invalid("bad_base64url", f"header ends in {other[-1]}", token, "UnusedBits")
        for other in siblings(payload):
            token = FIRST.seal(f"{encode(HEADER)}.{other}")
            group.invalid("bad_base64url", f"payload ends in {other[-1]}", token, "UnusedBits")
    text, good = FIRST.token().rsplit(".", 1)
    for other in siblings(good):
        group.invalid("bad_base64url", f"signature ends in {other[-1]}", f"{text}.{other}", "UnusedBits")
    for part in "A", "AAAAA":
        group.invalid("bad_base64url", f"header {part}", FIRST.seal(f"{part}.{encode(GOOD)}"), "UnusedBits")
        group.invalid("bad_base64url", f"payload {part}", FIRST.seal(f"{encode(HEADER)}.{part}"), "UnusedBits")
        group.invalid("bad_base64url", f"signature {part}", f"{text}.{part}", "UnusedBits")
    return group


def siblings(text):
    """What a lax decoder takes for the same bytes."""
    spare = {0: 1, 2: 16, 3: 4}[len(text) % 4]
    value = ALPHABET.index(text[-1])
    return [text[:-1] + ALPHABET[value + more] for more in range(1, spare)]


def dots():
    group = Group("parts and dots")
    token = FIRST.token()
    header, payload, signature = token.split(".")
    texts = ["", ".", "..", "...", "....", "a", "a.b", "a..", ".a.", "..a", ".a.b", "a..b", "a.b.", "a.b.c.d"]
    texts += ["." * 1000, header, f"{header}.{payload}", f"{header}.{payload}."]
    texts += [f"{header}..{signature}", f".{payload}.{signature}"]
    texts += [f".{token}", f"{token}.", f"{token}.{signature}", f"{token}.{token}", token.replace(".", "..")]
    texts += [token.replace(".", ":"), token.replace(".", "\u3002"), token.replace(".", "")]
    for text in texts:
        group.invalid("malformed", f"{text.count('.')} dots, {len(text)} characters", text, "Dots")
    return group


def other_forms():
    group = Group("other forms of a signed text")
    token = FIRST.token()
    header, payload, signature = token.split(".")
    flat = f'{{"payload":"{payload}","protected":"{header}","signature":"{signature}"}}'
    full = f'{{"payload":"{payload}","signatures":[{{"protected":"{header}","signature":"{signature}"}}]}}'
    group.invalid("malformed", "flattened JSON serialisation (RFC 7515 section 7.2.2)", flat, "Form")
    group.invalid("malformed", "general JSON serialisation (RFC 7515 section 7.2.1)", full, "Form")
    encrypted = encode('{"alg":"dir","enc":"A128GCM"}')
    group.invalid("malformed", "JWE compact serialisation", f"{encrypted}..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAA", "Form")
    detached = f"{header}..{signature}"
    group.invalid("malformed", "detached payload (RFC 7515 appendix F)", detached, "Form")
    for before in "Bearer ", "bearer:", '"', "JWT ", "token=":
        group.invalid("bad_base64url", f"{before!r} before it", before + token, "Form")
    for payload in token, f'"{token}"', f"[{token}]":
        nested = FIRST.token(header='{"alg":"HS256","cty":"JWT"}', payload=payload)
        group.invalid("bad_json", "a token inside a token", nested, "Form")
    for key in SECOND, THIRD:
        group.invalid("unknown_key", f"a token of another key, {key.alg}", key.token(), "Form")
    return group
