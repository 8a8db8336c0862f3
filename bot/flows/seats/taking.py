"""One tap takes a seat, or two for twins; whoever was a moment too late is offered equal ones [001]."""

from bot.conversation.actions import Outdated, number_in
from bot.conversation.reply import Screen
from bot.conversation.turn import Turn
from bot.flows.mine.own import again, own
from bot.flows.seats import gone, held, place, places
from bot.flows.seats.in_hand import newest, present
from bot.flows.seats.place import bulletin_named
from bot.flows.telling import noted
from domain.claim import ClaimKind
from domain.errors import NoTwins, OtherClaim, SeatGone, TakingRefused
from domain.notice import Deed
from storage.look_up import Found
from storage.seats import bulletins, claims, holding, twins
from storage.seats.standing import BulletinUnknown


def take(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """`take:bulletin:application[:twin's application]`. Pressed again, the seat that is held is shown."""
    bulletin_id, found = number_in(arguments), own(turn, arguments[1:])
    twin = own(turn, arguments[2:]) if len(arguments) > 2 else None
    try:
        claim_id = _held(turn, bulletin_id, found, twin)
    except BulletinUnknown:
        raise Outdated from None
    except SeatGone:
        wanted = 1 if twin is None else 2
        return gone.offer(turn, bulletin_named(turn, arguments), found, wanted=wanted)
    except OtherClaim as refusal:
        return _in_hand(turn, found, bulletin_id, refusal)
    except (TakingRefused, NoTwins) as refusal:
        return _refused(turn, bulletin_id, turn.book.words(turn.t, refusal))
    noted(turn, Deed.SEAT_HELD, application_id=found.id, number=found.number)
    return held.show(turn, (str(claim_id),))


def _refused(turn: Turn, bulletin_id: int, why: str) -> Screen:
    """On the bulletin's page; on that of the free places while its list is nobody's to see."""
    bulletin = bulletins.find(turn.tx, bulletin_id)
    screen = places.show(turn, ()) if bulletin is None else place.present(turn, bulletin)
    return screen.with_note(why)


def _held(turn: Turn, bulletin_id: int, found: Found, twin: Found | None) -> int:
    if twin is None:
        return holding.take(turn.tx, found.id, bulletin_id).claim_id
    first, _ = twins.take_both(turn.tx, (found.id, bulletin_id), (twin.id, bulletin_id))
    return first.claim_id


def _in_hand(turn: Turn, found: Found, bulletin_id: int, refusal: OtherClaim) -> Screen:
    """Two telephones, or twenty taps: one seat. Of another bulletin: that one is to be let go first."""
    live = claims.live_of_child(turn.tx, found.child_id)
    if live is None:
        return present(turn, found, newest(turn, found))
    there = again(turn, live.application_id)
    screen = present(turn, there, live)
    if live.bulletin_id == bulletin_id and live.kind is ClaimKind.HELD:
        return screen
    return screen.with_note(turn.book.words(turn.t, refusal))
