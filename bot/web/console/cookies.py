"""The console's cookies: the session's, that of who is halfway in, one that a sign-in form is tied to."""

import hmac
import secrets
from hashlib import sha256

from aiohttp import web

SESSION, HALF, FORM = "kezek_console", "kezek_console_half", "kezek_console_form"
PATH = "/console"


class ConsoleCookies:
    """Sets, reads and drops them. `secure` when people come by https."""

    def __init__(self, secret_key: str, *, secure: bool) -> None:
        self._key = hmac.digest(secret_key.encode(), b"console sign-in form", sha256)
        self._secure = secure

    def token_of(self, request: web.Request) -> str | None:
        """The session's token, "" counting as none."""
        return request.cookies.get(SESSION) or None

    def sign_in(self, response: web.StreamResponse, token: str) -> None:
        """Hand out a session's token. It has no age: the browser forgets it at its end, we before."""
        self._set(response, SESSION, token)

    def sign_out(self, response: web.StreamResponse) -> None:
        """Take it back."""
        response.del_cookie(SESSION, path=PATH, httponly=True, samesite="Strict", secure=self._secure)

    def half_of(self, request: web.Request) -> str | None:
        """The token of who still owes the second step, "" counting as none."""
        return request.cookies.get(HALF) or None

    def half_in(self, response: web.StreamResponse, token: str) -> None:
        """Hand out the token of who still owes it."""
        self._set(response, HALF, token)

    def half_over(self, response: web.StreamResponse) -> None:
        """Take that back."""
        response.del_cookie(HALF, path=PATH, httponly=True, samesite="Strict", secure=self._secure)

    def form_of(self, request: web.Request) -> str:
        """What a sign-in form is tied to: the browser's own, or something new."""
        return request.cookies.get(FORM) or secrets.token_urlsafe(32)

    def keep_form(self, response: web.StreamResponse, form: str) -> None:
        """Tie the browser to its sign-in form."""
        self._set(response, FORM, form)

    def mark_of(self, form: str) -> str:
        """What stands in the form: nobody can make it up for a cookie they planted."""
        return hmac.digest(self._key, form.encode(), sha256).hex()

    def is_own_form(self, request: web.Request, mark: str) -> bool:
        """Whether a form comes from the page that we gave this browser."""
        form = request.cookies.get(FORM, "")
        return bool(form) and hmac.compare_digest(mark.encode(), self.mark_of(form).encode())

    def _set(self, response: web.StreamResponse, name: str, value: str) -> None:
        response.set_cookie(name, value, path=PATH, httponly=True, samesite="Strict", secure=self._secure)
