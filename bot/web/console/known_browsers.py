"""Browsers in which somebody of the staff has signed in before: strangers can't lock those out.

The mark in the cookie is good for one login and for its present password. It lets nobody in.
"""

import hmac
import secrets
from datetime import timedelta
from hashlib import sha256

from aiohttp import web

from storage.staff_logins import StoredLogin

COOKIE, PATH = "kezek_console_known", "/console"
KEPT = timedelta(days=90)
MOST = 4
"""Logins that share a browser: a kindergarten has one computer."""
_BETWEEN, _LONGEST = "~", 500


class KnownBrowsers:
    """Makes and reads the cookie. `secure` when people come by https."""

    def __init__(self, secret_key: str, *, secure: bool) -> None:
        self._key = hmac.digest(secret_key.encode(), b"console known browser", sha256)
        self._secure = secure

    def mark_of(self, request: web.Request, stored: StoredLogin | None) -> str | None:
        """The browser's mark for this login, if it has one. For nobody's login it looks as long."""
        found = None
        for mark in _marks(request):
            name, _, _ = mark.partition(".")
            if hmac.compare_digest(mark.encode(), self._mark(name, stored).encode()):
                found = mark
        return found if stored is not None else None

    def remember(self, request: web.Request, response: web.StreamResponse, stored: StoredLogin) -> None:
        """The person has signed in here just now."""
        own = self.mark_of(request, stored) or self._mark(secrets.token_urlsafe(12), stored)
        marks = [own, *(each for each in _marks(request) if each != own)][:MOST]
        response.set_cookie(
            COOKIE,
            _BETWEEN.join(marks),
            path=PATH,
            max_age=int(KEPT.total_seconds()),
            httponly=True,
            samesite="Strict",
            secure=self._secure,
        )

    def _mark(self, name: str, stored: StoredLogin | None) -> str:
        who = f"{stored.staff_id}:{stored.password_hash}" if stored is not None else "nobody"
        return f"{name}.{hmac.digest(self._key, f'{name}:{who}'.encode(), sha256).hex()}"


def _marks(request: web.Request) -> list[str]:
    cookie = request.cookies.get(COOKIE, "")
    return [each for each in cookie.split(_BETWEEN) if each][:MOST] if len(cookie) <= _LONGEST else []
