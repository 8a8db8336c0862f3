"""The parent's own: what a button may name, as it stands now. Another's looks like none at all."""

from collections.abc import Sequence
from functools import partial

from bot.conversation.actions import Outdated, action, number_in
from bot.conversation.reply import Button, Row
from bot.conversation.turn import Turn
from bot.flows.as_of_now import as_of_now
from domain.application import LIVE
from storage import applications, children, look_up
from storage.applications import Application
from storage.children import Child
from storage.look_up import Found

SURE = "yes"
"""The last part of a button that was offered after the consequences were shown."""


def me(turn: Turn) -> int:
    """The parent who is signed in: whoever comes this far is one."""
    assert turn.person.parent_id is not None
    return turn.person.parent_id


def own(turn: Turn, arguments: Sequence[str]) -> Found:
    """The application that a button names first. Raises Outdated where it is not the presser's own."""
    return again(turn, number_in(arguments))


def own_live(turn: Turn, arguments: Sequence[str]) -> Found:
    """The same, for what can't be done with one in the archive. Raises Outdated for one of those, too."""
    found = own(turn, arguments)
    if found.status not in LIVE:
        raise Outdated
    return found


def again(turn: Turn, application_id: int) -> Found:
    """An application of the own, read anew. Raises Outdated where it is not the presser's own."""
    found = as_of_now(turn.tx, partial(look_up.by_id, turn.tx, application_id, me(turn)))
    if not found or not found[0].own:
        raise Outdated
    return found[0]


def locked(turn: Turn, found: Found) -> Application:
    """The whole application, which nobody else can change until the turn ends."""
    whole = applications.lock(turn.tx, found.id)
    if whole is None:
        raise Outdated
    return whole


def child_of(turn: Turn, found: Found) -> Child | None:
    """The child, for its own parent; None where the parent applied and is not joined to it any more."""
    return children.find(turn.tx, me(turn), found.child_id)


def name_of(turn: Turn, found: Found) -> str:
    """The child's given name, empty while nobody has told it."""
    return turn.private(found.child_name or "")


def back_to(turn: Turn, found: Found) -> tuple[Row, ...]:
    """The way back to the application, and home."""
    t = turn.t
    return ((Button(t("Back"), action("own", found.id)),), (Button(t("Menu"), action("menu")),))


def offered(turn: Turn, label: str, name: str, *arguments: object) -> tuple[Row, ...]:
    """A way to another flow, from the day that there is one."""
    return ((Button(label, action(name, *arguments)),),) if name in turn.book.actions else ()
