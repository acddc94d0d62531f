"""Keeps cookies as a browser does (RFC 6265 section 5, with the name prefixes of RFC 6265bis)."""

import email.utils
import time
from dataclasses import dataclass, field

from . import wire


@dataclass
class Cookie:
    name: str
    value: str
    domain: str
    host_only: bool
    secure: bool
    http_only: bool
    expires: float | None


def _expiry(attributes: dict[str, str]) -> float | None:
    if "max-age" in attributes:
        return time.time() + int(attributes["max-age"])
    if "expires" in attributes:
        return email.utils.parsedate_to_datetime(attributes["expires"]).timestamp()
    return None


def _prefix_allows(name: str, attributes: dict[str, str]) -> bool:
    if name.startswith("__Host-"):
        return "secure" in attributes and "domain" not in attributes and attributes.get("path") == "/"
    return not name.startswith("__Secure-") or "secure" in attributes


def _matches_domain(host: str, domain: str) -> bool:
    return host == domain or host.endswith("." + domain)


@dataclass
class Browser:
    """One profile on one site. `address` is where the bytes go, `scheme` and `host` what the address bar says."""

    address: tuple | str
    scheme: str = "http"
    host: str = "127.0.0.1"
    base: str = ""  # where the proxy serves the login
    jar: dict[tuple[str, str], Cookie] = field(default_factory=dict)  # by name and Domain
    devices: dict[tuple[str, str], Cookie] = field(default_factory=dict)  # what is kept over a logout

    def store(self, name: str, attributes: dict[str, str]) -> None:
        domain = attributes.get("domain", "").lstrip(".").lower()
        if domain and not _matches_domain(self.host, domain):
            return
        if "secure" in attributes and self.scheme != "https":
            return
        if not _prefix_allows(name, attributes) or len(name) + len(attributes[""]) > 4096:
            return
        cookie = Cookie(
            name=name,
            value=attributes[""],
            domain=domain or self.host,
            host_only=not domain,
            secure="secure" in attributes,
            http_only="httponly" in attributes,
            expires=_expiry(attributes),
        )
        jar = self.devices if name.endswith("login_device") else self.jar
        if cookie.expires is not None and cookie.expires <= time.time():
            jar.pop((name, domain), None)
        else:
            jar[name, domain] = cookie

    def _all(self) -> list[Cookie]:
        return [*self.jar.values(), *self.devices.values()]

    def names(self) -> list[str]:
        return sorted(name for name, _ in self.jar)

    def _pairs(self, host: str, scheme: str) -> list[tuple[str, str]]:
        now = time.time()
        return [
            (cookie.name, cookie.value)
            for cookie in self._all()
            if (host == cookie.domain if cookie.host_only else _matches_domain(host, cookie.domain))
            and (scheme == "https" or not cookie.secure)
            and (cookie.expires is None or cookie.expires > now)
        ]

    def sends_to(self, host: str, scheme: str) -> dict[str, str]:
        """The cookies that a request to this host carries, one of each name."""
        return dict(self._pairs(host, scheme))

    def script_sees(self) -> dict[str, str]:
        """document.cookie"""
        return {cookie.name: cookie.value for cookie in self._all() if not cookie.http_only}

    def ask(self, method: str, target: str, **options) -> wire.Response:
        cookies = self._pairs(self.host, self.scheme)
        response = wire.ask(self.address, wire.request(method, target, cookies=cookies, host=self.host, **options))
        for (name, _), attributes in wire.cookie_forms(response).items():
            self.store(name, attributes)
        return response

    def get(self, target: str, **options) -> wire.Response:
        return self.ask("GET", target, **options)

    def post(self, target: str, csrf: str | None = None, **options) -> wire.Response:
        """`csrf` names the readable cookie whose value goes into X-CSRF-TOKEN, without its prefix."""
        fields = list(options.pop("fields", ()))
        if csrf is not None:
            fields.append(("X-CSRF-TOKEN", self.value(csrf)))
        return self.ask("POST", target, fields=fields, **options)

    def value(self, name: str) -> str:
        """Of the cookie of this name, whatever prefix it carries."""
        for cookie in self._all():
            if cookie.name in (name, "__Host-" + name, "__Secure-" + name):
                return cookie.value
        raise KeyError(name)

    def login(self, name: str, password: str) -> wire.Response:
        response = self.post(self.base + "/login", body={"username": name, "password": password})
        assert response.status == 200, response
        return response
