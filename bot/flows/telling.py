"""Telling a parent something outside of the present conversation: into the inbox, and by the chosen way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.conversation.postbox import Going, for_conversation, for_phone
from bot.conversation.turn import Turn
from bot.flows.notice_words import by_sms, personal, screen_of
from bot.flows.telling_helpers import for_helper
from bot.flows.ways_told import BY_SMS, WaysTold, ways_of
from bot.texts import texts_in
from domain.helping import TOLD_TO_HELPERS
from domain.manner import urgency_of
from domain.notice import Deed, Told
from storage import journal, messages, notices
from storage.messages import Addressed
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

    What is a helper's business is told to the parent's helper, too.

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
    kept = notices.add_all(tx, [_for_inbox(each) for each in many], at)
    with_helpers = {each.parent_id for each in many if each.kind in TOLD_TO_HELPERS}
    ways = ways_of(tx, {each.parent_id for each in many}, with_helpers, at)
    seen: list[int] = []
    going: list[Addressed] = []
    for each, notice_id in zip(many, kept, strict=True):
        if _was_seen(each, ways):
            seen.append(notice_id)
        going += _addressed(tx, each, notice_id, ways)
    notices.mark_read(tx, seen, at)
    messages.log_addressed(tx, going, at)


def _for_inbox(news: News) -> NewNotice:
    return NewNotice(news.parent_id, news.kind, _facts(news), news.application_id)


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


def _addressed(tx: Transaction, news: News, notice_id: int, ways: WaysTold) -> Iterator[Addressed]:
    """All that goes out of one notice: to the accounts or the phone, and to the helper."""
    facts, parent_id = _facts(news), news.parent_id
    masked, going = personal(facts), Going(urgency_of(news.kind), notice_id)
    chosen, reached = ways.chosen[parent_id], ways.accounts[parent_id]
    for reach in reached:
        if reach.conversation_id != news.but_not_in and chosen.way != BY_SMS:
            t = texts_in(reach.language or chosen.language)
            screen = screen_of(t, news.kind, {**facts, **news.on_screens})
            yield for_conversation(reach, screen, t.language, masked, going)
    if parent_id in ways.phones:
        t, phone = texts_in(chosen.language), ways.phones[parent_id]
        text = by_sms(t, news.kind, facts)
        yield for_phone(reached[0].conversation_id, phone.e164, text, t.language, masked, going)
    helper = ways.helpers.get(parent_id) if news.kind in TOLD_TO_HELPERS else None
    told_already = {each.conversation_id for each in reached} | {news.but_not_in or 0}
    if helper is not None and helper.conversation_id not in told_already:
        yield for_helper(tx, helper, parent_id, news.kind, facts, chosen.language)


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
    actor = journal.by_parent(me) if me is not None else journal.SYSTEM
    channel = turn.incoming.address.channel
    journal.note(
        turn.tx, parent_id, actor, what, turn.now, channel=channel, application_id=application_id, data=data
    )
