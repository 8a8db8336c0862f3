"""Finding a kindergarten by its name, with slips, in any alphabet, or by a part of it."""

from collections.abc import Mapping

from rapidfuzz import fuzz, process

from domain.spelling import essence

LONGEST_TYPED = 80
MOST = 6
_GOOD, _SURE, _CLEAR_LEAD = 72.0, 90.0, 8.0
_PART = 0.92
"""What a part of a name is worth next to the whole."""

_SHORTEST_PART = 4
"""Letters: fewer are a part of almost everything."""


def named_like(names: Mapping[int, str], typed: str) -> list[int]:
    """The ids of those with a name like what was typed, best first; what is clearly behind a sure one is out.

    `names` as they sound (domain.spelling.essence).
    """
    wanted = essence(typed[:LONGEST_TYPED])
    if not wanted:
        return []
    found = _alike(names, wanted)
    ranked = sorted(found, key=lambda each: (-found[each], names[each], each))[:MOST]
    if ranked and found[ranked[0]] >= _SURE:
        ranked = [each for each in ranked if found[ranked[0]] - found[each] < _CLEAR_LEAD]
    return ranked


def _alike(names: Mapping[int, str], wanted: str) -> dict[int, float]:
    """How good each is that is good enough, of a hundred."""
    wholes = process.extract(wanted, names, scorer=fuzz.ratio, score_cutoff=_GOOD, limit=None)
    found = {which: score for _, score, which in wholes}
    if len(wanted) < _SHORTEST_PART:
        return found
    parts = process.extract(wanted, names, scorer=fuzz.partial_ratio, score_cutoff=_GOOD / _PART, limit=None)
    for name, score, which in parts:
        if len(name) >= _SHORTEST_PART:
            found[which] = max(found.get(which, 0.0), _PART * score)
    return found
