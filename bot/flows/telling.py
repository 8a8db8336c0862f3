"""Telling a parent something outside of the present conversation: into the inbox, and by the chosen way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.conversation.turn import Turn
from bot.flows.doing import as_noted, doer
from bot.flows.sending import Parcel, send
from bot.flows.together import Said
from bot.flows.ways_told import WaysTold, ways_of
from domain.helping import TOLD_TO_HELPERS
from domain.manner import goes_out_later
from domain.notice import Deed, Told
from storage import journal, notices
from storage.notices import NewNotice
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One thing that one parent is told, and what its words need.

    `but_not_in`: the conversation in which it is on the screen anyway. `on_screens`: further facts, of the
    accounts it is sent to and not of the inbox.
    """

    parent_id: int
    kind: Told
    facts: Mapping[str, Any] = field(repr=False)
    application_id: int | None = None
    but_not_in: int | None = None
    on_screens: Mapping[str, Any] = field(default_factory=dict)


def tell(
    tx: Transaction,
    parent_id: int,
    kind: Told,
    at: datetime,
    *,
    application_id: int | None = None,
    but_not_in: int | None = None,
    on_screens: Any = None,
    **facts: Any,
) -> None:
    """Tell a parent: kept in the inbox, sent to the accounts or (naming nobody) by SMS, as the parent chose.

    What is a helper's business is told to the parent's helper, too. What is not critical waits in quiet
    hours for the morning, and reminders for each other: the clockwork sends them (`bot.put_off`).

    `but_not_in`: the conversation in which it is on the screen anyway. Without any account an SMS is
    all there is. `on_screens`: further facts, a dict, of the accounts it is sent to and not of the inbox.
    Who chose e-mail is told in the messenger as long as there is no mail.
    """
    news = News(
        parent_id=parent_id,
        kind=kind,
        facts=facts,
        application_id=application_id,
        but_not_in=but_not_in,
        on_screens=on_screens or {},
    )
    tell_all(tx, [news], at)


def tell_all(tx: Transaction, many: Sequence[News], at: datetime) -> None:
    """Tell many parents, each as `tell` would and in this order, in as many statements as one of them."""
    kept = notices.add_all(tx, [_for_inbox(each, at) for each in many], at)
    with_helpers = {each.parent_id for each in many if each.kind in TOLD_TO_HELPERS}
    ways = ways_of(tx, {each.parent_id for each in many}, with_helpers, at)
    numbered = list(zip(many, kept, strict=True))
    notices.mark_read(tx, [notice_id for each, notice_id in numbered if _was_seen(each, ways)], at)
    at_once = [_parcel(*each) for each in numbered if goes_out_later(each[0].kind, at) is None]
    send(tx, at_once, ways, at)


def _for_inbox(news: News, at: datetime) -> NewNotice:
    later = goes_out_later(news.kind, at)
    return NewNotice(news.parent_id, news.kind, _facts(news), news.application_id, later, news.but_not_in)


def _parcel(news: News, notice_id: int) -> Parcel:
    return Parcel(
        parent_id=news.parent_id,
        notice_id=notice_id,
        some=[Said(news.kind, _facts(news))],
        but_not_in=news.but_not_in,
        on_screens=news.on_screens,
    )


def _facts(news: News) -> Mapping[str, Any]:
    if news.application_id is None:
        return news.facts
    return {**news.facts, "application": news.application_id}


def _was_seen(news: News, ways: WaysTold) -> bool:
    """Done by the parent just now, and read on the screen.

    What is about the cabinet stays new: it may have been somebody else.
    """
    own = {each.conversation_id for each in ways.accounts[news.parent_id]}
    return news.kind in TOLD_TO_HELPERS and news.but_not_in in own


def noted(
    turn: Turn,
    what: Deed,
    *,
    of: int | None = None,
    application_id: int | None = None,
    **data: Any,
) -> None:
    """Write into the journal of a parent (the present one, or `of`) what the present one did here."""
    me = turn.person.parent_id
    parent_id = of if of is not None else me
    if parent_id is None:
        return
    actor = doer(turn, me) if me is not None else journal.SYSTEM
    journal.note(
        turn.tx,
        parent_id,
        actor,
        what,
        turn.now,
        channel=turn.incoming.address.channel,
        application_id=application_id,
        data=as_noted(turn, data),
    )
