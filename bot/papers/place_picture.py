"""The picture of a place over time, drawn by typst with its own fonts, and the same in words."""

from functools import cache
from importlib.resources import files
from typing import Any

import orjson

from bot.texts import Texts
from domain.place_curve import Curve

_PIXELS_PER_INCH = 216.0
"""1080 pixels wide: as wide as most telephones."""


def in_words(t: Texts, curve: Curve) -> str:
    """What the picture shows, for whoever doesn't see it."""
    lines = (
        t(
            "From {first} to {last}: place {before} → {after}.",
            first=t.day(curve.first[0]),
            last=t.day(curve.last[0]),
            before=curve.first[1],
            after=curve.last[1],
        ),
        t("Nearest to the front: {place}, on {date}.", place=curve.nearest[1], date=t.day(curve.nearest[0])),
        t("Farthest back: {place}, on {date}.", place=curve.farthest[1], date=t.day(curve.farthest[0])),
    )
    return "\n".join(lines)


def page(t: Texts, curve: Curve, number: int) -> dict[str, Any]:
    """The data of the template."""
    return {
        "language": t.language,
        "title": t("The place over time"),
        "subtitle": t("Application № {number} · place {place} now", number=str(number), place=curve.last[1]),
        "points": [list(each) for each in curve.points],
        "places": [{"at": height, "label": str(place)} for place, height in curve.ticks],
        "first": t.day(curve.first[0]),
        "last": t.day(curve.last[0]),
    }


def drawn(data: dict[str, Any]) -> bytes:
    """The picture (PNG). Takes some milliseconds: not for the event loop."""
    import typst

    given = {"data": orjson.dumps(data).decode()}
    made: bytes = typst.compile(
        _template(), format="png", ppi=_PIXELS_PER_INCH, sys_inputs=given, ignore_system_fonts=True
    )
    return made


@cache
def _template() -> bytes:
    return (files("bot.papers") / "place.typ").read_bytes()
