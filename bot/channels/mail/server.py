"""The mail server that the settings name, out of its address."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

_SUBMISSION, _OVER_TLS, _RELAY = 587, 465, 25
_OWN_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed in.

    `tls` from the first byte (`smtps://`); otherwise it is begun where the server offers it, and where a
    password is sent to another machine nothing goes without it.
    """

    host: str
    port: int
    tls: bool
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def needs_tls(self) -> bool:
        """Nothing is said to it in the clear."""
        return self.user is not None and self.host not in _OWN_MACHINE

    @classmethod
    def at(cls, url: str) -> "MailServer":
        """`smtp[s]://[user:password@]host[:port]`. Raises ValueError."""
        parts = urlsplit(url)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.port == 0:
            raise ValueError("no address of a mail server")
        tls, user = parts.scheme == "smtps", unquote(parts.username or "") or None
        usual = _OVER_TLS if tls else _SUBMISSION if user else _RELAY
        password = unquote(parts.password or "") if user else None
        return cls(parts.hostname, parts.port or usual, tls, user, password)
