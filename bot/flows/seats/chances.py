"""What a parent can do with a bulletin now: take a seat, or what stands in each child's way [003, 004]."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row
from bot.conversation.turn import Turn
from bot.flows import lock
from bot.flows.mine.lists import labels_of
from bot.flows.mine.overview import own_live_ones
from bot.flows.mine.own import name_of, offered
from bot.flows.seats.twin_pairs import reasons_of_pair, twin_waiting
from bot.texts import NUMBER_SIGN
from domain.claim import ClaimKind
from domain.errors import (
    OtherClaim,
    Paused,
    SeatGone,
    TakingRefused,
    WrongBirthYear,
    WrongLanguage,
    WrongQueue,
)
from storage.look_up import Found
from storage.seats import standing
from storage.seats.bulletins import Bulletin
from storage.seats.standing import Standing

_MOST = 3
_MISFITS = (WrongQueue, WrongBirthYear, WrongLanguage)


@dataclass(frozen=True, slots=True)
class Chance:
    """One child before one bulletin; `twin` takes a seat together with it, or neither does."""

    found: Found
    standing: Standing
    reasons: tuple[TakingRefused, ...]
    twin: Found | None = None

    @property
    def fits(self) -> bool:
        """Whether the seats are for such a child at all."""
        return not any(isinstance(each, _MISFITS) for each in self.reasons)


def chances(turn: Turn, bulletin: Bulletin, first: Found | None = None) -> list[Chance]:
    """Those of the asker's children, the one that is looked for first; nobody's for a stranger.

    Children whom the seats do not fit are left out where they fit others.
    """
    if lock.asker(turn) is None:
        return []
    found = [_chance(turn, bulletin, each) for each in own_live_ones(turn)]
    fitting = [each for each in found if each.fits]
    ordered = sorted(fitting or found, key=lambda each: first is None or each.found.id != first.id)
    return _without_second_twins(ordered)[:_MOST]


def _chance(turn: Turn, bulletin: Bulletin, found: Found) -> Chance:
    own = standing.read(turn.tx, found.id, bulletin.id)
    twin = twin_waiting(turn, found)
    if twin is None:
        return Chance(found, own, own.reasons)
    other = standing.read(turn.tx, twin.id, bulletin.id)
    return Chance(found, own, reasons_of_pair(own, other), twin)


def _without_second_twins(ordered: Sequence[Chance]) -> list[Chance]:
    kept: list[Chance] = []
    for each in ordered:
        if not any(other.twin is not None and other.twin.id == each.found.id for other in kept):
            kept.append(each)
    return kept


def lines(turn: Turn, chance: Chance) -> Iterator[str]:
    """What one child may do, or why not: every reason, the first that stands in the way first."""
    t, name = turn.t, who(turn, chance)
    if not chance.reasons:
        yield t("✅ {name}: you can take a seat now.", name=name)
        yield from _until(turn, chance)
        return
    yield t("{name}: no seat can be taken now.", name=name)
    for reason in chance.reasons:
        yield f"• {_reason(turn, chance, reason)}"


def _reason(turn: Turn, chance: Chance, reason: TakingRefused) -> str:
    one_is_left = chance.standing.attempt.bulletin.free == 1
    if chance.twin is not None and isinstance(reason, SeatGone) and one_is_left:
        return turn.t("Twins need two seats, and only one is left.")
    return turn.book.words(turn.t, reason)


def who(turn: Turn, chance: Chance) -> str:
    """The child's name, or both twins', or the number of the application."""
    named = [_named(turn, each) for each in (chance.found, chance.twin) if each is not None]
    return " + ".join(named)


def _named(turn: Turn, found: Found) -> str:
    return name_of(turn, found) or f"{NUMBER_SIGN}{found.number}"


def _until(turn: Turn, chance: Chance) -> Iterator[str]:
    own = chance.standing.attempt
    until = own.applicant.access_ends_at
    if until is not None and turn.now < own.bulletin.seat_list.priority_ends_at:
        yield turn.t(
            "You are among the first of the queue: the list is open to you until {moment}.",
            moment=turn.t.moment(until),
        )


def buttons(turn: Turn, bulletin: Bulletin, told: Sequence[Chance]) -> Iterator[Row]:
    """To take a seat for each child that may; what can be done about a reason that can be mended."""
    t = turn.t
    able = [each for each in told if not each.reasons]
    names = labels_of(turn, [each.found for each in able])
    for each, name in zip(able, names, strict=True):
        twin = (each.twin.id,) if each.twin is not None else ()
        label = _label(turn, each, name, alone=len(able) == 1)
        yield from offered(turn, label, "take", bulletin.id, each.found.id, *twin)
    for each in told:
        first = next(iter(each.reasons), None)
        if isinstance(first, Paused):
            yield (Button(t("Take part again"), action("goon", each.found.id)),)
            return
        if isinstance(first, OtherClaim):
            yield from offered(turn, _to_claim(turn, first), "referral", each.found.id)
            return


def _label(turn: Turn, chance: Chance, name: str, *, alone: bool) -> str:
    t = turn.t
    if chance.twin is not None:
        return t("Take two seats")
    return t("Take a seat") if alone else t("Seat: {name}", name=name[:12])


def _to_claim(turn: Turn, refusal: OtherClaim) -> str:
    held = refusal.kind is ClaimKind.HELD
    return turn.t("To the seat held") if held else turn.t("To my referral")
