"""Sending what is in the inbox already: to the accounts, by SMS (naming nobody) or e-mail, and to the helper.

Several notices of one parent that go out together are one message.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.conversation.payloads import About
from bot.conversation.postbox import Going, for_conversation, for_mailbox, for_phone
from bot.conversation.reply import Letter
from bot.flows import together
from bot.flows.notice_words import by_sms, in_words, personal
from bot.flows.telling_helpers import for_helper
from bot.flows.together import Said
from bot.flows.ways_told import WaysTold
from bot.texts import Texts, texts_in
from domain.helping import TOLD_TO_HELPERS
from domain.manner import Urgency, urgency_of, useful_until
from domain.notice import Told
from domain.ways import BY_SMS, MESSENGER
from storage import messages
from storage.messages import Addressed
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What one parent is sent as one message: notices in the inbox, the first of which leads.

    `notice_id` is that one's; `waits`: so long it is not to go out; the other fields are as in `News`.
    """

    parent_id: int
    notice_id: int
    some: Sequence[Said]
    but_not_in: int | None = None
    on_screens: Mapping[str, Any] = field(default_factory=dict)
    waits: timedelta = timedelta(0)

    @property
    def masked(self) -> frozenset[str]:
        """What of it names somebody."""
        return frozenset().union(*(personal(each.facts) for each in self.some))

    @property
    def going(self) -> Going:
        """As pressing as the most pressing of them, and of use as long as one of them is."""
        ends = [useful_until(each.kind, each.facts) for each in self.some]
        last = None if None in ends else max(each for each in ends if each is not None)
        urgency = min(urgency_of(each.kind) for each in self.some)
        return Going(urgency, self.notice_id, last, self.waits, About(together.things_in(self.some)))


def send(tx: Transaction, parcels: Sequence[Parcel], ways: WaysTold, at: datetime) -> None:
    """Put them into the conversations, in this order; whoever delivers finds them there."""
    messages.log_addressed(tx, [each for parcel in parcels for each in _addressed(tx, parcel, ways)], at)


def send_by(tx: Transaction, way: str, parcel: Parcel, ways: WaysTold, at: datetime) -> None:
    """Send it by this way, which is open."""
    messages.log_addressed(tx, list(_by(way, parcel, ways)), at)


def _addressed(tx: Transaction, parcel: Parcel, ways: WaysTold) -> Iterator[Addressed]:
    """All that goes out of it: by the parent's way, and to the helper."""
    parent_id = parcel.parent_id
    way = ways.way(parent_id, parcel.going.urgency)
    if way is not None:
        yield from _by(way, parcel, ways)
    told_already = {each.conversation_id for each in ways.accounts[parent_id]} | {parcel.but_not_in or 0}
    helper, helpful = ways.helpers.get(parent_id), _for_helper(parcel)
    if helper is not None and helpful.some and helper.conversation_id not in told_already:
        language = ways.chosen[parent_id].language
        yield for_helper(tx, helper, parent_id, helpful.some, language, _going_to_helper(helpful))


def _by(way: str, parcel: Parcel, ways: WaysTold) -> Iterator[Addressed]:
    if way == MESSENGER:
        yield from _to_accounts(parcel, ways)
        return
    parent_id, going = parcel.parent_id, parcel.going
    home, t = ways.home[parent_id], texts_in(ways.chosen[parent_id].language)
    if way == BY_SMS:
        text = "\n\n".join(by_sms(t, each.kind, each.facts) for each in parcel.some)
        yield for_phone(home, ways.phones[parent_id].e164, text, t.language, parcel.masked, going)
        return
    text = "\n\n".join(in_words(t, each.kind, each.facts) for each in parcel.some)
    address, letter = ways.mailboxes[parent_id].address, _letter(t, parcel)
    yield for_mailbox(home, address, letter, text, t.language, parcel.masked, going)


def _to_accounts(parcel: Parcel, ways: WaysTold) -> Iterator[Addressed]:
    """To all of them but the one on whose screen it is anyway."""
    shown = [Said(each.kind, {**each.facts, **parcel.on_screens}) for each in parcel.some]
    for reach in ways.accounts[parcel.parent_id]:
        if reach.conversation_id != parcel.but_not_in:
            t = texts_in(reach.language or ways.chosen[parcel.parent_id].language)
            screen = together.screen(t, shown)
            yield for_conversation(reach, screen, t.language, parcel.masked, parcel.going)


def _letter(t: Texts, parcel: Parcel) -> Letter:
    """Its subject names nobody; a referral's paper goes along; what is not critical can be ended."""
    kinds = {each.kind: each.facts for each in parcel.some}
    pressing, issued = parcel.going.urgency <= Urgency.CRITICAL, kinds.get(Told.REFERRAL_ISSUED)
    if issued is not None:
        subject = t("Kezek: your referral")
    else:
        subject = t("Kezek: important, please read") if pressing else t("Kezek: news for you")
    return Letter(
        subject,
        ends_for=None if pressing else parcel.parent_id,
        referral=issued["referral"] if issued is not None else None,
        reader=parcel.parent_id if issued is not None else None,
    )


def _for_helper(parcel: Parcel) -> Parcel:
    return replace(parcel, some=[each for each in parcel.some if each.kind in TOLD_TO_HELPERS])


def _going_to_helper(helpful: Parcel) -> Going:
    """As it goes to the parent. That a helper got it is no proof, so it is no message of the notice."""
    going = helpful.going
    return replace(going, notice_id=None, tells=replace(going.tells, for_helper_of=helpful.notice_id))
