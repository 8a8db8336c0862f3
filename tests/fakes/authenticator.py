"""An app that makes one-time codes, with the secret that it has read."""

from datetime import datetime

import pyotp


class Authenticator:
    """Shows what any such app shows."""

    def __init__(self, secret: str) -> None:
        self._totp = pyotp.TOTP("".join(secret.split()))

    def shows(self, at: datetime) -> str:
        """Six digits."""
        return self._totp.at(at)
