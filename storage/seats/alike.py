"""Equal seats near by: for whoever was a moment too late, or looks at a bulletin that is full."""

from collections.abc import Iterable
from math import cos, radians

from domain.application import QueueKind
from domain.taking import Wish
from storage.seats import bulletin_pages
from storage.seats.bulletin_pages import Filters
from storage.seats.bulletins import Bulletin
from storage.transaction import Transaction

_MOST_LOOKED_AT = 200
_FAR = float("inf")


def nearest_equal(
    tx: Transaction, to: Bulletin, wish: Wish, application_id: int, most: int
) -> tuple[Bulletin, ...]:
    """Bulletins with free seats for the same children, which this application may take now.

    Those of the same kindergarten come first, then the nearest; where a place on the map is missing, last.
    """
    filters = Filters(
        territory_id=wish.territory_id,
        queue_kind=QueueKind(wish.queue_kind),
        birth_year=wish.birth_year,
        languages=wish.languages,
        open_to=application_id,
    )
    found = bulletin_pages.page(tx, filters, _MOST_LOOKED_AT).shown
    return tuple(sorted(_others(found, to), key=lambda each: _rank(to, each))[:most])


def _others(found: Iterable[Bulletin], to: Bulletin) -> list[Bulletin]:
    return [each for each in found if each.id != to.id]


def _rank(to: Bulletin, other: Bulletin) -> tuple[bool, float, str, int]:
    return other.kindergarten_id != to.kindergarten_id, _apart(to, other), other.kindergarten, other.id


def _apart(one: Bulletin, other: Bulletin) -> float:
    """How far apart, for comparing: nothing that is shown."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return _FAR
    shrink = cos(radians(one.latitude))
    return (other.latitude - one.latitude) ** 2 + ((other.longitude - one.longitude) * shrink) ** 2
