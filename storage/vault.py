"""The vault: seals what names a person, and finds it again without opening it.

A sealed value is `0xE1, length of the key id, key id, 12 bytes of nonce, ciphertext and tag`.
The associated data is "table:row:field": a value that is copied to another row, table or field
does not open there.
"""

import hmac
import secrets
from typing import Literal

from cryptography.exceptions import InvalidTag

from storage.keyring import Key, Keyring

MARK = 0xE1
"""First byte of everything sealed. JSON and other UTF-8 text never starts a value with it."""

_NONCE = 12

BlindKind = Literal["iin", "phone", "document", "address", "email", "code", "limit"]


class VaultError(Exception):
    """The root: a value could not be opened."""


class KeyUnknown(VaultError):
    """The value was sealed with a key that is no longer on the ring."""

    def __init__(self, key_id: str) -> None:
        super().__init__(key_id)
        self.key_id = key_id


class SealBroken(VaultError):
    """The value was not sealed for this place, or was changed."""

    def __init__(self, table: str, row_id: int, field: str) -> None:
        super().__init__(table, row_id, field)
        self.table = table
        self.row_id = row_id
        self.field = field


class Vault:
    """Seals with the newest key of its ring, opens with any."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring
        self._header = _header(keyring.newest)

    def seal(self, table: str, row_id: int, field: str, text: str) -> bytes:
        """`text`, sealed for this table, row and field."""
        return self.seal_bytes(table, row_id, field, text.encode())

    def open(self, table: str, row_id: int, field: str, value: bytes) -> str:
        """What was sealed for this place; raises SealBroken, KeyUnknown."""
        return self.open_bytes(table, row_id, field, value).decode()

    def seal_bytes(self, table: str, row_id: int, field: str, plain: bytes) -> bytes:
        """The same for bytes."""
        nonce = secrets.token_bytes(_NONCE)
        bound = f"{table}:{row_id}:{field}".encode()
        return self._header + nonce + self._keyring.newest.cipher.encrypt(nonce, plain, bound)

    def open_bytes(self, table: str, row_id: int, field: str, value: bytes) -> bytes:
        """The same for bytes; raises SealBroken, KeyUnknown."""
        if not is_sealed(value):
            raise SealBroken(table, row_id, field)
        start = 2 + value[1]
        key = self._key(value[2:start].decode("ascii", "replace"))
        nonce, sealed = value[start : start + _NONCE], value[start + _NONCE :]
        try:
            return key.cipher.decrypt(nonce, sealed, f"{table}:{row_id}:{field}".encode())
        except (InvalidTag, ValueError):
            raise SealBroken(table, row_id, field) from None

    @property
    def newest_key_id(self) -> str:
        """The id of the key that everything is sealed with now."""
        return self._keyring.newest.key_id

    @property
    def holds_old_keys(self) -> bool:
        """Whether anything may be sealed with another key than the newest."""
        return len(self._keyring.keys) > 1

    def is_newest(self, value: bytes) -> bool:
        """Whether `value` was sealed with the newest key, and need not be sealed again."""
        return value.startswith(self._header)

    def blind(self, kind: BlindKind, value: str) -> bytes:
        """Blind index of `value` under the newest key: what is written."""
        return _blind(self._keyring.newest, kind, value)

    def blinds(self, kind: BlindKind, value: str) -> tuple[bytes, ...]:
        """Blind indexes under every key, newest first: what is searched for.

        Until a rotation is through, rows still carry indexes of an older key.
        """
        return tuple(_blind(key, kind, value) for key in self._keyring.keys)

    def _key(self, key_id: str) -> Key:
        key = self._keyring.by_id.get(key_id)
        if key is None:
            raise KeyUnknown(key_id)
        return key


def is_sealed(value: bytes) -> bool:
    """Whether `value` looks like something sealed, by its first bytes."""
    return len(value) > 2 + _NONCE and value[0] == MARK


def _header(key: Key) -> bytes:
    return bytes((MARK, len(key.key_id))) + key.key_id.encode()


def _blind(key: Key, kind: BlindKind, value: str) -> bytes:
    return hmac.digest(key.blind_key, f"{kind}:{value}".encode(), "sha256")
