"""What a child has in hand, whatever it is: the seat held, what was sent, or the referral."""

from bot.conversation.actions import Outdated
from bot.conversation.reply import Screen
from bot.conversation.turn import Turn
from bot.flows.mine import one
from bot.flows.mine.own import own
from bot.flows.seats import held, referral, sent
from bot.flows.seats.own_claims import own_referral
from domain.claim import ClaimKind
from storage.look_up import Found
from storage.seats import claims, referrals
from storage.seats.claims import SeatClaim


def show(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """`referral:application[:referral]`: what is in hand now, or one of the referrals there were."""
    found = own(turn, arguments)
    if len(arguments) > 1:
        issued, whose = own_referral(turn, arguments[1:])
        if whose.id != found.id:
            raise Outdated
        return referral.present(turn, found, issued)
    return present(turn, found, newest(turn, found))


def newest(turn: Turn, found: Found) -> SeatClaim | None:
    """The newest claim of an application."""
    return claims.newest_of_application(turn.tx, found.id)


def present(turn: Turn, found: Found, claim: SeatClaim | None) -> Screen:
    """The page of a claim; of one that led to no referral and is over, the application's."""
    if claim is None:
        return one.present(turn, found)
    if claim.kind is ClaimKind.HELD and claim.is_live(turn.now):
        return held.present(turn, found, claim)
    if claim.kind is ClaimKind.APPLIED:
        return sent.present(turn, found, claim)
    issued = referrals.of_claim(turn.tx, claim.id)
    return one.present(turn, found) if issued is None else referral.present(turn, found, issued)
