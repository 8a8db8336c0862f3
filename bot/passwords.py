"""Passwords: hashed slowly, and made up where nobody wants to choose one."""

import secrets

from argon2 import PasswordHasher

SHORTEST, LONGEST = 8, 40
"""Characters [000, 004]; the staff's follow the same rule (ours)."""

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is mistaken for something else


def made_up() -> str:
    """A password that nobody can guess and that can be read out: four groups of four."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def hashed(password: str) -> str:
    """The argon2id hash, with its parameters and salt. Takes a tenth of a second: not on the event loop."""
    return PasswordHasher().hash(password)
