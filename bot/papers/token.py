"""What a referral's QR code carries: its number, signed, so that nobody can walk through the numbers.

It is good for as long as the paper is: signed with the newest key of the operator's secret, it is still
read with the older ones. Whether the referral is valid is asked of the database, never of the token.
"""

import hmac
from hashlib import sha256

from bot import url_tokens
from storage.keyring import Keyring

PATH = "/check/referral"
CALENDAR = ".ics"
"""Behind the token: the same for a calendar."""

_VERSION = b"\1"
_NUMBER_BYTES = 8
_SIGNED_BYTES = len(_VERSION) + _NUMBER_BYTES
_SIGNATURE_BYTES = 16
"""Half of an HMAC-SHA-256: what nobody guesses still fits into a QR code that a poor camera reads."""


class ReferralLinks:
    """Makes links and reads them again. `public_url` is where people reach us, without a slash at its end."""

    def __init__(self, secret_key: str, public_url: str) -> None:
        keys = Keyring.from_secret(secret_key).keys
        self._keys = [hmac.digest(key.secret, b"kezek referral check 1", sha256) for key in keys]
        self._public_url = public_url

    def to(self, number: int) -> str:
        """The address of the page that tells whether a referral is valid."""
        return f"{self._public_url}{PATH}/{self.token(number)}"

    def calendar(self, number: int, language: str) -> str:
        """The address of the file that puts its last day into a calendar."""
        return f"{self.to(number)}{CALENDAR}?lang={language}"

    def token(self, number: int) -> str:
        """What stands at the end of that address."""
        signed = _VERSION + number.to_bytes(_NUMBER_BYTES)
        return url_tokens.spelled(signed + _signature(self._keys[0], signed))

    def number_of(self, scanned: str) -> int | None:
        """The referral's number out of a token, or out of a whole link as a scanner reads it.

        None for what is forged, cut off, of another key or of another version.
        """
        raw = url_tokens.read(_token_in(scanned))
        signed, signature = raw[:_SIGNED_BYTES], raw[_SIGNED_BYTES:]
        # Every key is tried, so that how long it takes tells nothing.
        good = [hmac.compare_digest(signature, _signature(key, signed)) for key in self._keys]
        if not any(good) or len(signed) != _SIGNED_BYTES or signed[: len(_VERSION)] != _VERSION:
            return None
        return int.from_bytes(signed[len(_VERSION) :])


def _signature(key: bytes, signed: bytes) -> bytes:
    return hmac.digest(key, signed, sha256)[:_SIGNATURE_BYTES]


def _token_in(scanned: str) -> str:
    """Whatever stands before is the address under which we were reached once, and proves nothing."""
    path = scanned.strip().partition("?")[0].partition("#")[0]
    before, found, token = path.rpartition(PATH + "/")
    return token if found else path if "/" not in before + token else ""
