"""What was sent to a kindergarten and waits for its answer; taken back after the consequences [004]."""

from collections.abc import Iterator

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.mine import one
from bot.flows.mine.own import SURE, again, me, name_of
from bot.flows.seats import told_of_seats
from bot.flows.seats.own_claims import bulletin_of, own_claim
from domain.claim import ClaimKind
from domain.errors import AlreadyDecided
from domain.identity import Action
from storage import guardians
from storage.barring import refuse_deed
from storage.look_up import Found
from storage.seats import activating
from storage.seats.claims import SeatClaim


def present(turn: Turn, found: Found, claim: SeatClaim) -> Screen:
    """Where it went, and until when an answer is due."""
    t = turn.t
    rows: tuple[Row, ...] = (
        (Button(t("Call it back"), action("takeback", claim.id)),),
        (Button(t("The application"), action("own", found.id)),),
        (Button(t("Menu"), action("menu")),),
    )
    return Screen("\n".join(_lines(turn, found, claim)), title=t("Sent to the kindergarten"), rows=rows)


def take_back(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """`takeback:claim[:yes]`: the consequences, then it is taken back."""
    claim, found = own_claim(turn, arguments)
    t = turn.t
    if claim.kind is not ClaimKind.APPLIED:
        return one.present(turn, found).with_note(t("Nothing waits for the kindergarten's answer any more."))
    refuse_deed(turn.tx, Action.GIVE_UP, me(turn), found.child_id)
    if arguments[1:] != (SURE,):
        return _ask(turn, found, claim)
    try:
        activating.take_back(turn.tx, claim.id)
    except AlreadyDecided as refusal:
        return one.present(turn, again(turn, found.id)).with_note(turn.book.words(t, refusal))
    told_of_seats.taken_back(turn, found, bulletin_of(turn, claim))
    note = t("It is taken back. You are waiting for a place again, with the old date.")
    return one.present(turn, again(turn, found.id)).with_note(note)


def _ask(turn: Turn, found: Found, claim: SeatClaim) -> Screen:
    t = turn.t
    parts = [
        t(
            "Take it back? The seat goes to others with the next list; the application waits for a place "
            "again, with its old date. It costs nothing."
        )
    ]
    if len(guardians.guardians_of(turn.tx, found.child_id)) > 1:
        parts.append(t("The other parent is told at once."))
    rows: tuple[Row, ...] = (
        (Button(t("Yes, take it back"), action("takeback", claim.id, SURE)),),
        (Button(t("Keep it"), action("referral", found.id)),),
    )
    return Screen("\n\n".join(parts), title=t("Sent to the kindergarten"), rows=rows)


def _lines(turn: Turn, found: Found, claim: SeatClaim) -> Iterator[str]:
    t, bulletin = turn.t, bulletin_of(turn, claim)
    if name := name_of(turn, found):
        yield t("For: {name}", name=name)
    yield f"{bulletin.kindergarten} · {bulletin.group}"
    if bulletin.address:
        yield t("Address: {address}", address=bulletin.address)
    if claim.confirmed_at is not None:
        yield t("Sent {moment}", moment=t.moment(claim.confirmed_at))
    yield t("The seat is kept for you until the kindergarten answers. You are told at once.")
    if claim.activate_by is not None:
        yield t(
            "If it does not answer by {moment}, the education department can. You lose nothing by it.",
            moment=t.moment(claim.activate_by),
        )
