"""From where a request comes: the network address, and whether it is our own page that asks."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from aiohttp import web

from bot.web.parts import PARTS

_ONE_HOUSEHOLD = 64
"""Bits of an IPv6 address that one line has for itself; the rest its owner makes up at will."""


def network_address(request: web.Request) -> str:
    """Where the visitor comes from, for limits only: an IPv4 address, or the /64 of an IPv6 one.

    `X-Forwarded-For` counts only where people come by https: we speak none ourselves, so the
    operator's proxy is then in front. The rightmost address that is not the proxy's own is the visitor's.
    """
    remote = request.remote or ""
    if not request.app[PARTS].behind_tls or not _within(remote):
        return line_of(remote)
    named = [part.strip() for part in ",".join(request.headers.getall("X-Forwarded-For", [])).split(",")]
    return line_of(next((part for part in reversed(named) if part and not _within(part)), remote))


def line_of(address: str) -> str:
    """The line that an address belongs to, which limits count by; what is no address stays as it is."""
    try:
        parsed = _parsed(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv4Address):
        return str(parsed)
    return str(ip_network((int(parsed), _ONE_HOUSEHOLD), strict=False))


def _parsed(address: str) -> IPv4Address | IPv6Address:
    """The address; an IPv4 one that is written as IPv6 is the IPv4 one. Raises ValueError."""
    parsed = ip_address(address)
    return parsed if isinstance(parsed, IPv4Address) else parsed.ipv4_mapped or parsed


def _within(address: str) -> bool:
    """One of the operator's own network; what is no address at all is nobody's."""
    try:
        return _parsed(address).is_private
    except ValueError:
        return True


def from_own_page(request: web.Request) -> bool:
    """Whether the page that asks is ours: a browser names the origin of every WebSocket and POST."""
    origin = request.headers.get("Origin", "")
    if origin == _origin_of(request.app[PARTS].public_url):
        return True
    return bool(origin) and urlsplit(origin).netloc == request.host


def _origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
