"""What is told when the phones of a cabinet change: to the numbers themselves, the inbox, the journal."""

from typing import Any

from bot.conversation.postbox import post_to_phone
from bot.conversation.turn import Turn
from bot.flows.phone_words import ending
from bot.flows.telling import noted, tell
from bot.texts import Texts, texts_in
from domain.notice import Deed, Told
from domain.phone import Phone
from domain.phone_change import PhoneChange, Undo
from storage import people


def tell_changed(turn: Turn, parent_id: int, change: PhoneChange) -> None:
    """One phone took the place of another: who holds the old one can undo it."""
    t = _texts(turn, parent_id)
    old, new = ending(change.old), ending(change.new)
    text(
        turn,
        change.old,
        t,
        t(
            "Kezek: the number ending in {new} took the place of this one in your cabinet. "
            "If that was not you, send /undo to Kezek before {moment}.",
            new=new,
            moment=t.moment(change.until),
        ),
    )
    words = t("Kezek: this number took the place of the one ending in {old} in your cabinet.", old=old)
    text(turn, change.new, t, words)
    noted(turn, Deed.PHONE_CHANGED, of=parent_id)
    _tell(turn, parent_id, Told.PHONE_CHANGED, old=old, new=new, until=change.until.isoformat())


def tell_added(turn: Turn, parent_id: int, new: Phone, *there: Phone) -> None:
    """One more phone is confirmed."""
    t = _texts(turn, parent_id)
    text(turn, new, t, t("Kezek: this number is confirmed as a phone of your cabinet."))
    for each in there:
        words = t("Kezek: a phone ending in {new} was added to your cabinet.", new=ending(new))
        text(turn, each, t, words)
    noted(turn, Deed.PHONE_CONFIRMED, of=parent_id)
    _tell(turn, parent_id, Told.PHONE_ADDED, new=ending(new))


def tell_undone(turn: Turn, parent_id: int, undone: Undo) -> None:
    """A replaced phone is back in its place."""
    t = _texts(turn, parent_id)
    back, gone = ending(undone.put_back), ending(undone.taken_away)
    words = t("Kezek: the change is undone. This number is a phone of your cabinet again.")
    text(turn, undone.put_back, t, words)
    words = t("Kezek: the change is undone. This number is no phone of the cabinet any more.")
    text(turn, undone.taken_away, t, words)
    noted(turn, Deed.PHONE_CHANGE_UNDONE, of=parent_id)
    _tell(turn, parent_id, Told.PHONE_CHANGE_UNDONE, old=back, new=gone)


def text(turn: Turn, phone: Phone, t: Texts, words: str) -> None:
    """An SMS to a number that this conversation is about."""
    post_to_phone(turn.tx, turn.person.conversation_id, phone.e164, words, t.language, turn.now)


def _texts(turn: Turn, parent_id: int) -> Texts:
    return texts_in(people.notices_of(turn.tx, parent_id).language)


def _tell(turn: Turn, parent_id: int, kind: Told, **facts: Any) -> None:
    tell(turn.tx, parent_id, kind, turn.now, but_not_in=turn.person.conversation_id, **facts)
