"""The one way out of Gateline: which hosts may be called, and which addresses never.

Lives here: the allow-list of the deployment (`OUTBOUND_HOSTS`), the address rule, the total
deadline, and the `httpx` transport that enforces all three at connect. Knows no app and no model.
Does not live here: what is said to the other side (see `initiatives/jira/client.py`).

An entry of the allow-list is `host`, `host:port` or `host=network`, for example
`site.atlassian.net`, `*.atlassian.net`, `127.0.0.1:8081`, `jira.example.com=10.4.0.0/16`.
A host on a private network must name that network; plain http is spoken to such hosts only.
"""

import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx
from django.conf import settings

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# `is_global` of Python 3.11 knows neither the translation prefixes nor the newer documentation net.
NOT_PUBLIC: tuple[Network, ...] = tuple(
    ip_network(text)
    for text in (
        "2002::/16",
        "192.88.99.0/24",
        "192.0.0.0/24",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "3fff::/20",
    )
)
# Never, whatever the allow-list says: link-local nets and the metadata services of the big clouds.
NEVER: tuple[Network, ...] = tuple(
    ip_network(text)
    for text in (
        "169.254.0.0/16",
        "fe80::/10",
        "fd00:ec2::254/128",
        "100.100.100.200/32",
        "192.0.0.192/32",
        "0.0.0.0/8",
        "::/128",
    )
)


class NotAllowedOut(Exception):
    """The address may not be called. The text is a whole sentence for a person."""


@dataclass(frozen=True)
class Allowed:
    """One entry of the allow-list. `network` is None when only public addresses will do."""

    host: str
    port: int | None = None
    network: Network | None = None

    def covers(self, host: str, port: int) -> bool:
        if self.port is not None and self.port != port:
            return False
        if self.host.startswith("*."):
            return host.endswith(self.host[1:]) and host.count(".") == self.host.count(".")
        return host == self.host


def parse_allowed(entries: Iterable[str]) -> tuple[Allowed, ...]:
    """Read allow-list entries. Raises ValueError for one that cannot be read."""
    return tuple(_parse_one(entry.strip()) for entry in entries if entry.strip())


def _parse_one(entry: str) -> Allowed:
    name, _, net = entry.partition("=")
    host, port = _split_port(name)
    network = ip_network(net) if net else _own_network(host)
    return Allowed(host=host, port=port, network=network)


def _split_port(name: str) -> tuple[str, int | None]:
    parts = urlsplit(f"//{name}")
    if not parts.hostname:
        message = f"“{name}” in OUTBOUND_HOSTS names no host."
        raise ValueError(message)
    return parts.hostname.lower(), parts.port


def _own_network(host: str) -> Network | None:
    """A literal address names its own network; so does `localhost`."""
    if host == "localhost":
        return ip_network("127.0.0.0/8")
    try:
        return ip_network(host)
    except ValueError:
        return None


def is_public(address: Address) -> bool:
    """True for an address on the open internet that is no tunnel, relay or multicast group."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return is_public(address.ipv4_mapped)
    site_local = isinstance(address, IPv6Address) and address.is_site_local
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not site_local
        and not _within(address, NOT_PUBLIC)
        and not _within(address, NEVER)
    )


def _within(address: Address, networks: Iterable[Network]) -> bool:
    return any(address.version == net.version and address in net for net in networks)


def may_connect(address: Address, network: Network | None) -> bool:
    """The address rule: public, or inside the named network; never link-local or metadata."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if _within(address, NEVER) or address.is_multicast:
        return False
    if network is not None and _within(address, (network,)):
        return True
    return is_public(address)


def deployment_allowed() -> tuple[Allowed, ...]:
    """The allow-list this deployment was started with."""
    return parse_allowed(settings.OUTBOUND_HOSTS)


