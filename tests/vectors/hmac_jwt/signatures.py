"""What stands where the signature should."""

import hashlib

from .tokens import FIRST, FOREIGN, GOOD, HEADER, SECOND, THIRD, Group, Key, encode, is_canonical, raw


def groups():
    for key in (FIRST, SECOND, THIRD):
        yield of_algorithm(key)
    yield of_other_things()


def of_algorithm(key):
    group = Group(f"signatures of {key.alg}", (key,))
    token = key.token()
    text, good = token.rsplit(".", 1)
    code = key.mac(text)

    def other(comment, signature, flag):
        error = "bad_signature" if is_canonical(signature) else "bad_base64url"
        group.invalid(error, comment, f"{text}.{signature}", flag)

    group.valid("as it should be", token)
    group.valid("header without kid and typ", key.token(header=f'{{"alg":"{key.alg}"}}'))
    for at in range(0, len(code), 1 if key is FIRST else 8):
        other(f"byte {at}, bit {at % 8} flipped", encode(flip(code, at)), "BitFlip")
    other("all bits flipped", encode(bytes(b ^ 255 for b in code)), "BitFlip")
    other("all zeros", encode(bytes(len(code))), "BitFlip")
    other("reversed", encode(code[::-1]), "BitFlip")
    for size in (1, 2, len(code) // 2, 16, len(code) - 2, len(code) - 1):
        other(f"first {size} bytes", encode(code[:size]), "Truncated")
        other(f"last {size} bytes", encode(code[-size:]), "Truncated")
    for size in range(1, 5):
        other(f"last {size} characters missing", good[:-size], "Truncated")
        other(f"first {size} characters missing", good[size:], "Truncated")
    for more in (b"\0", b"\xff", bytes(16), code):
        other(f"{len(more)} bytes more", encode(code + more), "Extended")
        other(f"{len(more)} bytes before", encode(more + code), "Extended")
    for more in "A", "AA", "AAA", "AAAA", "_", "!!!!":
        other(f"{more} behind it", good + more, "Extended")
    group.invalid("malformed", "empty", text + ".", "Truncated")
    group.invalid("malformed", "missing with its dot", text, "Truncated")
    return group


def flip(code, at):
    return code[:at] + bytes([code[at] ^ 1 << at % 8]) + code[at + 1 :]


def of_other_things():
    group = Group("signatures of something else, or made otherwise")
    text = encode(HEADER) + "." + encode(GOOD)
    header, payload = text.split(".")

    def other(comment, code):
        group.invalid("bad_signature", comment, f"{text}.{encode(code)}", "WrongMac")

    mac = FIRST.mac
    other("of the header alone", mac(header))
    other("of the payload alone", mac(payload))
    other("of the parts without their dot", mac(header + payload))
    other("of the parts swapped", mac(payload + "." + header))
    other("of the text with a dot behind it", mac(text + "."))
    other("of what the parts stand for", mac(HEADER + "." + GOOD))
    other("of nothing", mac(""))
    other("a MAC of the MAC", mac(mac(text)))
    other("a hash without a key", hashlib.sha256(raw(text)).digest())
    other("a hash of key and text", hashlib.sha256(FIRST.secret + raw(text)).digest())
    other("of a foreign key", FOREIGN.mac(text))
    other("key and text swapped", Key("", "HS256", text).mac(FIRST.secret))
    other("of the key's base64url text", Key("", "HS256", encode(FIRST.secret)).mac(text))
    other("of the key's hash", Key("", "HS256", hashlib.sha256(FIRST.secret).digest()).mac(text))
    other("of the key without its last byte", Key("", "HS256", FIRST.secret[:-1]).mac(text))
    other("of no key", Key("", "HS256", b"").mac(text))
    other("of the same key, SHA-384", mac(text, "HS384"))
    other("of the same key, SHA-512", mac(text, "HS512"))
    other("of the same key, SHA-512 cut to 32 bytes", mac(text, "HS512")[:32])
    other("in hexadecimal", mac(text).hex())
    group.invalid("bad_signature", "in hexadecimal, not encoded", f"{text}.{mac(text).hex()}", "WrongMac")
    group.valid(
        "HMAC fills a key up with zeros, so a zero more is the same key (RFC 2104 section 2)",
        f'{text}.{encode(Key("", "HS256", FIRST.secret + bytes(1)).mac(text))}',
    )
    changed = encode(HEADER.replace("{", "{ "))
    signature = encode(mac(text))
    group.invalid("bad_signature", "another spelling of the header", f"{changed}.{payload}.{signature}", "Swapped")
    changed = encode(GOOD.replace('"a"', '"b"'))
    group.invalid("bad_signature", "another subject", f"{header}.{changed}.{signature}", "Swapped")
    group.invalid("bad_signature", "a payload that is not base64url", f"{header}.!!!!.{signature}", "Swapped")
    return group
