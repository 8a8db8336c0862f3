"""What is wrong with a file that was sent, in words that say what to do instead."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.texts import Texts

PORTRAIT: Final = "portrait"
MEGABYTES, PAGES = 10, 15
"""What is taken in at most."""

Words = Callable[[Texts], str]


def fault_words(t: Texts, fault: str | None, purpose: str = "document") -> str:
    """What a person is told of a fault; `purpose` is what the file was for.

    A file that could not be looked at (None, or a failure of its errand) is worth another try.
    """
    spoken = OF_PORTRAITS.get(fault or "") if purpose == PORTRAIT else None
    return (spoken or FAULTS.get(fault or "", _try_again))(t)


def _try_again(t: Texts) -> str:
    return t("I could not look at the file just now. Please send it again in a minute.")


FAULTS: Mapping[str, Words] = {
    "too_large": lambda t: t("This file is too large: up to {size} MB can be taken.", size=MEGABYTES),
    "wrong_kind": lambda t: t("I can take a photo or a PDF. This is something else."),
    "not_what_its_name_says": lambda t: t(
        "The file is not what its name says. Please save it anew, or take a photo of it."
    ),
    "broken": lambda t: t("This file can't be opened: it is damaged. Please send it once more."),
    "bomb": lambda t: t("This picture is huge. A usual photo taken with a phone is enough."),
    "locked": lambda t: t(
        "This PDF is locked with a password. Please send it without one, or take photos of its pages."
    ),
    "too_small": lambda t: t("This picture is too small to read. Please send it larger, or take it closer."),
    "too_dark": lambda t: t("This photo is too dark. Please take it again by a window or a lamp."),
    "too_many_pages": lambda t: t(
        "There are too many pages: up to {number} can be taken. Please send only those that are needed.",
        number=PAGES,
    ),
    "gone": lambda t: t("The messenger does not have this file any more. Please send it again."),
}
OF_PORTRAITS: Mapping[str, Words] = {
    "wrong_kind": lambda t: t("A photo is needed here: a JPG, PNG or WebP picture."),
    "too_small": lambda t: t("This picture is too small for a photo. Please send it larger."),
}
