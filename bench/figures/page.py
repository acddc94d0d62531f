"""The text of bench/README.md."""

from figures import requirements


def text(machine, beside, gate, load, seconds, library, revocation):
    """`load` is what bench/load/run printed: a line on the machine, and the table."""
    return f"""# Figures

Written by `bench/report`. Machines differ and this one is noisy: what counts is the ratio within one run.

{machine}

## Beside nginx and Flask

![Requests a second, by server](throughput.svg)

![p99 of the time to an answer, by server](latency.svg)

In one run and in turn, medians of the rounds' ratios: each server's one worker is pinned to one core, wrk to the other, 64 kept connections,
a cookie whose token counts. nginx answers `return 200` with the fields that `/auth` answers with; Flask is the tutorial's application, one
gunicorn worker. The same token comes each time, as from a browser, so its MAC is not computed again (a worker remembers 1,024 texts of a
good signature until the keys change; expiry and revocation are looked at every time). Requests are counted for `/metrics` all the while.

{requirements.of_beside(beside)}

`tests/unit/api/allocations_test.cpp` counts the allocations of `GET /auth` on a kept connection: none. Two workers are not compared with one
where wrk needs one of two cores.

| load | requests/s | p99 ms | processor us a request |
| --- | --- | --- | --- |
{beside_loads(beside)}

## The gate

{of_gate(gate)}

## The server alone

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


def of_gate(gate):
    rates = "\n".join(f"| {name} | {gate.median(name):.0f} |" for name in gate.loads)
    return f"""`bench/load/gate`, in one run and in turn: a file of 23 bytes behind one nginx worker on a core of its own, with the files of
`scripts/deploy/nginx` as they are; wrk (32 connections) and jwtgate, one thread behind a unix socket with keep-alive, on the other. `floor` is the
least that `auth_request` costs: nginx asks itself over a unix socket, and answers `return 204`.

{requirements.of_gate(gate)}

| file | requests/s |
| --- | --- |
{rates}"""


def beside_loads(beside):
    def row(name):
        rate, p99, cpu = (beside.median(name, what) for what in ("rate", "p99", "cpu"))
        time = "-" if "pipelined" in name else f"{p99 * 1e3:.2f}"  # wrk takes the time of one of each batch
        return f"| {name} | {rate:.0f} | {time} | {cpu * 1e6:.2f} |"

    return "\n".join(map(row, beside.loads))


def benchmarks(times):
    raw = times["hmac/restart/access"]
    return "\n".join(f"| `{name}` | {in_digits(time)} | {time / raw:.2f} |" for name, time in times.items())


def revocation_times(times):
    return "\n".join(f"| `{name}` | {in_digits(time)} |" for name, time in times.items())


def in_digits(nanoseconds):
    return f"{nanoseconds:.0f}" if nanoseconds >= 10 else f"{nanoseconds:.3g}"
