"""Who writes in the web chat: a random name in a signed cookie, made at the first visit.

The name is the chat's id; the signature keeps anybody who has seen the id (in a dump, in a log)
from becoming that chat. There is no more to it than the cookie: "forget this device" drops it.
"""

import hmac
import secrets
from hashlib import sha256

from aiohttp import web

COOKIE = "kezek_device"
PATH = "/chat/"
# What browsers allow at most: 400 days; each visit starts them anew.
MAX_AGE_SECONDS = 400 * 24 * 3600
NAME_CHARACTERS = 22


class DeviceCookie:
    """Makes, reads and drops the cookie. `secure` when people come by https."""

    def __init__(self, secret_key: str, *, secure: bool) -> None:
        self._key = hmac.digest(secret_key.encode(), b"web chat device", sha256)
        self._secure = secure

    def chat_of(self, request: web.Request) -> str | None:
        """The chat id of a visitor, None for a stranger and for a forged cookie."""
        name, _, signature = request.cookies.get(COOKIE, "").partition(".")
        # Compared as bytes: compare_digest refuses strings beyond ASCII.
        genuine = hmac.compare_digest(signature.encode(), self._sign(name).encode())
        return name if genuine and len(name) == NAME_CHARACTERS else None

    def set(self, response: web.StreamResponse, chat: str | None) -> str:
        """Give a visitor the cookie, with a new name for a stranger; returns the chat id."""
        name = chat or secrets.token_urlsafe(16)
        response.set_cookie(
            COOKIE,
            f"{name}.{self._sign(name)}",
            max_age=MAX_AGE_SECONDS,
            path=PATH,
            httponly=True,
            samesite="Strict",
            secure=self._secure,
        )
        return name

    def drop(self, response: web.StreamResponse) -> None:
        """Take the cookie back."""
        response.del_cookie(COOKIE, path=PATH, httponly=True, samesite="Strict", secure=self._secure)

    def _sign(self, name: str) -> str:
        return hmac.digest(self._key, name.encode(), sha256).hex()
