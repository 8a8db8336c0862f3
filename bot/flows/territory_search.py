"""Finding a territory: by a name with slips, or by a point on the map."""

from collections.abc import Iterable
from math import cos, radians

from rapidfuzz import fuzz

from domain.spelling import folded as neighbours
from domain.territory import Territory, Tree

_GOOD, _SURE, _CLEAR_LEAD = 72.0, 90.0, 8.0
_MOST = 5
# What people put around a name.
_DROPPED = ("қаласы", "город", "ауылы", "село", "ауданы", "район", "city", "г.", "қ.", "с.", "а.")


def folded(name: str) -> str:
    """A name as it is compared: lower case, Kazakh letters as their Russian neighbours, no kind of place."""
    words = name.casefold().replace("-", " ").split()
    kept = [word for word in words if word not in _DROPPED]
    return neighbours(" ".join(kept or words))


def named_like(tree: Tree, name: str) -> list[Territory]:
    """The territories with a name like this one, best first; what is clearly behind a sure one is out."""
    wanted = folded(name[:80])
    if not wanted:
        return []
    best: dict[int, float] = {}
    for territory in tree:
        alike = max(fuzz.ratio(wanted, folded(each)) for each in territory.names.values())
        if alike >= _GOOD:
            best[territory.id] = alike
    ranked = sorted(best, key=lambda each: -best[each])[:_MOST]
    if ranked and best[ranked[0]] >= _SURE:
        ranked = [each for each in ranked if best[ranked[0]] - best[each] < _CLEAR_LEAD]
    return [tree.get(each) for each in ranked]


def nearest(points: Iterable[tuple[int, float, float]], latitude: float, longitude: float) -> list[int]:
    """The ids of places by distance from a point; `points` are id, latitude, longitude in degrees."""
    shrink = cos(radians(latitude))

    def distance(point: tuple[int, float, float]) -> float:
        return (point[1] - latitude) ** 2 + ((point[2] - longitude) * shrink) ** 2

    return [point[0] for point in sorted(points, key=distance)]
