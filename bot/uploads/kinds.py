"""What a file is, told by its content; its name must not say otherwise."""

from pathlib import PurePosixPath
from typing import Literal

import filetype

from bot.uploads.verdict import Unfit

Kind = Literal["jpg", "png", "webp", "pdf"]

_KINDS: dict[str, Kind] = {"jpg": "jpg", "png": "png", "apng": "png", "webp": "webp", "pdf": "pdf"}
_OTHER_ENDINGS = {"jpeg": "jpg", "jpe": "jpg", "jfif": "jpg"}
# Readers look for the mark of a PDF in its first kilobyte, not only at its beginning.
_PDF_MARK, _PDF_MARK_WITHIN = b"%PDF-", 1024


def kind_of(content: bytes, name: str) -> Kind:
    """The kind of a file that we take, whatever its name says of other kinds that we don't know.

    Raises Unfit: `wrong_kind`, or `not_what_its_name_says` where name and content disagree about a kind
    that we take.
    """
    is_so, named = _told_by_content(content), _told_by_name(name)
    if named is not None and named != is_so and (is_so in _KINDS.values() or named in _KINDS.values()):
        raise Unfit("not_what_its_name_says")
    kind = _KINDS.get(is_so or "")
    if kind is None:
        raise Unfit("wrong_kind")
    return kind


def _told_by_content(content: bytes) -> str | None:
    if _PDF_MARK in content[:_PDF_MARK_WITHIN]:
        return "pdf"
    guessed = filetype.guess(content)
    return None if guessed is None else _plain(guessed.extension)


def _told_by_name(name: str) -> str | None:
    """The kind that an ending stands for; None for no ending and for one that nobody knows."""
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower().removeprefix(".")
    ending = _OTHER_ENDINGS.get(ending, ending)
    return _plain(ending) if filetype.get_type(ext=ending) is not None else None


def _plain(extension: str) -> str:
    return _KINDS.get(extension, extension)
