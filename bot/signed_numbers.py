"""Numbers as they stand in links that are printed or sent: signed, so that nobody can walk through them.

They are good for as long as the paper is: signed with the newest key of the operator's secret, they are still
read with the older ones.
"""

import hmac
from hashlib import sha256

from bot import url_tokens
from storage.keyring import Keyring

_VERSION = b"\1"
_NUMBER_BYTES = 8
_SIGNED_BYTES = len(_VERSION) + _NUMBER_BYTES
_SIGNATURE_BYTES = 16
"""Half of an HMAC-SHA-256: what nobody guesses still fits into a QR code that a poor camera reads."""


class SignedNumbers:
    """Makes tokens and reads them. One for a `purpose` is none for another.

    `beside` is signed with the number and does not stand in the token.
    """

    def __init__(self, secret_key: str, purpose: bytes) -> None:
        keys = Keyring.from_secret(secret_key).keys
        self._keys = [hmac.digest(key.secret, purpose, sha256) for key in keys]

    def token(self, number: int, beside: bytes = b"") -> str:
        """What stands in an address."""
        signed = _VERSION + number.to_bytes(_NUMBER_BYTES)
        return url_tokens.spelled(signed + _signature(self._keys[0], signed + beside))

    def said_in(self, token: str) -> int | None:
        """The number that a token is said to have; believe it only if it `fits`."""
        raw = url_tokens.read(token)
        if len(raw) != _SIGNED_BYTES + _SIGNATURE_BYTES or raw[: len(_VERSION)] != _VERSION:
            return None
        return int.from_bytes(raw[len(_VERSION) : _SIGNED_BYTES])

    def fits(self, token: str, beside: bytes = b"") -> bool:
        """Whether it is a token of ours, of this version, and for what stands beside it."""
        raw = url_tokens.read(token)
        signed, signature = raw[:_SIGNED_BYTES], raw[_SIGNED_BYTES:]
        # Every key is tried, so that how long it takes tells nothing.
        good = [hmac.compare_digest(signature, _signature(key, signed + beside)) for key in self._keys]
        return any(good) and self.said_in(token) is not None


def _signature(key: bytes, signed: bytes) -> bytes:
    return hmac.digest(key, signed, sha256)[:_SIGNATURE_BYTES]
