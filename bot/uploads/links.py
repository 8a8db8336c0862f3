"""Links to files: whoever holds one may fetch the file for a quarter of an hour, and nobody else ever.

A link carries the file's id and the instant it ends at (a real one), signed with a key made of the
operator's secret. There is no list of links: nothing to be kept, nothing to leak.
"""

import hmac
from datetime import timedelta
from hashlib import sha256

from bot import url_tokens
from bot.clock import real_now
from storage.types import from_microseconds, to_microseconds

PATH = "/files"
GOOD_FOR = timedelta(minutes=15)

_NUMBER_BYTES = 8
_SIGNED_BYTES = 2 * _NUMBER_BYTES


class FileLinks:
    """Makes links and reads them again. `public_url` is where people reach us, without a slash at its end."""

    def __init__(self, secret_key: str, public_url: str) -> None:
        self._key = hmac.digest(secret_key.encode(), b"file links", sha256)
        self._public_url = public_url

    def to(self, file_id: int, language: str) -> str:
        """An address of the file, good from now on for a quarter of an hour, with a page in a language."""
        signed = _bytes_of(file_id) + _bytes_of(to_microseconds(real_now() + GOOD_FOR))
        token = url_tokens.spelled(signed + self._sign(signed))
        return f"{self._public_url}{PATH}/{token}?lang={language}"

    def file_of(self, token: str) -> int | None:
        """The id of the file that a link is for; None for one that is forged or over."""
        raw = url_tokens.read(token)
        signed, signature = raw[:_SIGNED_BYTES], raw[_SIGNED_BYTES:]
        if not hmac.compare_digest(signature, self._sign(signed)) or len(signed) != _SIGNED_BYTES:
            return None
        ends_at = from_microseconds(int.from_bytes(signed[_NUMBER_BYTES:]))
        return int.from_bytes(signed[:_NUMBER_BYTES]) if real_now() < ends_at else None

    def _sign(self, signed: bytes) -> bytes:
        return hmac.digest(self._key, signed, sha256)


def _bytes_of(number: int) -> bytes:
    return number.to_bytes(_NUMBER_BYTES)
