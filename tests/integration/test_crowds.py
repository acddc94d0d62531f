"""Loads that have to leave others alone, and a process that is afterwards where it was."""

import resource
import selectors
import socket
import struct
import threading
from collections import Counter
from contextlib import closing, contextmanager, suppress

import pytest
from support.clocks import sanitizer
from support.load import Client, goes_on, load_of, outcomes_of
from support.people import ALICE
from support.program import wait_until
from support.wire import login, request

GOOD = request("GET", "/healthz")
DRIPPED = b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: " + b"x" * 1000
CHEAP = ("--max-sessions", "100000", "--argon2-memory", "8KiB", "--argon2-passes", "1")
OWN = 500  # descriptors of the test itself


@pytest.fixture(autouse=True)
def many_descriptors():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def connected(address) -> socket.socket:
    """Its end is a reset, so that many leave no port waiting behind them."""
    made = socket.create_connection(address, 20)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return made


def normal_clients(address) -> list[Client]:
    return [Client(address, [GOOD], keeps) for keeps in (True, False)]


@contextmanager
def dripping(sockets):
    """A byte for each every 100 ms, for as long as it is taken. Yields what each has got before its end."""
    got = {each: b"" for each in sockets}
    thread = threading.Thread(target=drip, args=[got])
    thread.start()
    yield got
    thread.join()


def drip(got: dict[socket.socket, bytes]) -> None:
    with selectors.DefaultSelector() as selector:
        for each in got:
            each.setblocking(False)
            selector.register(each, selectors.EVENT_READ)
        for place in range(len(DRIPPED)):
            for each in [key.fileobj for key in selector.get_map().values()]:
                each.send(DRIPPED[place : place + 1])
            if not receive_all(selector, got):
                return


def receive_all(selector, got) -> bool:
    """Whether some are left."""
    for key, _ in selector.select(0.1):
        received = key.fileobj.recv(4096)
        got[key.fileobj] += received
        if not received:
            selector.unregister(key.fileobj)
    return bool(selector.get_map())


def test_slow_senders_leave_others_alone_and_run_out_of_time(start):
    server = start("--threads", "2", "--header-timeout", "1s")
    assert server.ask(GOOD).status == 200
    before = server.descriptors()
    clients = normal_clients(server.address)
    slow = [connected(server.address) for _ in range(500)]
    with load_of(clients), dripping(slow) as got:
        assert goes_on(clients)
    assert outcomes_of(clients).keys() == {"GET 200"}
    assert Counter(text.split(b"\r\n")[0] for text in got.values()) == {b"HTTP/1.1 408 Request Timeout": 500}
    for each in slow:
        each.close()
    assert wait_until(lambda: server.descriptors() <= before), (before, server.descriptors())


def test_idle_connections_leave_others_alone(start):
    count = min(10_000, resource.getrlimit(resource.RLIMIT_NOFILE)[1] - OWN)
    server = start("--threads", "2", "--idle-timeout", "1h")
    before = server.descriptors()
    idle = [connected(server.address) for _ in range(count)]
    for each in idle:
        each.sendall(GOOD)
    assert {each.recv(4096)[:15] for each in idle} == {b"HTTP/1.1 200 OK"}
    assert server.descriptors() >= count
    clients = normal_clients(server.address)
    with load_of(clients):
        for _ in range(20):
            assert goes_on(clients)
    assert outcomes_of(clients).keys() == {"GET 200"}
    idle[0].sendall(GOOD)
    assert idle[0].recv(4096)[:15] == b"HTTP/1.1 200 OK"
    for each in idle:
        each.close()
    assert wait_until(lambda: server.descriptors() <= before, 20), (before, server.descriptors())


def test_without_descriptors_whoever_comes_waits_for_those_who_go(start):
    server = start("--threads", "1")
    assert server.ask(GOOD).status == 200
    allowed = server.descriptors() + 5
    resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (allowed, allowed))
    crowd = [server.connect() for _ in range(20)]
    assert wait_until(lambda: "cannot accept" in server.log())
    with server.connect() as waiting:
        waiting.send(GOOD)
        assert [each.ask(GOOD).status for each in crowd[:5]] == [200] * 5
        for each in crowd:
            each.socket.close()
        assert waiting.receive().status == 200
    assert server.log().count("cannot accept") == 1


def test_several_addresses_are_served_at_once(start, tmp_path):
    path = str(tmp_path / "s")
    server = start("--listen", "127.0.0.1:0", "--listen", f"unix:{path}", "--listen-mode", "0600")
    addresses = [server.address, server.read_address(), server.read_address()]
    assert addresses[2] == path and addresses[0] != addresses[1]
    assert (tmp_path / "s").stat().st_mode & 0o777 == 0o600
    clients = [client for address in addresses for client in normal_clients(address)]
    with load_of(clients):
        assert goes_on(clients)
    assert outcomes_of(clients).keys() == {"GET 200"}
    server.stop()
    assert not (tmp_path / "s").exists()


def test_a_client_over_ipv6_is_shown_by_its_address(start):
    if not has_ipv6():
        pytest.skip("this machine has no ::1")
    server = start(listen="[::1]:0")
    assert server.address[0] == "::1"
    token = server.tokens(*ALICE)["access_token"]
    (session,) = server.ask(request("GET", "/sessions", bearer=token)).json()["sessions"]
    assert session["address"] == "::1"


def has_ipv6() -> bool:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


BAD = [b"\x16\x03\x01\x02", b"GET / HTTP/1.1\r\n\r\n", b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n"]
HALVES = [b"", b"GET / HT", login(*ALICE)[:-5]]


def mixed_load(address) -> None:
    """Good and bad requests, half ones that end politely, by a reset or by their time, and floods that nobody reads."""
    with load_of([Client(address, [GOOD, login(*ALICE)], keeps) for keeps in (True, False)]):
        for bad in BAD * 20:
            with closing(connected(address)) as one:
                one.sendall(bad)
                assert one.recv(4096).startswith(b"HTTP/1.1 4")
        for half in HALVES * 20:
            with closing(connected(address)) as reset, closing(socket.create_connection(address)) as ended:
                reset.sendall(half)
                ended.sendall(half)
        late = [connected(address) for _ in HALVES]
        for each, half in zip(late, HALVES):
            each.sendall(half)
        floods = [connected(address) for _ in range(10)]
        for each in floods:
            each.setblocking(False)
            with suppress(BlockingIOError):
                for _ in range(100):
                    each.send(GOOD * 1000)
        for each in late:
            while each.recv(4096):
                continue
        for each in [*late, *floods]:
            each.close()


def test_a_mixed_load_leaves_the_process_where_it_was(start):
    server = start("--threads", "2", "--header-timeout", "300ms", "--body-timeout", "300ms", *CHEAP)
    descriptors, threads = server.descriptors(), server.threads()
    mixed_load(server.address)
    memory = server.memory()
    for _ in range(5):
        mixed_load(server.address)
    assert wait_until(lambda: server.descriptors() <= descriptors)
    assert wait_until(lambda: server.threads() <= threads)
    assert server.ask(GOOD).status == 200
    if not (sanitizer("libasan") or sanitizer("libtsan")):  # these keep what was freed
        assert server.memory() < memory + 8 * 1024 * 1024
