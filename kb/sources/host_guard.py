"""Which hosts may be asked: public ones, and private ones only where the reader named them."""

import ipaddress
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from kb.errors import ItemFailedError
from kb.models.base import Value


class ForbiddenAddressError(ItemFailedError):
    """A URL, or something it redirects to, points where requests must not go."""


class Guard(Value):
    """Decides about every address right before a connection is made, after its name was resolved."""

    allow_private: bool = False
    """Also loopback, link-local and private addresses: ``--allow-private``."""
    named: frozenset[str] = frozenset()
    """Hosts that the reader set, such as that of ``KB_ARXIV_URL``; they may be private."""
    only: frozenset[str] = frozenset()
    """Hosts, with all hosts below them, that redirects may lead to; empty for any public host."""

    @classmethod
    def around(cls, url: str, *friends: str) -> "Guard":
        """A guard that lets requests go to the host of one URL that the reader set, and to its named friends, only."""
        host = (urlsplit(url).hostname or "").lower()
        return cls(named=frozenset({host}), only=frozenset({host, *friends}))

    def check_url(self, url: str) -> str:
        """The host of a URL that may be asked; raises ForbiddenAddressError for another scheme or host."""
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        if parts.scheme not in ("http", "https") or not host:
            raise ForbiddenAddressError(f"{url} is not fetched", "only http and https addresses are", "")
        if self.only and not any(host == known or host.endswith(f".{known}") for known in self.only):
            raise ForbiddenAddressError(
                f"the server sends the request on to another host, {host}",
                f"only {', '.join(sorted(self.only))} may answer here",
                "open the address in a browser to see what it wants; then try again",
            )
        return host

    def addresses(self, host: str, port: int) -> tuple[str, ...]:
        """The numeric addresses of a host; raises ForbiddenAddressError where any of them is not public."""
        found = dict.fromkeys(str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        if not self.allow_private and host.lower() not in self.named:
            _refuse_private(host, found)
        return tuple(found)


def _refuse_private(host: str, addresses: Iterable[str]) -> None:
    """Raise where one of the addresses is on this machine or in a private network."""
    private = [address for address in addresses if not is_public(address)]
    if private:
        raise ForbiddenAddressError(
            f"{host} is not fetched",
            f"its address {private[0]} is on this machine or in a private network",
            "add --allow-private if you trust this address",
        )


def is_public(address: str) -> bool:
    """Whether a numeric address is on the public internet, also when it is an IPv4 address inside an IPv6 one."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo[1] if parsed.teredo else None)
        if inner is None and parsed in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return parsed.is_global and not parsed.is_multicast
