"""A form begun in another messenger of the same parent, gone on with here.

It is copied, never taken away: the other messenger keeps it, and what is sent in twice is refused there
like any second application for one child.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.conversation import form as forms
from bot.conversation.actions import Outdated, action
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.session import FormState, Session, load, place_of
from bot.conversation.turn import Turn
from bot.flows.channel_names import channel_name
from storage import accounts, applications
from storage.accounts import LeftBehind
from storage.vault import VaultError

NAME, HERE = "moved", "here"
log = structlog.get_logger("conversation")


@dataclass(frozen=True, slots=True)
class Begun:
    """A long form that waits elsewhere: in which channel, and when that was last used."""

    state: FormState
    channel: str
    at: datetime


def show(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """Where it was begun; and, when that is meant, go on with it here."""
    begun = find(turn)
    match arguments:
        case () if begun is not None:
            return _ask(turn, begun)
        case ("here",) if begun is not None:
            return _go_on_here(turn, begun)
        case _:
            raise Outdated


def offer(turn: Turn) -> Screen | None:
    """The question whether to go on here, where there is something to go on with."""
    begun = find(turn)
    return None if begun is None else _ask(turn, begun)


def offered(turn: Turn) -> tuple[Row, ...]:
    """The same as a row of the main menu."""
    if find(turn) is None:
        return ()
    return ((Button(turn.t("Continue my draft"), action(NAME)),),)


def find(turn: Turn) -> Begun | None:
    """The newest long form that this parent began elsewhere, unless one waits here.

    What is older than the parent's newest application is taken to have been sent in meanwhile.
    """
    me = turn.person.parent_id
    if me is None or next(_kept(turn, turn.session), None) is not None:
        return None
    for each in accounts.left_behind(turn.tx, me, turn.person.conversation_id):
        state = next(_kept(turn, _opened(turn, each)), None)
        if state is not None:
            newer = any(
                own.created_at >= each.last_used_at for own in applications.live_of_parent(turn.tx, me)
            )
            return None if newer else Begun(state, each.channel, each.last_used_at)
    return None


def _opened(turn: Turn, left: LeftBehind) -> Session:
    try:
        raw = turn.tx.vault.open_bytes(*place_of(left.conversation_id), left.session)
    except VaultError as fault:
        # There, too, it would be begun anew.
        log.error("a session can't be opened", fault=type(fault).__name__)
        return Session()
    return load(raw, 0)


def _kept(turn: Turn, session: Session) -> Iterator[FormState]:
    """The long forms of a session that this version knows, the latest first."""
    for state in (session.form, *reversed(session.aside)):
        known = turn.book.forms.get(state.form) if state is not None else None
        if state is not None and known is not None and known.kept:
            yield state


def _ask(turn: Turn, begun: Begun) -> Screen:
    t = turn.t
    text = t(
        "You began to fill in an application in {messenger} (last on {moment}). Go on with it here? "
        "It stays there, too, as you left it.",
        messenger=channel_name(t, begun.channel),
        moment=t.moment(begun.at),
    )
    rows: tuple[Row, ...] = (
        (Button(t("Go on here"), action(NAME, HERE)),),
        (Button(t("Menu"), action("menu")),),
    )
    return Screen(text, title=t("Your application"), rows=rows)


def _go_on_here(turn: Turn, begun: Begun) -> Screen:
    left = begun.state
    turn.session.form = FormState(left.form, left.question, deepcopy(left.draft), owner=turn.person.parent_id)
    return forms.take_up(turn, turn.book.forms[left.form], turn.session.form)
