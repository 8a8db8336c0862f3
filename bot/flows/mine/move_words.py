"""Why a place moved, in words."""

from collections.abc import Iterable
from dataclasses import replace

from bot.texts import Texts
from domain.application import QueueClass
from domain.place_history import EventKind, Reason
from storage.place_journal import Explained


def in_words(t: Texts, explained: Explained | None) -> str:
    """The move and its reasons, one a line; what each did to the place in front."""
    if explained is None:
        return t("The application has no place in the queue at present.")
    move, date = explained.move, t.day(explained.since)
    if move.after is None:
        return t("The application has no place in the queue at present. It was {before}.", before=move.before)
    if not move.reasons:
        return t("The place is {place}. It has not moved since {date}.", place=move.after, date=date)
    moved = t(
        "On {date} the place was {before}, now it is {after}.",
        date=date,
        before=move.before,
        after=move.after,
    )
    lines = [moved, ""]
    lines += reasons_in_words(t, move.reasons)
    lines += ["", t("▲ is nearer to the front, ▼ further back, by so many places.")]
    if any(each.places > 0 for each in move.reasons):
        lines.append(
            t("A place can move back when children with privileges join. That is how the queue is made.")
        )
    return "\n".join(lines)


def reasons_in_words(t: Texts, reasons: Iterable[Reason]) -> list[str]:
    """A line for each, with what it did to the place in front."""
    return [f"{_arrow(each)} {_reason(t, each)}" for each in _told_together(reasons)]


def _arrow(reason: Reason) -> str:
    """By how many places, and to which side: `▲4` is four places nearer to the front."""
    if not reason.places:
        return "•"
    return f"{'▼' if reason.places > 0 else '▲'}{abs(reason.places)} ·"


def _told_together(reasons: Iterable[Reason]) -> list[Reason]:
    """One reason for each sentence: whose class does not stand in it is told whatever the class."""
    together: dict[tuple[bool, EventKind, QueueClass | None], Reason] = {}
    for each in reasons:
        kind = EventKind.RETURNED if each.kind is EventKind.RESTORED else each.kind
        sentence = (each.own, kind, each.queue_class if kind is EventKind.JOINED else None)
        told = together.get(sentence)
        if told is not None:
            each = replace(told, count=told.count + each.count, places=told.places + each.places)
        together[sentence] = each
    return list(together.values())


def _reason(t: Texts, reason: Reason) -> str:
    if reason.own:
        return _own(t, reason)
    n = reason.count
    match reason.kind, reason.queue_class:
        case (EventKind.JOINED, QueueClass.OUT_OF_QUEUE):
            return t.many("joined out of queue: {number}", "joined out of queue: {number}", n)
        case (EventKind.JOINED, QueueClass.FIRST_PRIORITY):
            return t.many("joined with first priority: {number}", "joined with first priority: {number}", n)
        case (EventKind.JOINED, _):
            return t.many("joined on a general basis: {number}", "joined on a general basis: {number}", n)
        case (EventKind.RETURNED | EventKind.RESTORED, _):
            return t.many(
                "came back with an earlier date: {number}", "came back with an earlier date: {number}", n
            )
        case (EventKind.RECLASSIFIED, _):
            return t.many(
                "changed class by a privilege: {number}", "changed class by a privilege: {number}", n
            )
        case (EventKind.REFERRED, _):
            return t.many("got a referral: {number}", "got a referral: {number}", n)
        case (EventKind.SUSPENDED, _):
            return t.many("went to the stop-list: {number}", "went to the stop-list: {number}", n)
        case (EventKind.WITHDRAWN, _):
            return t.many("withdrew: {number}", "withdrew: {number}", n)
        case _:
            return t.many("left by age: {number}", "left by age: {number}", n)


def _own(t: Texts, reason: Reason) -> str:
    match reason.kind:
        case EventKind.RECLASSIFIED:
            return t("your own class changed")
        case EventKind.REFERRED:
            return t("your application got a referral")
        case EventKind.WITHDRAWN:
            return t("your application was withdrawn")
        case EventKind.SUSPENDED:
            return t("your application went to the stop-list")
        case EventKind.AGED_OUT:
            return t("your application left by age")
        case _:
            return t("your application came back to the queue")
