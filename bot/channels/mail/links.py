"""What the link at a letter's foot carries: whose letters it ends, signed for the address they went to.

It is good for as long as that address is the parent's: whoever reads a mailbox that is the parent's no more
ends nothing.
"""

from bot.signed_numbers import SignedNumbers

PATH = "/mail/off"


class LetterLinks:
    """Makes the links and reads them. `public_url` is where people reach us, without a slash at its end."""

    def __init__(self, secret_key: str, public_url: str) -> None:
        self._parents = SignedNumbers(secret_key, b"kezek end of letters 1")
        self._public_url = public_url

    def chat(self, language: str) -> str:
        """Where whoever reads a letter can talk to us."""
        return f"{self._public_url}/chat/?lang={language}"

    def to(self, parent_id: int, address: str, language: str) -> str:
        """The address at which the letters of a parent to this mailbox end."""
        token = self._parents.token(parent_id, address.encode())
        return f"{self._public_url}{PATH}/{token}?lang={language}"

    def parent_in(self, token: str) -> int | None:
        """Whose letters a token is said to end; believe it only if it `fits`."""
        return self._parents.said_in(token)

    def fits(self, token: str, address: str) -> bool:
        """Whether it is a token of ours for letters to this address."""
        return self._parents.fits(token, address.encode())
