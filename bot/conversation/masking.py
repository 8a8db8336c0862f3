"""What may stand in the log of what people write: digits and addresses that name a person are masked."""

import re

from bot.conversation.reply import Sensitivity

MASK = "•"
_KEPT = 2
# What people put between digits: at least all that is dropped again when a number is read.
_BETWEEN = r"[\s()\-\u2010-\u2015\u2212\u200c\u200d]*"
# 10 to 14 digits, however spaced: an IIN, a phone. Six alone, or three and three: a code.
_LONG_NUMBER = re.compile(rf"(?<!\d)\+?\d(?:{_BETWEEN}\d){{9,13}}(?!\d)")
_HALVES = re.compile(r"(?<!\d)\d{6}\.\d{6}(?!\d)")
_PHONE = re.compile(r"(?<!\d)(?:\+?[78])?[\s().\-–—]{0,3}7\d\d(?:[\s().\-–—]{0,3}\d){7}(?!\d)")
_CODE = re.compile(r"(?<!\d)(?<!\d[.:])\d{3}[ \-]?\d{3}(?!\d|:\d)")
_IIN = re.compile(r"(?<!\d)\d{12}(?!\d)")
# A birth date and a century, however spaced: the number of an application beside a day is none.
_SPACED_IIN = re.compile(
    r"(?<!\d)"
    + _BETWEEN.join(
        (
            *(
                r"\d",
                r"\d",
                rf"(?:0{_BETWEEN}\d|1{_BETWEEN}[0-2])",
                rf"(?:[0-2]{_BETWEEN}\d|3{_BETWEEN}[01])",
            ),
            *("[1-6]", *[r"\d"] * 5),
        )
    )
    + r"(?!\d)"
)
_MAIL = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63})+")


def masked(text: str, sensitivity: Sensitivity = Sensitivity.PLAIN) -> str:
    """The text as it may be logged.

    PLAIN keeps everything but what looks like an IIN, a phone, a code or a mail address, so that
    something personal said unasked is masked too; PERSONAL keeps the last two characters; SECRET nothing.
    """
    if sensitivity is Sensitivity.SECRET:
        return MASK * 4
    if sensitivity is Sensitivity.PERSONAL:
        return _ending(text)
    for pattern in (_MAIL, _PHONE, _LONG_NUMBER, _HALVES, _CODE):
        text = pattern.sub(_hide, text)
    return text


def without_people(text: str) -> str:
    """What staff write for each other: IINs and phones masked, numbers of applications and all else kept."""
    for pattern in (_PHONE, _IIN, _HALVES, _SPACED_IIN):
        text = pattern.sub(_hide, text)
    return text


def without(text: str, values: frozenset[str]) -> str:
    """What we say, as it may be logged: the given personal values masked, and any IIN."""
    for value in sorted(values, key=len, reverse=True):
        text = text.replace(value, MASK * 3)
    return _IIN.sub(_hide, text)


def _hide(found: re.Match[str]) -> str:
    whole = found.group()
    return MASK * 6 if _CODE.fullmatch(whole) else _ending(whole)


def _ending(text: str) -> str:
    text = text.strip()
    kept = _KEPT if len(text) > 3 * _KEPT else 0
    return MASK * 6 + text[len(text) - kept :]
