"""The keys, derived from the operator's secret."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Self

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SHORTEST_SECRET = 16
"""Characters. Anything shorter can be guessed (ours)."""

_KEY_ID = re.compile(r"[a-z0-9]{1,16}")
_ONLY_KEY_ID = "1"

Reason = Literal["empty", "key id", "key id twice", "secret too short"]


class KeyringInvalid(Exception):
    """The secret cannot be used; `reason` says why, `key_id` which of several, if known."""

    def __init__(self, reason: Reason, key_id: str | None = None) -> None:
        super().__init__(reason, key_id)
        self.reason: Reason = reason
        self.key_id = key_id


@dataclass(frozen=True, repr=False)
class Key:
    """One secret's keys: one that seals, and another that makes blind indexes."""

    key_id: str
    secret: bytes

    @cached_property
    def cipher(self) -> AESGCM:
        """AES-256-GCM."""
        return AESGCM(self._derived(b"kezek seal 1"))

    @cached_property
    def blind_key(self) -> bytes:
        """32 bytes for HMAC-SHA-256."""
        return self._derived(b"kezek blind 1")

    def _derived(self, purpose: bytes) -> bytes:
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(self.secret)


class Keyring:
    """The newest key, with which everything is sealed, and older ones that still open."""

    def __init__(self, keys: tuple[Key, ...]) -> None:
        self.newest = keys[0]
        self.keys = keys
        self.by_id: Mapping[str, Key] = {key.key_id: key for key in keys}

    @classmethod
    def from_secret(cls, secret: str) -> Self:
        """Read "secret", or "id:secret,id:secret" with the newest first.

        A secret without an id has the id "1", so that a second one can be put before it later:
        "2:new secret,1:old secret". KeyringInvalid when nothing safe can be made of it.
        """
        parts = [part.strip() for part in secret.split(",")]
        keys = tuple(_key(part) for part in parts if part)
        if not keys:
            raise KeyringInvalid("empty")
        seen: set[str] = set()
        for key in keys:
            if key.key_id in seen:
                raise KeyringInvalid("key id twice", key.key_id)
            seen.add(key.key_id)
        return cls(keys)


def _key(part: str) -> Key:
    key_id, colon, secret = part.partition(":")
    if not colon:
        key_id, secret = _ONLY_KEY_ID, part
    if not _KEY_ID.fullmatch(key_id):
        raise KeyringInvalid("key id")
    if len(secret) < SHORTEST_SECRET:
        raise KeyringInvalid("secret too short", key_id)
    return Key(key_id, secret.encode())
