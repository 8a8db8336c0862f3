"""Confirming a held seat: a referral at once, or what the kindergarten is to answer [001, 004].

Nothing is typed: whoever is signed in here has shown a phone of the application. Who has none any more
confirms one first.
"""

from collections.abc import Iterator, Sequence

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.mine.own import again, me
from bot.flows.seats import held, in_hand, told_of_seats
from bot.flows.seats.own_claims import own_claim
from bot.flows.seats.timetable import once_confirmed, what_it_costs
from bot.texts import Texts
from domain.errors import HoldOver, StatusForbids
from domain.hold import HoldEnd
from domain.policy import Policy
from storage import people, policies
from storage.look_up import Found
from storage.seats import claims, confirming
from storage.seats.claims import SeatClaim
from storage.seats.confirming import Confirmed


def confirm(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """`confirmseat:claim`. Too late is said, with what else is free; pressed again, its referral is shown."""
    claim, found = own_claim(turn, arguments)
    if not people.confirmed_phones(turn.tx, me(turn)):
        return _phone_first(turn, claim.id)
    try:
        confirmed = confirming.confirm(turn.tx, claim.id)
    except HoldOver as over:
        if over.end is HoldEnd.CONFIRMED:
            return _as_it_is(turn, again(turn, found.id), claim.id)
        return held.over_at(turn, found, claim, over)
    except StatusForbids as refusal:
        return _as_it_is(turn, again(turn, found.id), claim.id).with_note(turn.book.words(turn.t, refusal))
    for each in confirmed:
        told_of_seats.confirmed(turn, again(turn, each.application.id), each)
    note = "\n".join(_note(turn, found, claim, confirmed))
    return _as_it_is(turn, again(turn, found.id), claim.id).with_note(note)


def _as_it_is(turn: Turn, found: Found, claim_id: int) -> Screen:
    return in_hand.present(turn, found, claims.find(turn.tx, claim_id))


def _note(turn: Turn, found: Found, held: SeatClaim, what: Sequence[Confirmed]) -> Iterator[str]:
    """What it has become; and why, where it is something else than was said when the seat was taken."""
    t = turn.t
    if what[0].issued is None:
        yield t("Confirmed, and sent.")
    else:
        yield t("Confirmed. Here is your referral.")
    if len(what) > 1:
        yield t("The same is done for the twin: it stands under My referrals.")
    then = policies.in_force(turn.tx, found.territory_id, held.taken_at)
    now = policies.dated_in_force(turn.tx, found.territory_id, turn.now)
    if _promised(t, then) != _promised(t, now.policy):
        yield t(
            "While you held the seat, new rules came into force here on {date}. What you read now follows "
            "them.",
            date=t.day(now.since),
        )


def _promised(t: Texts, rules: Policy) -> tuple[str, str]:
    return once_confirmed(t, rules), what_it_costs(t, rules)


def _phone_first(turn: Turn, claim_id: int) -> Screen:
    t = turn.t
    rows: tuple[Row, ...] = (
        (Button(t("Confirm a phone"), action("newphone", 1)),),
        (Button(t("Back"), action("hold", claim_id)),),
    )
    text = t("No phone of yours is confirmed at present. Confirm one first; the seat is held meanwhile.")
    return Screen(text, title=t("A seat is held"), rows=rows)
