"""What a service manager does for a service: it holds the listening sockets, and is told how the program does."""

import select
import socket
import sys
from pathlib import Path

# sd_listen_fds(3): descriptors from 3 on, and variables that name the process they are for. exec keeps its number.
HAND_OVER = """
import fcntl, os, sys
count = int(sys.argv[1])
held = [fcntl.fcntl(int(number), fcntl.F_DUPFD, 3 + count) for number in sys.argv[2 : 2 + count]]
for place, number in enumerate(held):
    os.dup2(number, 3 + place)
os.closerange(3 + count, 4096)
os.environ |= {"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": str(count)}
os.execv(sys.argv[2 + count], sys.argv[2 + count :])
"""


def listening(address: str | tuple = ("127.0.0.1", 0), backlog: int = 4096) -> socket.socket:
    """A socket as a .socket unit has it; a text is the path of a unix socket."""
    family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    held = socket.socket(family)
    held.bind(address)
    held.listen(backlog)
    return held


def handing_over(sockets) -> list[str]:
    """What stands before a command so that it is started with these, which it has to inherit."""
    numbers = [str(each.fileno()) for each in sockets]
    return [sys.executable, "-S", "-E", "-c", HAND_OVER, str(len(numbers)), *numbers] if numbers else []


class Manager:
    """Where services say how they do: sd_notify(3)."""

    def __init__(self, directory: Path):
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(directory / "notify"))
        self._socket.settimeout(20)
        self.variables = {"NOTIFY_SOCKET": self._socket.getsockname()}

    def next(self) -> dict[str, str]:
        """The next message, by name of the variable."""
        return dict(line.split("=", 1) for line in self._socket.recv(4096).decode().splitlines())

    def has_no_more(self) -> bool:
        """Whether nothing has been told beside what was read."""
        return not select.select([self._socket], [], [], 0)[0]

    def go_away(self) -> None:
        self._socket.close()
