"""Sending what is in the inbox already: to the accounts, or (naming nobody) by SMS, and to the helper.

Several notices of one parent that go out together are one message.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.conversation.postbox import Going, for_conversation, for_phone
from bot.flows import together
from bot.flows.notice_words import by_sms, personal
from bot.flows.telling_helpers import for_helper
from bot.flows.together import Said
from bot.flows.ways_told import BY_SMS, WaysTold
from bot.texts import texts_in
from domain.helping import TOLD_TO_HELPERS
from domain.manner import urgency_of, useful_until
from storage import messages
from storage.messages import Addressed
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What one parent is sent as one message: notices in the inbox, the first of which leads.

    `notice_id` is that one's; the other fields are as in `News`.
    """

    parent_id: int
    notice_id: int
    some: Sequence[Said]
    but_not_in: int | None = None
    on_screens: Mapping[str, Any] = field(default_factory=dict)

    @property
    def going(self) -> Going:
        """As pressing as the most pressing of them, and of use as long as one of them is."""
        ends = [useful_until(each.kind, each.facts) for each in self.some]
        last = None if None in ends else max(each for each in ends if each is not None)
        return Going(min(urgency_of(each.kind) for each in self.some), self.notice_id, last)


def send(tx: Transaction, parcels: Sequence[Parcel], ways: WaysTold, at: datetime) -> None:
    """Put them into the conversations, in this order; whoever delivers finds them there."""
    messages.log_addressed(tx, [each for parcel in parcels for each in _addressed(tx, parcel, ways)], at)


def _addressed(tx: Transaction, parcel: Parcel, ways: WaysTold) -> Iterator[Addressed]:
    parent_id, going = parcel.parent_id, parcel.going
    masked = frozenset().union(*(personal(each.facts) for each in parcel.some))
    chosen, reached = ways.chosen[parent_id], ways.accounts[parent_id]
    shown = [Said(each.kind, {**each.facts, **parcel.on_screens}) for each in parcel.some]
    for reach in reached:
        if reach.conversation_id != parcel.but_not_in and chosen.way != BY_SMS:
            t = texts_in(reach.language or chosen.language)
            yield for_conversation(reach, together.screen(t, shown), t.language, masked, going)
    if parent_id in ways.phones:
        t, phone = texts_in(chosen.language), ways.phones[parent_id]
        text = "\n\n".join(by_sms(t, each.kind, each.facts) for each in parcel.some)
        yield for_phone(reached[0].conversation_id, phone.e164, text, t.language, masked, going)
    told_already = {each.conversation_id for each in reached} | {parcel.but_not_in or 0}
    helper, helpful = ways.helpers.get(parent_id), _for_helper(parcel)
    if helper is not None and helpful and helper.conversation_id not in told_already:
        yield for_helper(tx, helper, parent_id, helpful, chosen.language)


def _for_helper(parcel: Parcel) -> list[Said]:
    return [each for each in parcel.some if each.kind in TOLD_TO_HELPERS]
