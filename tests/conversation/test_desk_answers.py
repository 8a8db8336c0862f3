"""What a kindergarten's desk did is read in the chat at once."""

import pytest
from sqlalchemy import select

from bot.department.officer import Officer
from bot.desk import answers, contracts
from bot.flows.to_bring import in_a_row
from domain.claim import ClaimKind
from domain.local_time import local_date
from storage import staff
from storage.desk import sent
from storage.desk.sent import Sent
from storage.seats import referrals
from storage.tables import claim, kindergarten
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.person import Person
from tests.conversation.plays import is_confirmed
from tests.conversation.seat_plays import GARDEN, has_in_hand

REASON = "Анықтаманың мерзімі өткен: <b>жаңасын</b> *әкеліңіз*"


@pytest.fixture
async def family(house: House, language: str) -> Person:
    """The parent of a family that has sent its application, signed in, in each language."""
    person = await house.acquaintance("whatsapp", language)
    await is_confirmed(house, person, ALDABEKOVS)
    await has_in_hand(house, ALDABEKOVS.child, ClaimKind.APPLIED.value)
    await house.write(
        lambda tx: tx.conn.execute(claim.update().values(confirmed_at=tx.now, activate_by=tx.now))
    )
    await person.says("/menu")
    return person


def secretary(tx: Transaction) -> Officer:
    """Somebody of the kindergarten."""
    rights = {"role": "kindergarten", "language": "kk", "territories": [], "kindergartens": []}
    staff_id = staff.add(tx, login="amina", password_hash="-", at=tx.now, **rights)  # type: ignore[arg-type]
    return Officer(staff_id, "kindergarten")


def waiting(tx: Transaction) -> Sent:
    """What the family has sent."""
    houses = list(tx.conn.execute(select(kindergarten.c.id)).scalars())
    [found] = sent.waiting(tx, houses, 9)
    return found


async def test_a_referral_is_told_until_when_and_with_what_to_bring_and_so_is_the_contract(
    house: House, family: Person
) -> None:
    def activate(tx: Transaction) -> int:
        return answers.activate(tx, secretary(tx), waiting(tx))[1]

    referral_id: int = await house.write(activate)

    issued = await house.write(lambda tx: referrals.known(tx, referral_id))
    number = ALDABEKOVS.child.number
    first = "Application № {number}: referral № {referral} is issued."
    await family.hears(first, number=number, referral=issued.number)
    assert family.reads("Kindergarten {kindergarten}, group {group}.", kindergarten=GARDEN, group="Group")
    assert family.reads("Valid through {day}.", day=family.t.day(issued.referral.last_day))
    things = in_a_row(family.t)
    assert family.reads("Bring: {things}. This message is the referral.", things=things)

    def sign(tx: Transaction) -> None:
        someone = Officer(7, "kindergarten")
        contracts.sign(tx, someone, issued, max(local_date(tx.now), issued.released_on))

    await house.write(sign)

    await family.hears("Application № {number}: the contract is signed. Congratulations!", number=number)
    await family.taps("Show the application")


async def test_a_declined_application_is_told_with_the_reason_and_that_nothing_is_lost(
    house: House, family: Person
) -> None:
    await house.write(lambda tx: answers.decline(tx, secretary(tx), waiting(tx), REASON))

    number = ALDABEKOVS.child.number
    await family.hears("Application № {number}: the kindergarten has declined it.", number=number)
    assert family.reads("Reason: {reason}", reason=REASON)
    assert family.reads("You are waiting for a place again, with the same date. Nothing is lost.")
