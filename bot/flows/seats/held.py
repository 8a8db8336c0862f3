"""A seat on hold: the summary, how long still; let go [001]."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot.conversation.actions import action
from bot.conversation.limits import PROFILES
from bot.conversation.reply import Button, Held, Screen
from bot.conversation.turn import Turn
from bot.flows.mine import one
from bot.flows.mine.own import again, me, name_of
from bot.flows.seats import gone
from bot.flows.seats.bulletin_words import empty_later, years
from bot.flows.seats.own_claims import bulletin_of, own_claim
from bot.flows.seats.timetable import once_confirmed, rules_of, what_it_costs
from bot.flows.telling import noted
from bot.texts import NUMBER_SIGN, Texts
from domain.errors import HoldOver
from domain.hold import HoldEnd
from domain.notice import Deed
from storage import people
from storage.look_up import Found
from storage.seats import claims, holding
from storage.seats.bulletins import Bulletin
from storage.seats.claims import SeatClaim


def show(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """`hold:claim`: how it stands with it now."""
    claim, found = own_claim(turn, arguments)
    over = claim.hold.over(turn.now)
    if over is not None:
        return over_at(turn, found, claim, HoldOver(*over))
    return present(turn, found, claim)


def let_go(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """`letgo:claim`: free for others at this instant."""
    claim, found = own_claim(turn, arguments)
    try:
        holding.let_go(turn.tx, claim.id)
    except HoldOver as over:
        return over_at(turn, found, claim, over)
    noted(turn, Deed.SEAT_LET_GO, application_id=found.id, number=found.number)
    note = turn.t("The seat is let go. Others can take it now; your place in the queue stays.")
    return one.present(turn, again(turn, found.id)).with_note(note)


def over_at(turn: Turn, found: Found, claim: SeatClaim, over: HoldOver) -> Screen:
    """The hold is over: how and when, and what there is instead."""
    why = turn.book.words(turn.t, over)
    if over.end in (HoldEnd.LAPSED, HoldEnd.RECALLED):
        wanted = 1 if claim.twin_id is None else 2
        return gone.offer(turn, bulletin_of(turn, claim), found, why, wanted=wanted)
    return one.present(turn, again(turn, found.id)).with_note(why)


def present(turn: Turn, found: Found, claim: SeatClaim) -> Screen:
    """The summary of a live hold."""
    t, bulletin = turn.t, bulletin_of(turn, claim)
    whom = [found, *_twin(turn, claim)]
    parts = (
        "\n".join(_until_when(turn, claim)),
        "\n".join(_summary(turn, whom, bulletin)),
        "\n".join(_consequences(turn, bulletin)),
    )
    rows = tuple(_deeds(turn, claim))
    held = Held(claim.id, claim.held_until, tuple(button.action for (button,) in rows))
    return Screen(
        "\n\n".join(parts),
        title=t("A seat is held"),
        rows=(*rows, (Button(t("Menu"), action("menu")),)),
        held=held,
    )


def _until_when(turn: Turn, claim: SeatClaim) -> Iterator[str]:
    t = turn.t
    yield t("Held for you until {time}.", time=t.time(claim.held_until))
    if not _is_counted_down(turn):
        yield left(t, claim.held_until, turn.now)


def _deeds(turn: Turn, claim: SeatClaim) -> Iterator[tuple[Button]]:
    t = turn.t
    yield (Button(t("Confirm"), action("confirmseat", claim.id)),)
    if not _is_counted_down(turn):
        yield (Button(t("How long still?"), action("hold", claim.id)),)
    yield (Button(t("Let it go"), action("letgo", claim.id)),)


def _is_counted_down(turn: Turn) -> bool:
    """Where it stays in sight how long still, it is not written beside it, too: that would grow old."""
    return PROFILES[turn.incoming.address.channel].counts_down


def left(t: Texts, until: datetime, now: datetime) -> str:
    """How long still: whole minutes, and seconds at the end; never more than there is."""
    seconds = max(until - now, timedelta()) // timedelta(seconds=1)
    if seconds >= 60:
        return t.many("{number} minute left", "{number} minutes left", seconds // 60)
    return t.many("{number} second left", "{number} seconds left", seconds)


def _twin(turn: Turn, claim: SeatClaim) -> Iterator[Found]:
    twin = claims.find(turn.tx, claim.twin_id) if claim.twin_id is not None else None
    if twin is not None and twin.is_live(turn.now):
        yield again(turn, twin.application_id)


def _summary(turn: Turn, whom: Sequence[Found], bulletin: Bulletin) -> Iterator[str]:
    t = turn.t
    yield t(
        "For: {name}", name=" + ".join(name_of(turn, each) or f"{NUMBER_SIGN}{each.number}" for each in whom)
    )
    yield f"{bulletin.kindergarten} · {bulletin.group}, {years(t, bulletin.offer.birth_years)}"
    if bulletin.address:
        yield t("Address: {address}", address=bulletin.address)
    yield from empty_later(t, bulletin.released_on, turn.now)
    for phone in people.confirmed_phones(turn.tx, me(turn))[:1]:
        yield t("Phone: {phone}", phone=turn.private(phone.masked))


def _consequences(turn: Turn, bulletin: Bulletin) -> Iterator[str]:
    rules = rules_of(turn, bulletin)
    yield once_confirmed(turn.t, rules)
    yield what_it_costs(turn.t, rules)
