"""What stands on the buttons of territories: short enough for every channel, no two alike on one screen."""

from collections import Counter
from collections.abc import Sequence

from domain.territory import Tree

_LONGEST = 20
"""The label of a reply button of the narrowest channel."""


_ABBREVIATED = {
    "облысы": "обл.",
    "область": "обл.",
    "ауданы": "ауд.",
    "район": "р-н",
    "region": "reg.",
    "district": "dist.",
}
"""The kind of place in a name that is too long as it stands."""


def labels_of(tree: Tree, ids: Sequence[int], language: str) -> list[str]:
    """A label for each, in this order. Of two with one name each also says what it lies in."""
    names = [tree.get(each).name(language) for each in ids]
    labels = [_short(each) for each in names]
    alike = {label for label, number in Counter(labels).items() if number > 1}
    for position, territory_id in enumerate(ids):
        if labels[position] in alike:
            within = tree.get(territory_id).parent_id
            above = f" · {tree.get(within).name(language)}" if within is not None else ""
            labels[position] = _short(names[position] + above)
    still_alike = {label for label, number in Counter(labels).items() if number > 1}
    return [
        _short(f"{position}. {label}") if label in still_alike else label
        for position, label in enumerate(labels, start=1)
    ]


def _short(name: str) -> str:
    if len(name) > _LONGEST:
        name = " ".join(_ABBREVIATED.get(word, word) for word in name.split(" "))
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
