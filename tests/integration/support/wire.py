"""HTTP/1.1 as bytes over a socket: nothing is corrected, reordered or retried on the way."""

import json
import re
import socket

CRLF = b"\r\n"


class Response:
    def __init__(self, head: bytes, body: bytes):
        lines = head.decode("latin-1").split("\r\n")
        self.version, status, self.reason = (lines[0] + "  ").split(" ", 2)
        self.status = int(status)
        self.fields = [tuple(line.split(": ", 1)) for line in lines[1:]]
        self.body = body

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.fields if key.lower() == name.lower()]

    def one(self, name: str) -> str | None:
        values = self.all(name)
        assert len(values) <= 1, f"{name} stands {len(values)} times"
        return values[0] if values else None

    def json(self):
        assert self.one("Content-Type") == "application/json"
        return json.loads(self.body)

    def __repr__(self):
        return f"{self.status} {self.fields} {self.body!r}"


class Connection:
    def __init__(self, address, timeout: float = 10):
        if isinstance(address, str):
            self.socket = socket.socket(socket.AF_UNIX)
            self.socket.settimeout(timeout)
            self.socket.connect(address)
        else:
            self.socket = socket.create_connection(address, timeout)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data: bytes):
        self.socket.sendall(data)

    def _read_until(self, complete) -> None:
        while not complete():
            received = self.socket.recv(65536)
            if not received:
                raise ConnectionError(f"closed after {self.buffer!r}")
            self.buffer += received

    def take(self, size: int) -> bytes:
        """The next bytes, whatever they mean."""
        self._read_until(lambda: len(self.buffer) >= size)
        taken, self.buffer = self.buffer[:size], self.buffer[size:]
        return taken

    def receive(self, head: bool = False) -> Response:
        """The next response; `head` when its request was HEAD."""
        self._read_until(lambda: b"\r\n\r\n" in self.buffer)
        text, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        response = Response(text, b"")
        if head or response.status in (100, 101, 204, 304):
            return response
        length = int(response.one("Content-Length"))
        self._read_until(lambda: len(self.buffer) >= length)
        response.body, self.buffer = self.buffer[:length], self.buffer[length:]
        return response

    def ask(self, data: bytes) -> Response:
        self.send(data)
        return self.receive(head=data.startswith(b"HEAD "))

    def is_closed_by_peer(self) -> bool:
        """Waits for the end of the stream; nothing more may come."""
        try:
            return self.buffer == b"" and self.socket.recv(1) == b""
        except (TimeoutError, ConnectionResetError):
            return False


def ask(address, data: bytes) -> Response:
    with Connection(address) as connection:
        return connection.ask(data)


def request(method: str, target: str, *, fields=(), cookies=None, bearer=None, body=None, host="127.0.0.1") -> bytes:
    """A well-formed request. `body` is bytes, or what JSON is made of; `cookies` a dict, or pairs."""
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host}", *(f"{name}: {value}" for name, value in fields)]
    if cookies:
        pairs = cookies.items() if isinstance(cookies, dict) else cookies
        lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in pairs))
    if bearer is not None:
        lines.append(f"Authorization: Bearer {bearer}")
    if body is not None and not isinstance(body, bytes):
        body = json.dumps(body).encode()
        lines.append("Content-Type: application/json")
    if body is not None:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode("latin-1") + CRLF + CRLF + (body or b"")


def login(name: str, password: str, target: str = "/login") -> bytes:
    return request("POST", target, body={"username": name, "password": password})


def cookie_forms(response: Response) -> dict[tuple[str, str], dict[str, str]]:
    """Name and domain to attributes in lower case, the value under the empty name. No such pair may come twice."""
    forms = {}
    for line in response.all("Set-Cookie"):
        pair, *attributes = line.split("; ")
        name, value = pair.split("=", 1)
        split = (attribute.partition("=") for attribute in attributes)
        said = {"": value} | {key.lower(): text for key, _, text in split}
        form = (name, said.get("domain", ""))
        assert form not in forms, f"{form} is set twice"
        forms[form] = said
    return forms


def set_cookies(response: Response) -> dict[str, dict[str, str]]:
    """The same by name alone, which no other form may have."""
    forms = cookie_forms(response)
    names = [name for name, _ in forms]
    assert len(set(names)) == len(names), f"several forms of one name in {names}"
    return {name: said for (name, _), said in forms.items()}


def values(response: Response) -> dict[str, str]:
    """Name to value of the cookies that a response sets."""
    return {name: attributes[""] for name, attributes in set_cookies(response).items()}


TOKEN = re.compile(r"eyJ[A-Za-z0-9_-]{16,}")
