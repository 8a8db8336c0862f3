"""Texts as the web needs them."""

from typing import Protocol


class Translate(Protocol):
    """Texts of one language: call it with the English sentence, values in it by name."""

    def __call__(self, message: str, /, **values: object) -> str: ...
