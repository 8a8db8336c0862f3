"""Whose cabinet something is done in, by whom and from where: by the parent in a turn, or by staff."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.conversation.postbox import post_to_phone
from bot.conversation.turn import Turn
from bot.flows.doing import doer
from bot.flows.telling import tell
from bot.texts import Texts, texts_in
from domain.notice import Deed, Told
from domain.phone import Phone
from storage import journal, people
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Circumstances:
    """`conversation_id` and `contact_id` are the account with which it is done, or for which.

    `actor` as the journal names it; `at` an instant in UTC.
    """

    tx: Transaction
    at: datetime
    parent_id: int
    actor: str
    channel: str
    conversation_id: int
    contact_id: int

    @property
    def texts(self) -> Texts:
        """The words in the parent's language."""
        return texts_in(people.notices_of(self.tx, self.parent_id).language)

    def note(self, what: Deed, **data: Any) -> None:
        """Write it into the parent's journal."""
        journal.note(self.tx, self.parent_id, self.actor, what, self.at, channel=self.channel, data=data)

    def tell(self, kind: Told, **facts: Any) -> None:
        """Tell the parent, in this account only what stands on its screen anyway."""
        tell(self.tx, self.parent_id, kind, self.at, but_not_in=self.conversation_id, **facts)

    def text(self, phone: Phone, words: str) -> None:
        """An SMS to a number that it is about."""
        language = self.texts.language
        post_to_phone(self.tx, self.conversation_id, phone.e164, words, language, self.at)


def here(turn: Turn, parent_id: int) -> Circumstances:
    """In this turn, by the parent: whoever has shown to be that one."""
    person = turn.person
    return Circumstances(
        turn.tx,
        turn.now,
        parent_id,
        doer(turn, parent_id),
        turn.incoming.address.channel,
        person.conversation_id,
        person.contact_id,
    )
