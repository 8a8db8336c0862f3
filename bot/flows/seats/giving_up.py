"""Giving a referral up: the consequences are shown first, and confirmed (ours)."""

from collections.abc import Iterator

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.mine import one
from bot.flows.mine.own import SURE, again, me
from bot.flows.seats import told_of_seats
from bot.flows.seats.own_claims import own_referral
from bot.flows.seats.referral import present
from domain.errors import Refused
from domain.identity import Action
from storage import guardians
from storage.barring import refuse_deed
from storage.look_up import Found
from storage.seats import ending
from storage.seats.referrals import Issued


def give_up(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """`giveup:referral[:yes]`. Nothing is given up within 72 hours of a new phone or joining."""
    issued, found = own_referral(turn, arguments)
    try:
        issued.referral.check_valid(turn.now)
        refuse_deed(turn.tx, Action.GIVE_UP, me(turn), found.child_id)
        return _given_up(turn, found, issued) if arguments[1:] == (SURE,) else _ask(turn, found, issued)
    except Refused as refusal:
        return present(turn, again(turn, found.id), issued).with_note(turn.book.words(turn.t, refusal))


def _ask(turn: Turn, found: Found, issued: Issued) -> Screen:
    t = turn.t
    rows: tuple[Row, ...] = (
        (Button(t("Yes, give it up"), action("giveup", issued.id, SURE)),),
        (Button(t("Keep it"), action("referral", found.id)),),
    )
    title = t("Referral № {number}", number=issued.number)
    return Screen("\n\n".join(_consequences(turn, found, issued)), title=title, rows=rows)


def _consequences(turn: Turn, found: Found, issued: Issued) -> Iterator[str]:
    t = turn.t
    yield t(
        "Give the referral to {kindergarten} up? The seat goes to others with the next list, and this "
        "referral cannot be had back.",
        kindergarten=issued.kindergarten,
    )
    yield t(
        "The application waits for a place again, with its old date: {date}. There is no stop-list for "
        "giving it up; not using it would mean one.",
        date=t.day(found.submitted_at),
    )
    if len(guardians.guardians_of(turn.tx, found.child_id)) > 1:
        yield t("The other parent is told at once.")


def _given_up(turn: Turn, found: Found, issued: Issued) -> Screen:
    ending.give_up(turn.tx, issued.id)
    told_of_seats.given_up(turn, found, issued)
    note = turn.t("The referral is given up. The application waits for a place again, with its old date.")
    return one.present(turn, again(turn, found.id)).with_note(note)
