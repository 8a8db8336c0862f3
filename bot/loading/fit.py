"""Whether a file fits together, and to what the database holds already."""

from collections.abc import Iterator, Mapping

from bot.loading.entries import FileEntries
from bot.loading.faults import Fault, FileRefused
from bot.loading.lines import Lines
from domain.errors import TreeBroken, TreeFault
from domain.territory import Territory, TerritoryKind, Tree
from storage.loading import known_territories, territories_with_kindergartens
from storage.transaction import Transaction

Parents = Mapping[str, str | None]


def refuse_misfits(tx: Transaction, entries: FileEntries, lines: Lines) -> None:
    """Raise FileRefused when a parent or a territory is missing, or the territories make no tree."""
    parents = _parents(tx, entries)
    faults = sorted((*_tree_faults(parents, entries, lines), *_unknown(parents, entries, lines)))
    if not faults:
        faults = sorted(_not_leaves(tx, parents, entries, lines))
    if faults:
        raise FileRefused(tuple(faults))


def _parents(tx: Transaction, entries: FileEntries) -> Parents:
    """Every territory's parent, by codes, as it will be once the file is loaded."""
    known = known_territories(tx)
    code_of = {territory.id: code for code, territory in known.items()}
    stored = {
        code: None if territory.parent_id is None else code_of[territory.parent_id]
        for code, territory in known.items()
    }
    return stored | {entry.code: entry.parent for entry in entries.territory}


def _tree_faults(parents: Parents, entries: FileEntries, lines: Lines) -> Iterator[Fault]:
    numbers = {code: number for number, code in enumerate(parents)}
    try:
        Tree(
            Territory(
                numbers[code],
                None if parent is None else numbers.get(parent, -1),
                TerritoryKind.REGION,
                {"en": code},
            )
            for code, parent in parents.items()
        )
    except TreeBroken as broken:
        code = next(code for code, number in numbers.items() if number == broken.territory_id)
        # What the database holds is a tree: a circle goes through the file.
        index = next((i for i, entry in enumerate(entries.territory) if entry.code == code), 0)
        entry = entries.territory[index]
        reason = (
            f"there is no territory {entry.parent}"
            if broken.reason is TreeFault.NO_SUCH_PARENT
            else f"{entry.code} would lie in itself"
        )
        yield Fault(lines.of(("territory", index, "parent")), "territory.parent", reason)


def _unknown(parents: Parents, entries: FileEntries, lines: Lines) -> Iterator[Fault]:
    for index, policy in enumerate(entries.policy):
        if policy.territory not in parents:
            yield _no_territory(lines, "policy", index, policy.territory)
    for index, kindergarten in enumerate(entries.kindergarten):
        if kindergarten.territory not in parents:
            yield _no_territory(lines, "kindergarten", index, kindergarten.territory)


def _not_leaves(tx: Transaction, parents: Parents, entries: FileEntries, lines: Lines) -> Iterator[Fault]:
    """Only where nothing lies inside are there queues, and so kindergartens [003]."""
    inner = set(parents.values())
    for index, kindergarten in enumerate(entries.kindergarten):
        if kindergarten.territory in inner:
            reason = f"other territories lie in {kindergarten.territory}: only a leaf has kindergartens"
            path = ("kindergarten", index, "territory")
            yield Fault(lines.of(path), "kindergarten.territory", reason)
    occupied = territories_with_kindergartens(tx)
    taken = {code for code, territory in known_territories(tx).items() if territory.id in occupied}
    for index, entry in enumerate(entries.territory):
        if entry.parent in taken:
            reason = f"{entry.parent} has kindergartens: nothing can lie inside it"
            yield Fault(lines.of(("territory", index, "parent")), "territory.parent", reason)


def _no_territory(lines: Lines, table: str, index: int, code: str) -> Fault:
    path = (table, index, "territory")
    return Fault(lines.of(path), f"{table}.territory", f"there is no territory {code}")
