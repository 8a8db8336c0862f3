"""Identifiers of rows that are made before they are written."""

import secrets


def new_id() -> int:
    """A random 63-bit number, never 0.

    Made by the application because sealed fields are bound to the row's id before it is
    inserted, and random because an id that stands in a link or a button must not be guessable.
    """
    return secrets.randbits(63) or 1
