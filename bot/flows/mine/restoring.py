"""Bringing an application back from the archive: with its date within 30 days, with a new one later."""

from bot.conversation.actions import Outdated, action
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.application_words import title
from bot.flows.as_of_now import policy_now
from bot.flows.mine import one
from bot.flows.mine.keeping import as_it_stands, told_and_noted
from bot.flows.mine.own import SURE, again, child_of, locked, name_of, own
from bot.flows.mine.particulars import after_the_queue
from bot.texts import Texts
from domain.application import Happening, Status
from domain.errors import TooOld
from domain.notice import Deed, Told
from domain.queue_order import QueueKey
from domain.restoring import Restoration, restoration
from storage import people, suspensions
from storage.application_changes import resume, set_status
from storage.applications import Application, ApplicationExists, live_of_child
from storage.look_up import Found
from storage.queue_places import would_be
from storage.suspensions import RunningSuspension

OLD, NEW, OLD_STOPPED, NEW_STOPPED = "old", "new", "olds", "news"


def restore(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """With which date and place it would come back; then, pressed under that while it is so, the return."""
    found = own(turn, arguments)
    if found.status is not Status.WITHDRAWN:
        return one.present(turn, found).with_note(turn.t("Only a withdrawn application can be restored."))
    return as_it_stands(turn, found, lambda: _restore(turn, found, arguments[1:]))


def _restore(turn: Turn, found: Found, pressed: tuple[str, ...]) -> Screen:
    # Before the application: whoever applies anew for the child at this instant waits here, or we for them.
    people.lock_child(turn.tx, found.child_id)
    whole = locked(turn, found)
    if whole.status is not Status.WITHDRAWN:
        # Somebody was quicker, from another telephone.
        return restore(turn, (str(found.id),))
    _refuse_second(turn, whole)
    try:
        back = _restoration(turn, found, whole)
    except TooOld as refusal:
        return _too_old(turn, found, refusal)
    stopped = suspensions.running(turn.tx, whole.child_id, whole.territory_id, whole.kind, turn.now)
    if pressed == (SURE, _manner(back, stopped)):
        return _bring_back(turn, found, whole, back, stopped)
    return _ask(turn, found, whole, back, stopped)


def _refuse_second(turn: Turn, whole: Application) -> None:
    """One live application per child, territory and queue kind (ours). Raises ApplicationExists."""
    for other in live_of_child(turn.tx, whole.child_id):
        if (other.territory_id, other.kind) == (whole.territory_id, whole.kind):
            raise ApplicationExists(other.id)


def _restoration(turn: Turn, found: Found, whole: Application) -> Restoration:
    child = child_of(turn, found)
    if child is None or whole.ended_at is None:
        raise Outdated
    return restoration(
        submitted_at=whole.submitted_at,
        withdrawn_at=whole.ended_at,
        birth_date=child.birth_date,
        now=turn.now,
        limit_years=policy_now(turn.tx, whole.territory_id).age_limit_years,
    )


def _manner(back: Restoration, stopped: RunningSuspension | None) -> str:
    """How it would come back, in a word: it is asked anew when that has become another."""
    if stopped is not None:
        return OLD_STOPPED if back.keeps_date else NEW_STOPPED
    return OLD if back.keeps_date else NEW


def _ask(
    turn: Turn, found: Found, whole: Application, back: Restoration, stopped: RunningSuspension | None
) -> Screen:
    t = turn.t
    if back.keeps_date:
        lines = [
            t("Restore the application? It keeps its date: {moment}.", moment=t.moment(back.submitted_at))
        ]
    else:
        lines = [t("Restore the application? The 30 days are over: it gets a new date, today's.")]
    if stopped is not None:
        lines.append(_until(t, stopped))
    else:
        key = QueueKey(back.submitted_at, whole.number)
        stands = would_be(turn.tx, whole.queue_id, whole.queue_class, key)
        lines.append(t("Its place would be {place} of {size}.", place=stands.place, size=stands.size))
    rows: tuple[Row, ...] = (
        (Button(t("Yes, restore it"), action("restore", found.id, SURE, _manner(back, stopped))),),
        (Button(t("Back"), action("own", found.id)),),
    )
    text = "\n\n".join(filter(None, (name_of(turn, found), *lines)))
    return Screen(text, title=title(turn, found), rows=rows)


def _bring_back(
    turn: Turn, found: Found, whole: Application, back: Restoration, stopped: RunningSuspension | None
) -> Screen:
    """It comes back without a pause, if it had one: who restores it wants a seat."""
    changed = set_status(
        turn.tx,
        whole,
        Happening.RESTORED if stopped is None else Happening.RESTORED_SUSPENDED,
        submitted_at=back.submitted_at,
        suspended=stopped.span if stopped is not None else None,
    )
    if whole.paused_at is not None:
        resume(turn.tx, changed.application)
    facts = {
        "keeps_date": back.keeps_date,
        "place": changed.entered.place if changed.entered is not None else None,
        "stopped_until": stopped.ends_at.isoformat() if stopped is not None else None,
    }
    told_and_noted(turn, found, Told.RESTORED, Deed.RESTORED, **facts)
    note = turn.t("The application is back in the queue.") if stopped is None else _until(turn.t, stopped)
    return one.present(turn, again(turn, found.id)).with_note(note)


def _until(t: Texts, stopped: RunningSuspension) -> str:
    return t(
        "The stop-list runs until {moment}: until then it has no place and takes no seats, then it goes on "
        "by itself.",
        moment=t.moment(stopped.ends_at),
    )


def _too_old(turn: Turn, found: Found, refusal: TooOld) -> Screen:
    t = turn.t
    why = t(
        "It can't come back: since {date} the child is too old for this queue.", date=t.day(refusal.since)
    )
    return one.present(turn, found).with_note("\n".join((why, after_the_queue(t))))
