"""What the link at a letter's foot carries: whose letters it ends, signed for the address they went to.

It is good for as long as that address is the parent's: whoever reads a mailbox that is the parent's no more
ends nothing.
"""

import hmac
from hashlib import sha256

from bot import url_tokens
from storage.keyring import Keyring

PATH = "/mail/off"

_VERSION = b"\1"
_ID_BYTES = 8
_SIGNED_BYTES = len(_VERSION) + _ID_BYTES
_SIGNATURE_BYTES = 16


class LetterLinks:
    """Makes the links and reads them. `public_url` is where people reach us, without a slash at its end."""

    def __init__(self, secret_key: str, public_url: str) -> None:
        keys = Keyring.from_secret(secret_key).keys
        self._keys = [hmac.digest(key.secret, b"kezek end of letters 1", sha256) for key in keys]
        self._public_url = public_url

    def chat(self, language: str) -> str:
        """Where whoever reads a letter can talk to us."""
        return f"{self._public_url}/chat/?lang={language}"

    def to(self, parent_id: int, address: str, language: str) -> str:
        """The address at which the letters of a parent to this mailbox end."""
        signed = _VERSION + parent_id.to_bytes(_ID_BYTES)
        token = url_tokens.spelled(signed + _signature(self._keys[0], signed, address))
        return f"{self._public_url}{PATH}/{token}?lang={language}"

    def parent_in(self, token: str) -> int | None:
        """Whose letters a token is said to end; believe it only if it `fits`."""
        raw = url_tokens.read(token)
        if len(raw) != _SIGNED_BYTES + _SIGNATURE_BYTES or raw[: len(_VERSION)] != _VERSION:
            return None
        return int.from_bytes(raw[len(_VERSION) : _SIGNED_BYTES])

    def fits(self, token: str, address: str) -> bool:
        """Whether it is a token of ours for letters to this address."""
        raw = url_tokens.read(token)
        signed, signature = raw[:_SIGNED_BYTES], raw[_SIGNED_BYTES:]
        # Every key is tried, so that how long it takes tells nothing.
        good = [hmac.compare_digest(signature, _signature(key, signed, address)) for key in self._keys]
        return any(good)


def _signature(key: bytes, signed: bytes, address: str) -> bytes:
    return hmac.digest(key, signed + address.encode(), sha256)[:_SIGNATURE_BYTES]
