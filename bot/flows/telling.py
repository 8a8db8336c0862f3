"""Telling a parent something outside of the present conversation: into the inbox, and by the chosen way."""

from datetime import datetime
from typing import Any

from bot.conversation.postbox import Going, post_to_conversation, post_to_phone
from bot.conversation.turn import Turn
from bot.flows.notice_words import by_sms, personal, screen_of
from bot.flows.telling_helpers import tell_helper
from bot.texts import texts_in
from domain.helping import TOLD_TO_HELPERS
from domain.manner import urgency_of
from domain.notice import Deed, Told
from storage import conversations, journal, notices, people
from storage.transaction import Transaction

MESSENGER, BY_SMS, BY_MAIL = "messenger", "sms", "email"
WAYS = (MESSENGER, BY_SMS, BY_MAIL)


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
    if application_id is not None:
        facts["application"] = application_id
    kept = notices.add(tx, parent_id, kind, facts, at, application_id)
    masked, going = personal(facts), Going(urgency_of(kind), kept)
    reached = conversations.of_parent(tx, parent_id)
    if kind in TOLD_TO_HELPERS and but_not_in in {each.conversation_id for each in reached}:
        # Done by the parent just now, and read on the screen. What is about the cabinet stays new: it may
        # have been somebody else.
        notices.mark_read(tx, [kept], at)
    chosen, shown = people.notices_of(tx, parent_id), {**facts, **(on_screens or {})}
    for reach in reached:
        if reach.conversation_id != but_not_in and chosen.way != BY_SMS:
            t = texts_in(reach.language or chosen.language)
            post_to_conversation(tx, reach, screen_of(t, kind, shown), t.language, masked, at, going)
    if chosen.way == BY_SMS and reached:
        t = texts_in(chosen.language)
        for phone in people.confirmed_phones(tx, parent_id)[:1]:
            text = by_sms(t, kind, facts)
            post_to_phone(tx, reached[0].conversation_id, phone.e164, text, t.language, at, masked, going)
    own = {each.conversation_id for each in reached} | {but_not_in or 0}
    tell_helper(tx, parent_id, kind, facts, at, told_already=own, language=chosen.language)


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
