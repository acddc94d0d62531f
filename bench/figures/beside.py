"""jwtgate beside nginx and the tutorial's Flask application: in one run, in turn, so that only ratios count."""

import contextlib
import dataclasses
import os
import pathlib
import re
import resource
import socket
import statistics
import subprocess
import tempfile
import time

from figures import servers

ROUNDS = 5
CONNECTIONS = 64
PIPELINED = 16
IDLE = 10_000
UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0}


@dataclasses.dataclass
class Load:
    rate: float  # requests/s
    p99: float  # seconds
    cpu: float  # seconds of the server's processor a request


@dataclasses.dataclass
class Beside:
    loads: dict[str, list[Load]]  # of each round
    calls: float  # system calls a request
    idle: float  # bytes of resident memory of an idle connection

    def median(self, name, what):
        return statistics.median(getattr(load, what) for load in self.loads[name])

    def ratio(self, name, other, what):
        """The median of the rounds' own ratios."""
        pairs = zip(self.loads[name], self.loads[other], strict=True)
        return statistics.median(getattr(one, what) / getattr(two, what) for one, two in pairs)


def measure(seconds):
    with contextlib.ExitStack() as stack:
        folders = [stack.enter_context(tempfile.TemporaryDirectory()) for _ in range(3)]
        gate = stack.enter_context(servers.jwtgate(folders[0]))
        nginx = stack.enter_context(servers.nginx(folders[1], gate))
        flask = stack.enter_context(servers.tutorial(folders[2]))
        loads = {}
        for _ in range(ROUNDS):
            for name, server, path, pipelined in (
                ("nginx", nginx, "/auth", 1),
                ("auth", gate, "/auth", 1),
                ("nginx, 16 pipelined", nginx, "/auth", PIPELINED),
                ("auth, 16 pipelined", gate, "/auth", PIPELINED),
                ("Flask", flask, "/protected", 1),
                ("protected", gate, "/protected", 1),
            ):
                loads.setdefault(name, []).append(load(server, path, seconds, pipelined))
        return Beside(loads, calls(gate), idle(gate))


def wrk(server, path, seconds, pipelined=1):
    script = ("--script", "bench/load/pipelined.lua") if pipelined > 1 else ()
    command = ["taskset", "--cpu-list", "1", "wrk", "--latency", "--threads", "1", "--connections", str(CONNECTIONS)]
    cookie = f"Cookie: access_token_cookie={server.token}"
    command += ["--duration", f"{seconds}s", "--header", cookie, *script, server.address + path, "--", str(pipelined)]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(f"bench/report: {server.address}{path} failed under load\n{said}")
    return said


def load(server, path, seconds, pipelined):
    before = servers.processor_time(server.pid)
    said = wrk(server, path, seconds, pipelined)
    used = servers.processor_time(server.pid) - before
    count = int(re.search(r"(\d+) requests in", said)[1])
    rate = float(re.search(r"Requests/sec: +([\d.]+)", said)[1])
    p99, unit = re.search(r"99% +([\d.]+)(us|ms|s)", said).groups()
    return Load(rate, float(p99) * UNITS[unit], used / count)

def calls(server):
    """By strace, which slows the server down: what waits under it is more than usual."""
    with subprocess.Popen(["timeout", "2", "strace", "-f", "-c", "-p", str(server.pid)], stderr=subprocess.PIPE, text=True) as tracer:
        wrk(server, "/auth", 4)
        said = tracer.communicate()[1]
    count = {fields[-1]: int(fields[3]) for fields in map(str.split, said.splitlines()) if len(fields) >= 5 and fields[3].isdigit()}
    return sum(number for name, number in count.items() if name != "total") / count["sendto"]


def idle(server):
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(limit[1], IDLE + 1000), limit[1]))
    before = resident(server.pid)
    host, port = server.address.removeprefix("http://").split(":")
    with contextlib.ExitStack() as stack:
        clients = [stack.enter_context(socket.create_connection((host, int(port)))) for _ in range(IDLE - 100)]
        for client in clients:
            client.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        for client in clients:
            client.recv(4096)
        time.sleep(0.5)
        return (resident(server.pid) - before) / len(clients)


def resident(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) * 1024
