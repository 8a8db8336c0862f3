"""Withdrawing an application: what that means is shown first, and is confirmed."""

from collections.abc import Iterator

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.application_words import title
from bot.flows.mine import one
from bot.flows.mine.keeping import as_it_stands, told_and_noted
from bot.flows.mine.own import SURE, again, locked, me, name_of, own
from domain.application import COUNTED, LIVE, PAUSABLE, Status
from domain.claim import ClaimKind
from domain.identity import Action
from domain.notice import Deed, Told
from domain.restoring import restorable_until
from storage import guardians, in_hand
from storage.barring import refuse_deed
from storage.look_up import Found
from storage.withdrawals import withdraw as write_withdrawal


def withdraw(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """The consequences; then, pressed under them and while they are still the same, the withdrawal."""
    found = own(turn, arguments)
    if found.status not in LIVE:
        return one.present(turn, found).with_note(turn.t("The application is not in the queue any more."))
    seen = arguments[1:] == (SURE, _in_hand_now(turn, found))
    return as_it_stands(turn, found, lambda: (_withdraw if seen else _ask)(turn, found))


def _ask(turn: Turn, found: Found) -> Screen:
    t = turn.t
    _refuse_barred(turn, found)
    rows: list[Row] = [
        (Button(t("Yes, withdraw it"), action("withdraw", found.id, SURE, _in_hand_now(turn, found))),)
    ]
    if found.status in PAUSABLE and found.paused_at is None:
        rows.append((Button(t("Pause it instead"), action("pause", found.id)),))
    rows.append((Button(t("Keep it"), action("own", found.id)),))
    name = name_of(turn, found)
    text = "\n\n".join((*filter(None, (name,)), *_consequences(turn, found)))
    return Screen(text, title=title(turn, found), rows=tuple(rows))


def _withdraw(turn: Turn, found: Found) -> Screen:
    _refuse_barred(turn, found)
    whole = locked(turn, found)
    if whole.status is not found.status:
        # Somebody was quicker, from another telephone: what that made of it is looked at anew.
        return withdraw(turn, (str(found.id),))
    write_withdrawal(turn.tx, whole)
    until = restorable_until(turn.now)
    told_and_noted(turn, found, Told.WITHDRAWN, Deed.WITHDREW, until=until.isoformat())
    note = turn.t(
        "The application is withdrawn. Until {moment} you can restore it with its old date.",
        moment=turn.t.moment(until),
    )
    return one.present(turn, again(turn, found.id)).with_note(note)


def _refuse_barred(turn: Turn, found: Found) -> None:
    """Nothing is withdrawn within 72 hours of a change of phone, or of joining another parent.

    Raises BarredAfterPhoneChange, BarredAfterJoining.
    """
    refuse_deed(turn.tx, Action.WITHDRAW, me(turn), found.child_id)


def _consequences(turn: Turn, found: Found) -> Iterator[str]:
    t = turn.t
    until = t.moment(restorable_until(turn.now))
    if found.status in COUNTED:
        yield t("Withdraw the application? It goes out of the queue, and everybody behind it moves up.")
    else:
        yield t("Withdraw the application? It goes to the archive.")
    yield t(
        "Until {moment} you can restore it from the archive with its old date. After that it only comes "
        "back with a new date, at the end of its class.",
        moment=until,
    )
    yield from _seat(turn, found)
    if found.status is Status.SUSPENDED and found.suspended_until is not None:
        yield t(
            "The stop-list goes on until {moment}: withdrawing does not shorten it.",
            moment=t.moment(found.suspended_until),
        )
    if len(guardians.guardians_of(turn.tx, found.child_id)) > 1:
        yield t("The other parent is told at once.")


def _seat(turn: Turn, found: Found) -> Iterator[str]:
    t, held = turn.t, in_hand.of_applications(turn.tx, [found.id]).get(found.id)
    if held is None or not held.is_live(turn.now):
        return
    match held.kind:
        case ClaimKind.HELD:
            yield t("The seat that is held is let go: {kindergarten}.", kindergarten=held.kindergarten)
        case ClaimKind.APPLIED:
            yield t("What was sent is taken back: {kindergarten}.", kindergarten=held.kindergarten)
        case _:
            yield t(
                "The referral ends and its seat goes to others: {kindergarten}. Restoring does not bring it "
                "back.",
                kindergarten=held.kindergarten,
            )


def _in_hand_now(turn: Turn, found: Found) -> str:
    """What the consequences depend on, in a word: they are shown anew when it has become another."""
    held = in_hand.of_applications(turn.tx, [found.id]).get(found.id)
    live = held is not None and held.kind is ClaimKind.HELD and held.is_live(turn.now)
    return ClaimKind.HELD.value if live else found.status.value
