"""What must be reached: by the library as ratios within one run, since machines differ."""

import dataclasses
import typing

PEERS = {"libjwt": 5, "cpp-jwt": 5, "PyJWT": 10, "jsonwebtoken": 10}


@dataclasses.dataclass
class Requirement:
    what: str
    bound: float
    unit: str
    measured: typing.Callable[[typing.Any], float]
    at_least: bool = False

    def row(self, figures):
        value = self.measured(figures)
        met = value >= self.bound if self.at_least else value <= self.bound
        sign = "≥" if self.at_least else "≤"
        return f"| {self.what} | {sign} {self.bound:g} {self.unit} | {value:.2f} | {'yes' if met else '**no**'} |"


def to_raw(name):
    return lambda times: times[name] / times["hmac/restart/access"]


def cycles_a_byte(name, size):
    return lambda times: times[name] / times["cpu/cycle"] / size


def scaling(times):
    name = "verify/hs256/access/real_time/threads:"
    return times[name + "1"] / times[name + "2"]


def of_peer(name):
    return lambda times: times[f"peer/{name}/verify"] / times["verify/hs256/access"]


def base64url(times):
    """On AVX2 and above, and on any processor."""
    for kernel, name, bound in (("", "", 0.5), ("/avx2", " with AVX2", 0.5), ("/scalar", " with tables", 1.5)):
        for what, unit in (("decode", "character"), ("encode", "byte")):
            benchmark = f"base64url/{what}/512{kernel}"
            if benchmark in times:
                yield Requirement(
                    f"{what} 512 {unit}s{name}", bound, f"cycles a {unit}", cycles_a_byte(benchmark, 512)
                )


def requirements(library):
    return [
        Requirement("verify an access token", 1.5, "x raw", to_raw("verify/hs256/access")),
        Requirement("sign one", 1.4, "x raw", to_raw("sign/hs256/access")),
        Requirement("refuse a bad signature", 1.1, "x raw", to_raw("verify/hs256/bad_signature")),
        Requirement("refuse garbage", 0.1, "x raw", to_raw("verify/garbage")),
        *base64url(library.times),
        Requirement("verify on two threads", 1.9, "x one thread", scaling, at_least=True),
    ] + [
        Requirement(f"{name} {library.versions[name]}, verify", bound, "x our time", of_peer(name), at_least=True)
        for name, bound in PEERS.items()
    ]


REVOCATION = [
    Requirement("whether a living session has ended", 100, "ns", lambda figures: figures.times["revocation/lookup/10m"]),
    Requirement("memory for one that has", 32, "bytes", lambda figures: figures.bytes_each),
    Requirement("the longest of ten million ends", 10, "ms", lambda figures: figures.longest / 1e6),
]



def beside(one, other, what):
    return lambda figures: figures.ratio(one, other, what)


BESIDE = [
    Requirement("GET /auth, requests/s", 1, "x nginx", beside("auth", "nginx", "rate"), at_least=True),
    Requirement("GET /auth, processor time a request", 1, "x nginx", beside("auth", "nginx", "cpu")),
    Requirement("GET /auth, p99", 1, "x nginx", beside("auth", "nginx", "p99")),
    Requirement(
        "GET /auth, 16 requests at a time",
        4,
        "x nginx",
        beside("auth, 16 pipelined", "nginx, 16 pipelined", "rate"),
        at_least=True,
    ),
    Requirement(
        "GET /protected, requests/s", 30, "x Flask under gunicorn", beside("protected", "Flask", "rate"), at_least=True
    ),
    Requirement("system calls a request", 2.1, "(strace -c)", lambda figures: figures.calls),
    Requirement("memory of an idle connection", 2, "KiB", lambda figures: figures.idle / 1024),
]


GATE = [
    Requirement("guarded, requests/s", 0.45, "x the same file open", lambda gate: gate.ratio("guarded", "open"), at_least=True),
    Requirement("jwtgate's share of the processor time of both", 25, "%", lambda gate: gate.share() * 100),
    Requirement(
        "guarded, requests/s", 1, "x guarded by nginx itself", lambda gate: gate.ratio("guarded", "floor"), at_least=True
    ),
]


def of_beside(figures):
    return table(BESIDE, figures)


def of_gate(figures):
    return table(GATE, figures)


def of_library(library):
    return table(requirements(library), library.times)


def of_revocation(figures):
    return table(REVOCATION, figures)


def table(required, figures):
    rows = [requirement.row(figures) for requirement in required]
    return "\n".join(["| what | must reach | measured | met |", "| --- | --- | --- | --- |", *rows])