def entry_for(url: str, allowed: Iterable[Allowed]) -> Allowed:
    """The entry that lets this URL out. Raises `NotAllowedOut` with the sentence to show."""
    host, port, scheme = _host_port_scheme(url)
    found = [entry for entry in allowed if entry.covers(host, port)]
    if not found:
        message = (
            f"This deployment does not allow connections to {host}:{port}. "
            "Whoever runs it can add the host to GATELINE_OUTBOUND_HOSTS."
        )
        raise NotAllowedOut(message)
    entry = _widest(found)
    if scheme == "http" and entry.network is None:
        message = f"{host} must be called over https."
        raise NotAllowedOut(message)
    return entry


def _widest(found: list[Allowed]) -> Allowed:
    """The entry that names a network, when several cover one host."""
    return max(found, key=lambda each: (each.network is not None, each.port is not None))


def _host_port_scheme(url: str) -> tuple[str, int, str]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        message = "This is not a web address."
        raise NotAllowedOut(message) from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        message = "A web address starts with https:// and names a host."
        raise NotAllowedOut(message)
    if parts.username is not None or parts.password is not None:
        message = "A web address must not carry a name or password."
        raise NotAllowedOut(message)
    return parts.hostname.lower(), port or (443 if parts.scheme == "https" else 80), parts.scheme


def resolve(host: str, port: int, network: Network | None) -> list[str]:
    """Every address of the host, all of them checked. One refused address refuses the host."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        message = f"The name {host} could not be resolved."
        raise httpcore.ConnectError(message) from error
    texts = list(dict.fromkeys(str(info[4][0]).split("%")[0] for info in found))
    if not texts or not all(may_connect(ip_address(text), network) for text in texts):
        message = f"{host} leads to an address this deployment never connects to."
        raise NotAllowedOut(message)
    return texts


_deadline: ContextVar[float | None] = ContextVar("outbound_deadline", default=None)


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Everything sent and read inside ends after `seconds`, however slowly bytes drip."""
    token = _deadline.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(token)


def _left(timeout: float | None, error: type[Exception]) -> float | None:
    end = _deadline.get()
    if end is None:
        return timeout
    left = end - time.monotonic()
    if left <= 0:
        message = "The total deadline passed."
        raise error(message)
    return left if timeout is None else min(timeout, left)


class DeadlineStream(httpcore.NetworkStream):
    """A connection whose every read and write also respects the total deadline."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self.inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.inner.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, _left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        return DeadlineStream(self.inner.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)


class GuardedBackend(httpcore.SyncBackend):
    """Opens a socket only to an address that was just checked: no second look-up can differ."""

    def __init__(self, allowed: tuple[Allowed, ...]) -> None:
        self.allowed = allowed

    def connect_tcp(
        self, host: str, port: int, *args: Any, **kwargs: Any
    ) -> httpcore.NetworkStream:
        # https or http was judged with the URL; here only host, port and address count.
        found = [each for each in self.allowed if each.covers(host.lower(), port)]
        if not found:
            message = f"This deployment does not allow connections to {host}:{port}."
            raise NotAllowedOut(message)
        address = resolve(host, port, _widest(found).network)[0]
        return DeadlineStream(super().connect_tcp(address, port, *args, **kwargs))


class GuardedTransport(httpx.HTTPTransport):
    """`httpx` over the guarded sockets: no proxy from the environment, no retries, no HTTP/2."""

    def __init__(self, allowed: tuple[Allowed, ...]) -> None:
        super().__init__(trust_env=False)
        self.allowed = allowed
        # httpx has no public place for a network backend; a test pins that this one is used.
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=4,
            max_keepalive_connections=4,
            keepalive_expiry=5.0,
            network_backend=GuardedBackend(allowed),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        entry_for(str(request.url), self.allowed)
        return super().handle_request(request)


def client(allowed: tuple[Allowed, ...] | None = None, **options: Any) -> httpx.Client:
    """An `httpx.Client` that can reach the deployment's allow-list and nothing else."""
    options.setdefault("timeout", httpx.Timeout(10.0, connect=5.0, pool=5.0))
    guarded = GuardedTransport(deployment_allowed() if allowed is None else allowed)
    return httpx.Client(transport=guarded, follow_redirects=False, trust_env=False, **options)
