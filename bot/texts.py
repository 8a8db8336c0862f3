"""Texts for people: the catalogues in Kazakh, Russian and English, and how dates are written."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from domain.local_time import ZONE

CATALOGUES = Path(__file__).resolve().parent.parent / "locales"
NUMBER_SIGN = "№\N{NO-BREAK SPACE}"
"""What stands before a number, never on a line without it. Translators write a plain space after the sign."""
LANGUAGES: Mapping[str, str] = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
DEFAULT_LANGUAGE = "kk"


class Texts:
    """The texts of one language. Call it with the English sentence and the values that stand in it."""

    __slots__ = ("_catalogue", "language")

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else DEFAULT_LANGUAGE
        self._catalogue = _catalogue(self.language)

    def __call__(self, message: str, /, **values: object) -> str:
        """The sentence in this language, with `{name}` replaced by the value of that name."""
        text = self._catalogue.gettext(message)
        return text.format(**values) if values else text

    def many(self, one: str, other: str, number: int, /, **values: object) -> str:
        """The form that fits a number, which stands in the sentence as `{number}`."""
        return self._catalogue.ngettext(one, other, number).format(number=number, **values)

    @staticmethod
    def day(moment: date | datetime) -> str:
        """A day as `26.06.2019`; an instant is taken to the local zone first."""
        if isinstance(moment, datetime):
            moment = moment.astimezone(ZONE)
        return f"{moment:%d.%m.%Y}"

    @staticmethod
    def time(moment: datetime) -> str:
        """The local time of day as `16:20`."""
        return f"{moment.astimezone(ZONE):%H:%M}"

    @staticmethod
    def moment(moment: datetime) -> str:
        """A local day and time as `26.06.2019 16:20`, never broken over two lines."""
        return f"{moment.astimezone(ZONE):%d.%m.%Y\N{NO-BREAK SPACE}%H:%M}"


@cache
def texts_in(language: str | None) -> Texts:
    """The texts of a language, Kazakh when it is unknown; made once."""
    return Texts(language or DEFAULT_LANGUAGE)


@cache
def _catalogue(language: str) -> NullTranslations:
    """Read from the .po file itself, so that no compiled copy can be out of date."""
    source = CATALOGUES / language / "LC_MESSAGES" / "kezek.po"
    with source.open("rb") as file:
        catalogue = read_po(file, locale=language)
    for message in catalogue:
        message.string = _kept_together(message.string)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _kept_together(text: Any) -> Any:
    """A translation, or the forms of one, with each number on the line of its sign."""
    if isinstance(text, str):
        return text.replace("№ ", NUMBER_SIGN)
    return tuple(map(_kept_together, text))
