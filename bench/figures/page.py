"""The text of bench/README.md."""

from figures import requirements


def text(machine, load, seconds, library, revocation):
    """`load` is what bench/load/run printed: a line on the machine, and the table."""
    return f"""# Figures

Written by `bench/report`. Machines differ and this one is noisy: what counts is the ratio within one run.

{machine}

## The server

wrk on the same machine, {seconds} s a row

{load.split(chr(10), 1)[1].strip()}

`/protected` and `/auth` check a token of the session; `/login` is bound by Argon2id (19 MiB, two passes) on its own threads.

## Ended sessions

The index that is asked for every token, with ten million ended sessions in it, and about a million living ones in turn, so that the
processor's caches do not hold what is asked. A request that finds its session there waits for one look-up (`waiting`: none begins
before the one before has ended). The least of nine times: how long memory takes depends on what other
machines on the same processor do.

{requirements.of_revocation(revocation)}

| benchmark | ns |
| --- | --- |
{revocation_times(revocation.times)}

## The JWT library

![Time of one verification, by library](verify.svg)

An access token of {library.token_size} bytes with all claims, 64 of them in turn, each of another user. Every library keeps what it can
between two calls and checks the times as far as it offers to. `raw` is one kept `EVP_MAC` of OpenSSL restarted over the same signing
inputs; a cycle is an addition that waits for another.

Neither verifying nor signing allocates on the heap; `tests/unit/jwt/verifier/allocations_test.cpp` counts that, and apart from it what
OpenSSL allocates inside.

{requirements.of_library(library)}

All benchmarks, medians of nine runs in random order: processor time of one call. With threads it is the least of the time that
passes; PyJWT and jsonwebtoken measure themselves.

| benchmark | ns | x raw |
| --- | --- | --- |
{benchmarks(library.times)}
"""


def benchmarks(times):
    raw = times["hmac/restart/access"]
    return "\n".join(f"| `{name}` | {in_digits(time)} | {time / raw:.2f} |" for name, time in times.items())


def revocation_times(times):
    return "\n".join(f"| `{name}` | {in_digits(time)} |" for name, time in times.items())


def in_digits(nanoseconds):
    return f"{nanoseconds:.0f}" if nanoseconds >= 10 else f"{nanoseconds:.3g}"
