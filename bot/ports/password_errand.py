"""Hashing and comparing passwords of cabinets: a tenth of a second each, so never in a turn."""

import asyncio
from datetime import timedelta
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

PASSWORD = "password"
HASH, COMPARE = "hash", "compare"
AT_ONCE = 2
"""Each takes 64 MB while it lasts."""


class PasswordErrand:
    """Runs the errands of passwords, in threads.

    `{"do": "hash", "password", "before"}` is answered by `{"hash"}`, or by `{"same": true}` when the password
    is the one of the hash `before`. `{"do": "compare", "password", "hash"}` is answered by `{"right_for"}`:
    the hash that the password is right for, or None. Without a hash it takes as long and is never right.
    """

    patience = timedelta(seconds=5)

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._free = asyncio.Semaphore(AT_ONCE)
        self._nobodys: str | None = None

    async def run(self, request: dict[str, Any]) -> dict[str, Any]:
        """The answer."""
        async with self._free:
            return await asyncio.to_thread(self._work, request)

    def _work(self, request: dict[str, Any]) -> dict[str, Any]:
        password: str = request["password"]
        if request["do"] == HASH:
            before: str | None = request.get("before")
            if before is not None and self._is(password, before):
                return {"same": True}
            return {"hash": self._hasher.hash(password)}
        hashed: str | None = request["hash"]
        if not self._is(password, hashed or self._of_nobody()) or hashed is None:
            return {"right_for": None}
        return {"right_for": hashed}

    def _is(self, password: str, hashed: str) -> bool:
        try:
            return self._hasher.verify(hashed, password)
        except (Argon2Error, InvalidHashError):
            return False

    def _of_nobody(self) -> str:
        """So that the time it takes tells nobody whether there is a password."""
        if self._nobodys is None:
            self._nobodys = self._hasher.hash("")
        return self._nobodys
