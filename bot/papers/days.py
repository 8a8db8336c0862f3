"""Days in words, as they are written on papers."""

from datetime import date

from babel.dates import format_date

_PATTERNS = {"kk": "y 'жылғы' d MMMM", "ru": "d MMMM y 'года'", "en": "d MMMM y"}


def in_words(day: date, language: str) -> str:
    """`2026 жылғы 27 қараша`, `27 ноября 2026 года`, `27 November 2026`."""
    return format_date(day, _PATTERNS[language], locale=language)


def with_weekday(day: date, language: str) -> str:
    """`2026 жылғы 27 қараша, жұма`, `27 ноября 2026 года, пятница`, `27 November 2026, Friday`."""
    return format_date(day, _PATTERNS[language] + ", EEEE", locale=language)
