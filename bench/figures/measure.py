"""Runs what is to be measured."""

import dataclasses
import json
import subprocess
import time

OPTIONS = (
    "--benchmark_format=json",
    "--benchmark_min_time=0.2",
    "--benchmark_repetitions=9",
    "--benchmark_report_aggregates_only=true",
    "--benchmark_enable_random_interleaving=true",
)

# Other libraries: the Debian packages they come from, and those that are programs, which measure themselves.
PACKAGES = {"libjwt": "libjwt-dev", "cpp-jwt": "libcpp-jwt-dev", "PyJWT": "python3-jwt"}
PROGRAMS = {"PyJWT": ["bench/peers/pyjwt.py"], "jsonwebtoken": ["node", "bench/peers/jsonwebtoken.mjs"]}


@dataclasses.dataclass
class Library:
    times: dict[str, float]  # nanoseconds of one call, by the name of the benchmark
    versions: dict[str, str]  # of the other libraries
    token_size: int


@dataclasses.dataclass
class Revocation:
    times: dict[str, float]  # nanoseconds, as above
    bytes_each: float  # resident memory of one of ten million ended sessions
    longest: float  # nanoseconds that one of ten million ends took


def output(*command, text=None):
    return subprocess.run(command, input=text, stdout=subprocess.PIPE, text=True, check=True).stdout


def library(jwt_bench):
    """The JWT library and the others, with the same tokens, in the same minute."""
    tokens = output(jwt_bench, "--tokens")
    times = benchmarks(jwt_bench)
    for name, program in PROGRAMS.items():
        for what, nanoseconds in json.loads(output(*program, text=tokens)).items():
            times[f"peer/{name}/{what}"] = nanoseconds
    return Library(times, versions(), len(tokens.split()[1]))


def revocation(revocation_bench):
    """The index of ended sessions: the least of the processor's times."""
    found = run(revocation_bench)
    least = {name.split("/iterations")[0]: row for (name, aggregate), row in found.items() if aggregate == "least"}
    return Revocation(
        {name: row["cpu_time"] for name, row in least.items()},
        least["revocation/lookup/10m"]["bytes"],
        least["revocation/end/10m"]["longest"],
    )


def benchmarks(jwt_bench):
    """The median of the processor's time; of what runs on several threads the least of the time that passes."""
    found = run(jwt_bench)
    times = {}
    for name in output(jwt_bench, "--benchmark_list_tests").split():
        aggregate, kind = ("least", "real_time") if "/real_time/" in name else ("median", "cpu_time")
        if name.endswith("/avx2") and (name, aggregate) not in found:
            continue  # another processor
        if (name, aggregate) not in found:
            raise SystemExit(f"bench/report: {name} has failed")
        times[name] = found[name, aggregate][kind]
    return times


def run(program):
    rows = json.loads(output(program, *OPTIONS))["benchmarks"]
    return {(row["run_name"], row.get("aggregate_name")): row for row in rows}


def versions():
    with open("bench/peers/package.json") as file:
        found = json.load(file)["dependencies"]
    for name, package in PACKAGES.items():
        found[name] = output("dpkg-query", "-W", "-f", "${source:Upstream-Version}", package).split("+")[0]
    return found


def machine():
    with open("/proc/cpuinfo") as file:
        models = [line.split(":")[1].strip() for line in file if line.startswith("model name")]
    commit = output("git", "describe", "--always", "--dirty").strip()
    return f"{models[0]}, {len(models)} cores, commit {commit}, {time.strftime('%F', time.gmtime())}"
