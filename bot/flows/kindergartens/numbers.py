"""Distances and means in words."""

from bot.texts import Texts

_KILOMETRE = 1000
_STEP = 10
"""Metres: nobody's telephone knows better where it is."""


def decimal(t: Texts, number: float) -> str:
    """A number with one place behind the comma; in English, the point."""
    written = f"{number:.1f}"
    return written if t.language == "en" else written.replace(".", ",")


def distance(t: Texts, metres: float) -> str:
    """How far it is: "350 m", "1.2 km", "34 km"."""
    rounded = round(metres / _STEP) * _STEP
    if rounded < _KILOMETRE:
        return t("{number} m", number=max(rounded, _STEP))
    kilometres = metres / _KILOMETRE
    if round(kilometres, 1) < _STEP:
        return t("{number} km", number=decimal(t, kilometres))
    return t("{number} km", number=round(kilometres))
