"""Bytes as they stand in an address: base64 for URLs, without padding, in one spelling only."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64


def spelled(raw: bytes) -> str:
    """What stands in the address."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


def read(token: str) -> bytes:
    """What a token stands for; nothing for what is none, or another spelling of one."""
    try:
        raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (NotBase64, ValueError):
        return b""
    return raw if spelled(raw) == token else b""
