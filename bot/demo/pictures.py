"""Pictures of the demo's kindergartens: drawn, the same at every start, and like no real house."""

from collections.abc import Mapping
from random import Random

from PIL import Image, ImageDraw

from bot.loading.entries import FileEntries
from bot.uploads.picture import as_jpeg
from bot.uploads.verdict import Fit

_SIZE = _WIDTH, _HEIGHT = 720, 480
_GROUND = 380
_SKIES = ((191, 225, 240), (214, 232, 246), (250, 226, 198), (201, 219, 242))
_WALLS = ((246, 233, 205), (255, 244, 224), (232, 240, 226), (250, 224, 214), (229, 234, 245))
_ROOFS = ((196, 80, 60), (60, 122, 140), (124, 92, 160), (72, 138, 92), (210, 140, 50))
_GRASS, _PANE, _DOOR, _SUN, _TRUNK, _LEAVES = (
    *((150, 190, 110), (120, 170, 200), (130, 86, 60)),
    *((250, 200, 70), (120, 84, 60), (96, 152, 84)),
)

Colour = tuple[int, int, int]


def pictures(entries: FileEntries) -> Mapping[str, Fit]:
    """One for each kindergarten, by its code."""
    return {each.code: Fit(as_jpeg(_house(Random(each.code))), "image/jpeg") for each in entries.kindergarten}


def _house(chance: Random) -> Image.Image:
    """A house under a sun, between trees: its colours and its size are left to chance."""
    page = Image.new("RGB", _SIZE, chance.choice(_SKIES))
    pen = ImageDraw.Draw(page)
    pen.rectangle((0, _GROUND, _WIDTH, _HEIGHT), fill=_GRASS)
    sun = chance.randrange(60, 600)
    pen.ellipse((sun, 40, sun + 70, 110), fill=_SUN)
    for left in (chance.randrange(10, 60), chance.randrange(600, 650)):
        _tree(pen, left, chance.randrange(60, 100))
    columns, floors = chance.randrange(4, 7), chance.randrange(1, 3)
    width = columns * 78 + 20
    left, top = (_WIDTH - width) // 2, _GROUND - floors * 95 - 20
    roof = chance.choice(_ROOFS)
    pen.rectangle((left, top, left + width, _GROUND), fill=chance.choice(_WALLS))
    pen.polygon(((left - 25, top), (left + width + 25, top), (_WIDTH // 2, top - 85)), fill=roof)
    for floor in range(floors):
        for column in range(columns):
            _opening(pen, left + 20 + column * 78, top + 25 + floor * 95, floor == floors - 1 == column - 1)
    return page


def _opening(pen: ImageDraw.ImageDraw, left: int, top: int, is_door: bool) -> None:
    if is_door:
        pen.rectangle((left, top, left + 48, top + 90), fill=_DOOR)
        return
    pen.rectangle((left, top, left + 52, top + 52), fill=_PANE, outline=(255, 255, 255), width=5)
    pen.line((left + 26, top, left + 26, top + 52), fill=(255, 255, 255), width=4)


def _tree(pen: ImageDraw.ImageDraw, left: int, size: int) -> None:
    middle = left + size // 2
    pen.rectangle((middle - 6, _GROUND - 70, middle + 6, _GROUND + 10), fill=_TRUNK)
    pen.ellipse((left, _GROUND - 60 - size, left + size, _GROUND - 50), fill=_LEAVES)
