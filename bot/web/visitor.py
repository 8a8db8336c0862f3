"""From where a request comes: the network address, and whether it is our own page that asks."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import web

from bot.web.parts import PARTS


def network_address(request: web.Request) -> str:
    """The visitor's IP address, for limits only.

    `X-Forwarded-For` counts only where people come by https: we speak none ourselves, so the
    operator's proxy is then in front. The rightmost address that is not the proxy's own is the visitor's.
    """
    remote = request.remote or ""
    if not request.app[PARTS].behind_tls or not _within(remote):
        return remote
    named = [part.strip() for part in ",".join(request.headers.getall("X-Forwarded-For", [])).split(",")]
    return next((part for part in reversed(named) if part and not _within(part)), remote)


def _within(address: str) -> bool:
    """One of the operator's own network; what is no address at all is nobody's."""
    try:
        return ip_address(address).is_private
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
