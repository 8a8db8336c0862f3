"""The families one can play: parents with confirmed phones whose children stand in the main queue."""

from dataclasses import dataclass
from datetime import date

from bot.demo.making import Maker
from domain.iin import Iin, Sex
from domain.phone import Phone


@dataclass(frozen=True, slots=True)
class Story:
    """What is special about a family. `position`: how far down the general basis its date lies, 0 to 1."""

    key: str
    position: float
    children: int = 1
    parents: int = 1
    privilege: str | None = None


STORIES = (
    Story("moved", 0.65),
    Story("two_parents", 0.15, parents=2),
    Story("twins", 0.45, children=2),
    Story("paused", 0.60),
    Story("suspended", 0.02),
    Story("large_family", 0.50, privilege="large_family"),
    Story("serviceman", 0.97, privilege="serviceman"),
    Story("unknown_to_register", 0.30),
    Story("register_down", 0.80),
    Story("register_differs", 0.70),
)
UNVERIFIED = frozenset({"unknown_to_register", "register_differs"})
"""The stories of those who typed their names while the register was down."""


@dataclass(frozen=True, slots=True)
class Parent:
    """A parent who can sign in: the code goes to the first of the phones."""

    iin: Iin
    phones: tuple[Phone, Phone]


@dataclass(frozen=True, slots=True)
class Family:
    """One story with its people."""

    story: Story
    parents: tuple[Parent, ...]
    children: tuple[Iin, ...]

    @property
    def unverified(self) -> bool:
        """Whether the register has yet to confirm the parents."""
        return self.story.key in UNVERIFIED


def make_families(maker: Maker, main_year: int) -> tuple[Family, ...]:
    """A family for every story."""
    return tuple(_family(maker, story, index, main_year) for index, story in enumerate(STORIES))


def _family(maker: Maker, story: Story, index: int, main_year: int) -> Family:
    day = date(main_year, 2 + index % 6, 3 + index * 2)
    sexes = (Sex.FEMALE, Sex.MALE)
    children = tuple(maker.iin(day, sexes[(index + n) % 2]) for n in range(story.children))
    parents = tuple(
        Parent(
            maker.iin(date(main_year - 27 - n - index % 4, 1 + index, 11 + n), sexes[n % 2]),
            (Phone(f"+770155501{index}{n}"), Phone(f"+7702555{index}{n}09")),
        )
        for n in range(story.parents)
    )
    return Family(story, parents, children)
