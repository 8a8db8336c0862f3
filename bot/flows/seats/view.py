"""What of the free places is looked at: filled in from the parent's child, each part changed by one tap.

It stands whole on every button, so that a button of an old message still shows what it showed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from bot.conversation.actions import Outdated, action
from bot.conversation.reply import Screen
from bot.conversation.turn import Turn
from bot.flows import lock
from bot.flows.mine.overview import own_live_ones
from bot.flows.mine.own import again
from bot.flows.seats.short_ids import long, short
from domain.application import Status
from storage.look_up import Found
from storage.seats.bulletin_pages import Filters

PARTS = 5
"""How many arguments of a button it takes."""
OWN = "~"
"""In place of a language: those that the application names."""
_ANY = "-"
_CHILD, _PLACE = "a", "t"
_FIRST_YEAR = 1990
_LANGUAGE = re.compile(r"[a-z]{2,8}")


class Show(str, Enum):
    """Whether only those are shown that are open, and to whom."""

    ALL = "0"
    TO_ME = "m"
    TO_EVERYONE = "e"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """`found` is the application that it was filled in from; None: it is a territory's, for anybody."""

    territory_id: int
    found: Found | None = None
    birth_year: int | None = None
    language: str | None = None
    kindergarten_id: int | None = None
    show: Show = Show.ALL

    @property
    def arguments(self) -> tuple[str, ...]:
        """As it stands on a button."""
        of_child = self.found is not None
        base = short(self.found.id if self.found is not None else self.territory_id)
        return (
            (_CHILD if of_child else _PLACE) + base,
            _ANY if self.birth_year is None else short(self.birth_year - _FIRST_YEAR),
            self.language or _ANY,
            _ANY if self.kindergarten_id is None else short(self.kindergarten_id),
            self.show.value,
        )

    def but(self, **changed: object) -> "View":
        """The view with another year, language, kindergarten or show.

        What is open to the child is only looked for among what fits it.
        """
        after = replace(self, **changed)  # type: ignore[arg-type]
        if after.show is not Show.TO_ME or after.found is None:
            return after
        if "show" in changed:
            return replace(after, birth_year=after.found.birth_year, language=OWN)
        fits = (after.birth_year, after.language) == (after.found.birth_year, OWN)
        return after if fits else replace(after, show=Show.ALL)

    @property
    def filters(self) -> Filters:
        """The same for whoever reads the bulletins."""
        languages = frozenset({self.language} if self.language is not None else ())
        if self.language == OWN and self.found is not None:
            languages = frozenset(self.found.languages)
        return Filters(
            territory_id=self.territory_id,
            queue_kind=self.found.queue_kind if self.found is not None else None,
            birth_year=self.birth_year,
            languages=languages,
            kindergarten_id=self.kindergarten_id,
            open_to_everyone=self.show is Show.TO_EVERYONE,
            open_to=self.found.id if self.found is not None and self.show is Show.TO_ME else None,
        )


def of_child(found: Found) -> View:
    """What fits a child."""
    return View(territory_id=found.territory_id, found=found, birth_year=found.birth_year, language=OWN)


def usual(turn: Turn) -> View:
    """What is shown first: what fits the first child that waits; else all of the conversation's territory."""
    children = own_live_ones(turn) if lock.asker(turn) is not None else ()
    waiting = [each for each in children if each.status is Status.AWAITING_PLACE]
    for found in (*waiting, *children):
        return of_child(found)
    assert turn.person.territory_id is not None
    return View(territory_id=turn.person.territory_id)


def view_in(turn: Turn, arguments: Sequence[str]) -> View:
    """The view that a button names; the usual one where it names none.

    Raises Outdated, also for a child that is not the presser's own.
    """
    if not arguments:
        return usual(turn)
    try:
        base, year, language, kindergarten, show = arguments
        shown = Show(show)
    except ValueError:
        raise Outdated from None
    if language not in (_ANY, OWN) and not _LANGUAGE.fullmatch(language):
        raise Outdated
    found = _found(turn, base)
    return View(
        territory_id=found.territory_id if found is not None else long(base[1:]),
        found=found,
        birth_year=None if year == _ANY else long(year) + _FIRST_YEAR,
        language=None if language == _ANY or (language == OWN and found is None) else language,
        kindergarten_id=None if kindergarten == _ANY else long(kindergarten),
        show=shown if found is not None or shown is not Show.TO_ME else Show.ALL,
    )


def _found(turn: Turn, base: str) -> Found | None:
    if base[:1] == _PLACE:
        return None
    if base[:1] != _CHILD or lock.asker(turn) is None:
        raise Outdated
    return again(turn, long(base[1:]))


def shut_out(turn: Turn, name: str, arguments: tuple[str, ...]) -> Screen | None:
    """What is known of the own child is behind the cabinet's lock; None where nothing of it is asked for."""
    asked = any(each.startswith(_CHILD) and len(each) > 1 for each in arguments[-PARTS - 1 :])
    if not asked or turn.person.parent_id is None or lock.pass_through(turn):
        return None
    turn.session.wanted = action(name, *arguments)
    return turn.book.door(turn)


def places_of(view: View, first_id: int | None = None) -> str:
    """The action that shows a view, from that bulletin on."""
    return action("places", *view.arguments, *(() if first_id is None else (short(first_id),)))


def places_of_kindergarten(territory_id: int, kindergarten_id: int) -> str:
    """The action that shows what is free in one kindergarten."""
    return places_of(View(territory_id=territory_id, kindergarten_id=kindergarten_id))
