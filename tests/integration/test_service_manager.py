"""What a service manager is told (sd_notify): ready, reloading, stopping, and signs of life."""

import time

import pytest
from support import program
from support.activation import Manager
from support.people import ALICE
from support.wire import request

GOOD = request("GET", "/healthz")
READY = {"READY": "1"}
STOPPING = {"STOPPING": "1"}
ALIVE = {"WATCHDOG": "1"}


@pytest.fixture
def manager(tmp_path):
    return Manager(tmp_path)


def test_it_is_ready_when_it_answers_and_stopping_when_it_drains(start, manager):
    server = start(variables=manager.variables)
    assert manager.next() == READY
    assert server.ask(GOOD).status == 200
    server.stop()
    assert manager.next() == STOPPING
    assert manager.has_no_more()


@pytest.mark.parametrize("is_good", [True, False])
def test_a_reload_is_told_when_it_begins_and_when_it_is_over(start, manager, is_good):
    server = start(variables=manager.variables)
    assert manager.next() == READY
    if not is_good:
        (server.directory / "keys.json").write_text("{")
    before = time.monotonic_ns() // 1000
    server.hang_up()
    told = manager.next()
    assert before <= int(told.pop("MONOTONIC_USEC")) <= time.monotonic_ns() // 1000
    assert told == {"RELOADING": "1"}
    assert manager.next() == READY
    assert ("keys reloaded" if is_good else "keys not reloaded") in server.log()


def test_a_start_that_fails_is_never_ready(tmp_path, manager):
    serve = ["serve", "--listen", "192.0.2.1:80", "--data-dir", tmp_path / "data"]
    assert program.run(*serve, variables=manager.variables).returncode == 1
    assert manager.has_no_more()


def test_signs_of_life_come_as_often_as_they_are_wanted(start, manager):
    """Each within the time, or a manager would end the server; the test's own limit is wider, for slow machines."""
    start("--threads", "4", variables=manager.variables | {"WATCHDOG_USEC": "100000"})
    assert manager.next() == READY
    assert [manager.next() for _ in range(10)] == [ALIVE] * 10


@pytest.mark.parametrize("process", ["1", "x"])
def test_no_signs_of_life_for_the_watchdog_of_another_process(start, manager, process):
    server = start(variables=manager.variables | {"WATCHDOG_USEC": "1000", "WATCHDOG_PID": process})
    assert server.ask(GOOD).status == 200
    server.stop()
    assert [manager.next(), manager.next()] == [READY, STOPPING]
    assert manager.has_no_more()


@pytest.mark.parametrize("socket", ["/none/notify", "@jwtgate-test-nobody", "vsock:2:1", "x", "/" + "x" * 107])
def test_a_manager_that_cannot_be_told_stops_nothing(start, socket):
    server = start(variables={"NOTIFY_SOCKET": socket, "WATCHDOG_USEC": "10000"})
    server.hang_up()
    assert program.wait_until(lambda: "keys reloaded" in server.log())
    assert server.ask(GOOD).status == 200
    assert server.log().count("the service manager cannot be told") == 1


def test_a_manager_that_went_away_stops_nothing(start, manager):
    server = start(variables=manager.variables | {"WATCHDOG_USEC": "10000"})
    assert manager.next() == READY
    manager.go_away()
    assert program.wait_until(lambda: "the service manager cannot be told" in server.log())
    assert server.tokens(*ALICE)
    server.stop()
