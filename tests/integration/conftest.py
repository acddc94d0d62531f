import os

import pytest

from support import program
from support.browser import Browser
from support.nginx import Application, Nginx, free_port, site_file
from support.people import ALICE, BOB
from support.program import Server


def pytest_configure():
    if not os.access(program.BINARY, os.X_OK):
        pytest.exit("JWTGATE_BINARY has to name the program under test", returncode=2)


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    """A data directory of this module's own, that is not there yet."""
    return tmp_path_factory.mktemp("jwtgate") / "data"


@pytest.fixture(scope="module")
def server(data_dir):
    """A server for all tests of a module, with the users alice (roles staff, admin) and bob (none)."""
    with Server(data_dir, "--log-level", "debug") as running:
        running.add_user(*ALICE, "staff", "admin")
        running.add_user(*BOB)
        yield running


@pytest.fixture
def start(tmp_path):
    """Starts servers for one test: start(*options), always on the same data directory, with the user alice."""
    running = []

    def start_server(*options, **how):
        directory = tmp_path / "data"
        is_new = not directory.exists()
        running.append(Server(directory, *options, **how))
        if is_new:
            running[-1].add_user(*ALICE, "staff", "admin")
        return running[-1]

    yield start_server
    for one in running:
        if one.process.poll() is None:
            one.stop()


@pytest.fixture
def alice(server):
    """A browser in which alice is logged in."""
    browser = server.browser()
    browser.login(*ALICE)
    return browser


@pytest.fixture(scope="module")
def application():
    """The application behind nginx."""
    running = Application()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The folder that nginx guards."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "report.txt").write_text("quarterly figures")
    return folder


@pytest.fixture(scope="module")
def nginx(server, application, files, tmp_path_factory):
    """nginx with the example site before the server, for all tests of a module."""
    port = free_port()
    site = site_file(port, application, files)
    running = Nginx(tmp_path_factory.mktemp("nginx"), port, site, server.address)
    yield running
    running.stop()


@pytest.fixture
def browser(nginx):
    """alice, logged in through nginx."""
    logged_in = Browser(nginx.address, base="/jwtgate")
    logged_in.login(*ALICE)
    return logged_in
