"""What a referral's QR code carries: its number, signed, so that nobody can walk through the numbers.

Whether the referral is valid is asked of the database, never of the token.
"""

from bot.signed_numbers import SignedNumbers

PATH = "/check/referral"
CALENDAR = ".ics"
"""Behind the token: the same for a calendar."""


class ReferralLinks:
    """Makes links and reads them again. `public_url` is where people reach us, without a slash at its end."""

    def __init__(self, secret_key: str, public_url: str) -> None:
        self._numbers = SignedNumbers(secret_key, b"kezek referral check 1")
        self._public_url = public_url

    def to(self, number: int) -> str:
        """The address of the page that tells whether a referral is valid."""
        return f"{self._public_url}{PATH}/{self.token(number)}"

    def calendar(self, number: int, language: str) -> str:
        """The address of the file that puts its last day into a calendar."""
        return f"{self.to(number)}{CALENDAR}?lang={language}"

    def token(self, number: int) -> str:
        """What stands at the end of that address."""
        return self._numbers.token(number)

    def number_of(self, scanned: str) -> int | None:
        """The referral's number out of a token, or out of a whole link as a scanner reads it.

        None for what is forged, cut off, of another key or of another version.
        """
        token = _token_in(scanned)
        return self._numbers.said_in(token) if self._numbers.fits(token) else None


def _token_in(scanned: str) -> str:
    """Whatever stands before is the address under which we were reached once, and proves nothing."""
    path = scanned.strip().partition("?")[0].partition("#")[0]
    before, found, token = path.rpartition(PATH + "/")
    return token if found else path if "/" not in before + token else ""
