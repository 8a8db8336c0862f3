"""What a helper sees of the families: their live applications. Nothing here changes anything."""

from collections.abc import Sequence
from functools import partial

from bot.conversation.actions import Outdated, action, number_in
from bot.conversation.limits import LONGEST_LABEL
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.application_words import describe
from bot.flows.as_of_now import as_of_now
from bot.flows.mine.lists import heading, labels_of
from bot.flows.parent_names import short_name
from domain.helping import Helper
from storage import helpers, look_up
from storage.queue_places import place_of

NAME = "helping"
_MOST = 6


def families(turn: Turn) -> list[Helper]:
    """Where this account helps now."""
    return helpers.helping(turn.tx, turn.person.contact_id, turn.now)


def show(turn: Turn) -> Screen:
    """The families; one that is alone is opened at once."""
    there = families(turn)
    if len(there) == 1:
        return family(turn, there[0])
    t = turn.t
    called = names(turn, there[:_MOST])
    rows: list[Row] = [
        (Button(name[:LONGEST_LABEL], action(NAME, "of", each.id)),)
        for each, name in zip(there, called, strict=False)
    ]
    rows += ((Button(t("Another family"), action(NAME, "new")),), (Button(t("Menu"), action("menu")),))
    text = t("You help {number} families. Which one do you want to look at?", number=len(there))
    return Screen(text, title=t("Families I help"), rows=tuple(rows))


def family(turn: Turn, helper: Helper) -> Screen:
    """The live applications of one family."""
    t = turn.t
    found = as_of_now(turn.tx, partial(look_up.of_parent, turn.tx, helper.parent_id))
    shown = found[:_MOST]
    entries = [
        f"{heading(turn, each)}\n{describe(turn, each, place_of(turn.tx, each.id), titled=True)}"
        for each in shown
    ]
    if not entries:
        entries = [t("No child of this family is in a queue at present.")]
    until = t(
        "You look on until {date} at the latest. You can change nothing here.", date=t.day(helper.until)
    )
    rows: list[Row] = [
        (Button(label, action(NAME, "one", each.id)),)
        for each, label in zip(shown, labels_of(turn, shown), strict=True)
    ]
    rows.append((Button(t("Another family"), action(NAME, "new")),))
    rows.append((Button(t("Don't help any more"), action(NAME, "leave", helper.id)),))
    rows.append((Button(t("Menu"), action("menu")),))
    return Screen("\n\n".join((*entries, until)), title=names(turn, [helper])[0], rows=tuple(rows))


def of(turn: Turn, arguments: Sequence[str]) -> Helper:
    """The family that a button names, if this account helps it now. Raises Outdated."""
    helper_id = number_in(arguments)
    for each in families(turn):
        if each.id == helper_id:
            return each
    raise Outdated


def names(turn: Turn, there: Sequence[Helper]) -> list[str]:
    """The parents by their short names; by number where one is not known, or two are alike."""
    named = [short_name(turn.tx, each.parent_id) for each in there]
    return [
        turn.private(name) if name and named.count(name) == 1 else turn.t("Family {number}", number=position)
        for position, name in enumerate(named, start=1)
    ]
