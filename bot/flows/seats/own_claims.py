"""A seat that is in hand, named by a button: the presser's own, or out of date like one that is not there."""

from collections.abc import Sequence

from bot.conversation.actions import Outdated, number_in
from bot.conversation.turn import Turn
from bot.flows.mine.own import again
from storage.look_up import Found
from storage.seats import bulletins, claims, referrals
from storage.seats.bulletins import Bulletin
from storage.seats.claims import SeatClaim
from storage.seats.referrals import Issued


def own_claim(turn: Turn, arguments: Sequence[str]) -> tuple[SeatClaim, Found]:
    """The claim that a button names first, with its application. Raises Outdated for another's or none."""
    found = claims.find(turn.tx, number_in(arguments))
    if found is None:
        raise Outdated
    return found, again(turn, found.application_id)


def own_referral(turn: Turn, arguments: Sequence[str]) -> tuple[Issued, Found]:
    """The referral that a button names first, with its application. Raises Outdated for another's or none."""
    issued = referrals.find(turn.tx, number_in(arguments))
    if issued is None:
        raise Outdated
    return issued, again(turn, issued.application_id)


def bulletin_of(turn: Turn, claim: SeatClaim) -> Bulletin:
    """Where its seat is."""
    found = bulletins.find(turn.tx, claim.bulletin_id)
    assert found is not None
    return found
