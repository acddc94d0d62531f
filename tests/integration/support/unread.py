"""Descriptors that take nothing more, since nobody reads their other end."""

import os
import socket
import threading
import tty


def _fill(descriptor: int) -> None:
    os.set_blocking(descriptor, False)
    try:
        while True:
            os.write(descriptor, b"." * 1024)
    except BlockingIOError:
        os.set_blocking(descriptor, True)


class Unread:
    """`writer` is full, until somebody reads `reader`."""

    def __init__(self, reader: int, writer: int):
        self.reader, self.writer = reader, writer
        _fill(writer)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self.reader)
        os.close(self.writer)

    def read_all(self) -> "Reading":
        return Reading(self.reader)


class Reading:
    """Reads in the background, until every writer has gone."""

    def __init__(self, descriptor: int):
        self._text = bytearray()
        self._descriptor = descriptor
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while received := os.read(self._descriptor, 65536):
            self._text += received

    @property
    def text(self) -> str:
        """What has come behind the filling."""
        return self._text.decode().lstrip(".")


def pipe() -> Unread:
    return Unread(*os.pipe())


def terminal() -> Unread:
    """As behind Ctrl-S."""
    controller, terminal_ = os.openpty()
    tty.setraw(terminal_)
    return Unread(controller, terminal_)


def stream() -> Unread:
    """As the journal's."""
    ours, theirs = socket.socketpair()
    return Unread(ours.detach(), theirs.detach())
