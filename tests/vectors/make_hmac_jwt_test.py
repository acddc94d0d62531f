#!/usr/bin/env python3
"""Writes hmac_jwt_test.json: tokens to accept and to refuse, each with the one reason, in the manner of Wycheproof's
json_web_signature tests. Knows only the RFCs and the standard library.

    make_hmac_jwt_test.py            writes the file beside this script
    make_hmac_jwt_test.py --check    says whether the file is what this script writes
"""

import json
import sys
from pathlib import Path

from hmac_jwt import claim_values, encodings, headers, json_texts, signatures

FILE = Path(__file__).with_name("hmac_jwt_test.json")

NOTES = {
    "Algorithm": "alg is absent, spelled otherwise, or another algorithm's name",
    "AlgorithmSwap": "keys, names and signatures of several algorithms mixed",
    "Alphabet": "characters that are not of the base64url alphabet",
    "Audience": "aud against the one that is demanded",
    "BitFlip": "bits of the signature changed",
    "Critical": "crit is there, whatever it says",
    "Depth": "objects and arrays one in another, and names in objects that are open at one time",
    "Dots": "another number of parts",
    "Duplicate": "a name twice in one object",
    "Extended": "something before or behind the signature",
    "Form": "a signed text, but not a compact token",
    "Ignored": "members of the header that choose neither key nor algorithm",
    "Issuer": "iss against the one that is demanded",
    "Json": "not one strict JSON object",
    "KeyId": "kid, and what it might do beyond naming a key",
    "List": "lists of more values than are read",
    "Missing": "a claim that is demanded is absent, or one that is not is there",
    "Number": "numbers in all spellings",
    "Padding": "base64 padding",
    "Size": "the greatest token, and one byte more",
    "Swapped": "the signature of another header or payload",
    "Time": "exp, nbf and iat at the exact second",
    "Truncated": "a part of the signature",
    "Type": "typ, or a claim, of another type",
    "Unencoded": "b64, which says that the payload is not encoded",
    "UnusedBits": "the bits behind the last byte of a part",
    "Utf8": "bytes that are not UTF-8, and escapes of surrogates",
    "Whitespace": "white space",
    "WrongMac": "a MAC of another text, of another key, or none",
}


def compact(value):
    return json.dumps(value, separators=(",", ":"))


def group_text(group, tests):
    head = {"type": "HmacJwt", "comment": group.comment, "now": group.now, "policy": group.policy}
    head["keys"] = {"keys": [key.jwk() for key in group.keys]}
    lines = ",\n".join(map(compact, tests))
    return f'{compact(head)[:-1]},"tests":[\n{lines}\n]}}'


def numbered(groups):
    number = 0
    for group in groups:
        tests = []
        for test in group.tests:
            number += 1
            tests.append({"tcId": number} | test)
        yield group, tests


def document():
    modules = signatures, encodings, headers, json_texts, claim_values
    groups = [group for module in modules for group in module.groups()]
    texts = ",\n".join(group_text(group, tests) for group, tests in numbered(groups))
    tests = [test for group in groups for test in group.tests]
    assert {flag for test in tests for flag in test["flags"]} == set(NOTES)
    head = {"algorithm": "HMAC JWT", "numberOfTests": len(tests), "notes": NOTES}
    return f'{compact(head)[:-1]},"testGroups":[\n{texts}\n]}}\n'


def main():
    if "--check" not in sys.argv[1:]:
        FILE.write_text(document(), "ascii")
    elif FILE.read_text("ascii") != document():
        sys.exit(f"{FILE.name} is not what {Path(__file__).name} writes: run it")


if __name__ == "__main__":
    main()
