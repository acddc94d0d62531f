#!/usr/bin/python3
"""Measures PyJWT with the tokens of `jwt_bench --tokens` on its standard input.

Prints nanoseconds as JSON: {"verify", "sign"}.
"""

import itertools
import json
import statistics
import sys
import time

import jwt

RUNS = 9
SECONDS = 0.2


def nanoseconds(call, inputs):
    """The median of several runs of one call, over all inputs in turn."""
    inputs = itertools.cycle(inputs)
    calls, times = 1, []
    while len(times) < RUNS:
        batch = list(itertools.islice(inputs, calls))
        start = time.perf_counter()
        for value in batch:
            call(value)
        took = time.perf_counter() - start
        if took < SECONDS:
            calls *= 2
        else:
            times.append(took / calls * 1e9)
    return statistics.median(times)


def main():
    secret, *tokens = sys.stdin.read().split()
    key = secret.encode()
    api = jwt.PyJWT()
    headers = {"kid": jwt.get_unverified_header(tokens[0])["kid"]}

    def verify(token):
        return api.decode(token, key, algorithms=["HS256"])  # exp, nbf and iat too; raises when it refuses

    def sign(claims):
        return api.encode(claims, key, algorithm="HS256", headers=headers)

    claims = [verify(token) for token in tokens]
    assert all(verify(sign(said)) == said for said in claims)

    print(json.dumps({"verify": nanoseconds(verify, tokens), "sign": nanoseconds(sign, claims)}))


if __name__ == "__main__":
    main()
