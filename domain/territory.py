"""The tree of territories: region, district, city or village. Only leaves have queues [003]."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from domain.errors import TerritoryUnknown, TreeBroken, TreeFault


class TerritoryKind(str, Enum):
    """What a territory is."""

    REGION = "region"
    DISTRICT = "district"
    CITY = "city"
    CITY_DISTRICT = "city_district"
    SETTLEMENT = "settlement"
    VILLAGE = "village"


@dataclass(frozen=True, slots=True)
class Territory:
    """A place. `names` by language, at least one; the root of a tree has no parent."""

    id: int
    parent_id: int | None
    kind: TerritoryKind
    names: Mapping[str, str] = field(hash=False)

    def name(self, language: str) -> str:
        """The name in that language, or else in the first there is."""
        return self.names.get(language) or next(iter(self.names.values()))


class Tree:
    """All territories, in the order of their rows. There may be several roots.

    Raises TreeBroken for rows that make no tree; every method with an id, TerritoryUnknown.
    """

    def __init__(self, rows: Iterable[Territory]) -> None:
        self._by_id: dict[int, Territory] = {}
        self._children: dict[int | None, list[Territory]] = {}
        for territory in rows:
            if territory.id in self._by_id:
                raise TreeBroken(territory.id, TreeFault.DUPLICATE)
            if not any(territory.names.values()):
                raise TreeBroken(territory.id, TreeFault.NO_NAME)
            self._by_id[territory.id] = territory
            self._children.setdefault(territory.parent_id, []).append(territory)
        self._refuse_broken_parents()

    def get(self, territory_id: int) -> Territory:
        """The territory of that id."""
        try:
            return self._by_id[territory_id]
        except KeyError:
            raise TerritoryUnknown(territory_id) from None

    def roots(self) -> tuple[Territory, ...]:
        """The territories that lie in no other."""
        return tuple(self._children.get(None, ()))

    def children(self, territory_id: int) -> tuple[Territory, ...]:
        """The territories directly inside."""
        return tuple(self._children.get(self.get(territory_id).id, ()))

    def is_leaf(self, territory_id: int) -> bool:
        """Whether nothing lies inside: only then it has queues [003]."""
        return not self.children(territory_id)

    def path(self, territory_id: int) -> tuple[Territory, ...]:
        """From the root down to the territory, both included."""
        return tuple(self._upwards(territory_id))[::-1]

    def covers(self, ancestor_id: int, territory_id: int) -> bool:
        """Whether the territory is the other or lies in it: how far rights of staff reach."""
        self.get(ancestor_id)
        return any(above.id == ancestor_id for above in self._upwards(territory_id))

    def subtree(self, territory_id: int) -> Iterator[Territory]:
        """The territory and all inside, each before what lies in it."""
        waiting = [self.get(territory_id)]
        while waiting:
            territory = waiting.pop()
            yield territory
            waiting.extend(reversed(self.children(territory.id)))

    def leaves(self, territory_id: int) -> Iterator[Territory]:
        """Where the queues of a territory are: the leaves inside, or itself."""
        return (each for each in self.subtree(territory_id) if self.is_leaf(each.id))

    def __iter__(self) -> Iterator[Territory]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def _upwards(self, territory_id: int) -> Iterator[Territory]:
        territory = self.get(territory_id)
        yield territory
        while territory.parent_id is not None:
            territory = self._by_id[territory.parent_id]
            yield territory

    def _refuse_broken_parents(self) -> None:
        for territory in self:
            if territory.parent_id is not None and territory.parent_id not in self._by_id:
                raise TreeBroken(territory.id, TreeFault.NO_SUCH_PARENT)
        reached = {each.id for root in self.roots() for each in self.subtree(root.id)}
        for territory in self:
            if territory.id not in reached:
                raise TreeBroken(territory.id, TreeFault.CIRCLE)
