"""A code that could not be sent while it is good is dropped, and it is written down that it came too late."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from domain.codes import LIFE, LIFE_BY_MAIL
from storage.deliveries import TOO_LATE
from storage.tables import delivery, message
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.plays import asks_for_code, code_sent_to, is_confirmed
from tests.conversation.test_notice_settings import MAILBOX, opens

SECOND = timedelta(seconds=1)


async def waits_again(house: House) -> None:
    """The SMS is there, but it was not written down that it was sent: as after a kill, or a pause."""
    unsent = update(delivery).where(delivery.c.channel == "sms")
    values = {"state": "pending", "lease_until": None, "leased_by": None, "sent_at": None}
    await house.write(lambda tx: tx.conn.execute(unsent.values(values)).rowcount)


async def became_of(house: House) -> tuple[str, str | None]:
    """The SMS, and why it does not arrive."""
    rows = select(delivery.c.state, delivery.c.error).where(delivery.c.channel == "sms")

    def read(tx: Transaction) -> tuple[str, str | None]:
        row = tx.conn.execute(rows).one()
        return row.state, row.error

    return await house.database.read(read)


@pytest.mark.parametrize(
    ("late", "outcome"),
    [(-SECOND, ("sent", None)), (timedelta(0), ("given_up", TOO_LATE)), (SECOND, ("given_up", TOO_LATE))],
    ids=["a second left", "over", "a second over"],
)
async def test_a_code_by_sms_goes_out_only_as_long_as_it_is_good(
    house: House, late: timedelta, outcome: tuple[str, str | None]
) -> None:
    person = await house.acquaintance("telegram")
    await asks_for_code(person, ALDABEKOVS)
    await code_sent_to(house, person, ALDABEKOVS.phones[0].e164)
    await person.waits(lambda: house.delivery.idle, "the SMS to be written down")
    house.clock.advance(LIFE + late)

    await waits_again(house)
    house.delivery.look()
    await person.waits(lambda: house.delivery.idle, "the SMS to be looked at")

    assert await became_of(house) == outcome


async def test_a_code_by_mail_is_of_use_longer(house: House) -> None:
    person = await house.acquaintance("telegram")
    await is_confirmed(house, person, ALDABEKOVS)

    await opens(person)
    await person.taps("By e-mail")
    await person.says(MAILBOX)

    rows = select(delivery.c.useful_until, message.c.at).join_from(delivery, message)
    letter = rows.where(delivery.c.channel == "email")
    until, at = await house.database.read(lambda tx: tx.conn.execute(letter).one())
    assert until == at + LIFE_BY_MAIL
