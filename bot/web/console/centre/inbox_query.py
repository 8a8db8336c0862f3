"""What the inbox's address asks for: a list, filters, from where to go on. Nonsense counts as not asked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlencode

from bot.texts import LANGUAGES
from bot.web.console.centre.keys import key_in, key_text
from bot.web.console.ids import id_in
from domain.assisting import CHANNEL as ASSISTED
from domain.territory import Tree
from storage.centre import labels
from storage.centre.inbox import Filters, Key
from storage.centre.inbox_people import Within

CHANNELS = ("telegram", "whatsapp", "webchat", ASSISTED)


class Tab(Enum):
    """Which list."""

    TEAM = "team"
    WAITING = "waiting"
    MINE = "mine"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page shows. `territory` is one of the reach, with all below it; None: the whole reach."""

    tab: Tab
    filters: Filters
    territory: int | None
    key: Key | None

    @property
    def is_narrowed(self) -> bool:
        """Whether the list has more than what is asked for."""
        return self.filters.any or self.territory is not None or self.key is not None

    def path(self, tab: Tab | None = None, key: Key | None = None) -> str:
        """The address of a list with the same filters; without `key` of its first page."""
        named = {
            "list": (tab or self.tab).value,
            "territory": "" if self.territory is None else str(self.territory),
            "language": self.filters.language or "",
            "channel": self.filters.channel or "",
            "label": self.filters.label or "",
            "from": key_text(key),
        }
        return "/console/chats?" + urlencode({name: value for name, value in named.items() if value})


def asked(query: Mapping[str, str], reach: Collection[int]) -> Asked:
    """What is asked for, as far as it can be: a territory out of reach is as none."""
    tabs = {each.value: each for each in Tab}
    label = " ".join(query.get("label", "").split())[: labels.LONGEST]
    territory = id_in(query.get("territory", ""))
    return Asked(
        tab=tabs.get(query.get("list", ""), Tab.TEAM),
        filters=Filters(
            language=_one_of(LANGUAGES, query.get("language", "")),
            channel=_one_of(CHANNELS, query.get("channel", "")),
            label=label if label.isprintable() and label else None,
        ),
        territory=territory if territory in reach else None,
        key=key_in(query.get("from", "")),
    )


def within(wanted: Asked, reach: frozenset[int], tree: Tree) -> Within:
    """The territories of a page: the reach, or the part of it that lies in the one asked for."""
    if wanted.territory is None:
        return Within(reach)
    inside = {each.id for each in tree.subtree(wanted.territory)}
    return Within(reach & inside, with_nowhere=False)


def _one_of(known: Collection[str], text: str) -> str | None:
    return text if text in known else None
