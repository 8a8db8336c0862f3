"""Both parents are told what one of them did with a seat, and both journals have a line."""

from typing import Any

from bot.conversation.turn import Turn
from bot.flows.mine.keeping import told_and_noted
from bot.flows.seats.own_claims import bulletin_of
from domain.notice import Deed, Told
from storage.look_up import Found
from storage.seats import claims, referrals
from storage.seats.bulletins import Bulletin
from storage.seats.confirming import Confirmed
from storage.seats.referrals import Issued


def confirmed(turn: Turn, found: Found, what: Confirmed) -> None:
    """A referral was issued, or it was sent to the kindergarten."""
    if what.issued is not None:
        issued = referrals.known(turn.tx, what.issued.id)
        told_and_noted(turn, found, Told.REFERRAL_ISSUED, Deed.SEAT_CONFIRMED, **_of_referral(issued))
        return
    claim = claims.find(turn.tx, what.claim_id)
    assert claim is not None
    assert what.activate_by is not None
    facts = _of_bulletin(bulletin_of(turn, claim)) | {"until": what.activate_by.isoformat()}
    told_and_noted(turn, found, Told.SENT, Deed.SEAT_CONFIRMED, **facts)


def taken_back(turn: Turn, found: Found, bulletin: Bulletin) -> None:
    """What was sent was taken back."""
    told_and_noted(turn, found, Told.SENT_TAKEN_BACK, Deed.SENT_TAKEN_BACK, **_of_bulletin(bulletin))


def extended(turn: Turn, found: Found, issued: Issued) -> None:
    """A referral is good for longer."""
    told_and_noted(turn, found, Told.REFERRAL_EXTENDED, Deed.REFERRAL_EXTENDED, **_of_referral(issued))


def given_up(turn: Turn, found: Found, issued: Issued) -> None:
    """A referral was given up."""
    told_and_noted(turn, found, Told.REFERRAL_GIVEN_UP, Deed.REFERRAL_GIVEN_UP, **_of_referral(issued))


def _of_referral(issued: Issued) -> dict[str, Any]:
    return {
        "referral": issued.number,
        "calendar": issued.id,
        "kindergarten": issued.kindergarten,
        "group": issued.group,
        "address": issued.kindergarten_address,
        "through": issued.referral.last_day.isoformat(),
    }


def _of_bulletin(bulletin: Bulletin) -> dict[str, Any]:
    return {"kindergarten": bulletin.kindergarten, "group": bulletin.group}
