"""What is told when the phones of a cabinet change: to the numbers themselves, the inbox, the journal."""

from bot.flows.circumstances import Circumstances
from bot.flows.phone_words import ending
from domain.notice import Deed, Told
from domain.phone import Phone
from domain.phone_change import PhoneChange, Undo
from storage import phone_changes, phones

SIGNED_OUT = {"here": True}
"""Every account that is told of an undoing is signed out by it: the one that undoes has it on its screen."""


def tell_changed(case: Circumstances, change: PhoneChange) -> None:
    """One phone took the place of another: who holds the old one can undo it."""
    t, old, new = case.texts, ending(change.old), ending(change.new)
    to_old = t(
        "Kezek: the number ending in {new} took the place of this one in your cabinet. "
        "If that was not you, send /undo to Kezek before {moment}.",
        new=new,
        moment=t.moment(change.until),
    )
    case.text(change.old, to_old)
    to_new = t("Kezek: this number took the place of the one ending in {old} in your cabinet.", old=old)
    case.text(change.new, to_new)
    case.note(Deed.PHONE_CHANGED)
    case.tell(Told.PHONE_CHANGED, old=old, new=new, until=change.until.isoformat())


def tell_added(case: Circumstances, new: Phone) -> None:
    """One more phone is confirmed: who has an older one can take it back, where there is a child."""
    t, history = case.texts, phone_changes.history_of(case.tx, case.parent_id)
    until = next((each.until for each in history.open_additions(case.at) if each.number == new), None)
    case.text(new, t("Kezek: this number is confirmed as a phone of your cabinet."))
    added = t("Kezek: a phone ending in {new} was added to your cabinet.", new=ending(new))
    if until is not None:
        moment = t.moment(until)
        added += " " + t("If that was not you, send /undo to Kezek before {moment}.", moment=moment)
    for each in phones.confirmed_phones(case.tx, case.parent_id):
        if each != new:
            case.text(each, added)
    case.note(Deed.PHONE_CONFIRMED)
    if until is None:
        case.tell(Told.PHONE_ADDED, new=ending(new))
    else:
        case.tell(Told.PHONE_ADDED, new=ending(new), until=until.isoformat())


def tell_taken_away(case: Circumstances, number: Phone) -> None:
    """A phone that was added counts no more."""
    case.text(number, case.texts("Kezek: this number is no phone of the cabinet any more."))


def tell_taken_back(case: Circumstances, number: Phone) -> None:
    """An added phone was taken back by who holds an older one."""
    tell_taken_away(case, number)
    case.note(Deed.PHONE_CHANGE_UNDONE)
    case.tell(Told.PHONE_ADDING_UNDONE, on_screens=SIGNED_OUT, new=ending(number))


def warn_replaced(case: Circumstances, new: Phone) -> None:
    """A phone comes in while a change can still be undone: who can undo it is told, as it would go, too."""
    t, there = case.texts, phones.confirmed_phones(case.tx, case.parent_id)
    changes = phone_changes.changes_of(case.tx, case.parent_id)
    open_until = {each.old: each.until for each in changes if each.is_open(case.at)}
    for old, until in open_until.items():
        if old not in (new, *there):
            words = t(
                "Kezek: after your number was replaced, one ending in {new} came into the cabinet. "
                "If that was not you, send /undo to Kezek before {moment}: both are taken back.",
                new=ending(new),
                moment=t.moment(until),
            )
            case.text(old, words)


def tell_undone(case: Circumstances, undone: Undo) -> None:
    """A replaced phone is back in its place."""
    t = case.texts
    to_old = t("Kezek: the change is undone. This number is a phone of your cabinet again.")
    case.text(undone.put_back, to_old)
    to_new = t("Kezek: the change is undone. This number is no phone of the cabinet any more.")
    case.text(undone.taken_away, to_new)
    case.note(Deed.PHONE_CHANGE_UNDONE)
    old, new = ending(undone.put_back), ending(undone.taken_away)
    case.tell(Told.PHONE_CHANGE_UNDONE, on_screens=SIGNED_OUT, old=old, new=new)
