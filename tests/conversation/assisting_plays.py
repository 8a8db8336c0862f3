"""The newcomers are helped on the telephone: how far, and what is kept of it."""

from typing import Any

from sqlalchemy import select

from bot.ports.sms import SentSms
from storage import people
from storage.tables import audit
from storage.transaction import Transaction
from tests.conversation.applying import ADDRESS
from tests.conversation.house import House
from tests.conversation.made_up import NEWCOMERS
from tests.conversation.operator_plays import Operator

FIRST, SECOND = (each.e164 for each in NEWCOMERS.phones)
ASKED = "Ask the family to read it out"


async def applies(helping: Operator) -> None:
    """The whole way of the newcomers' father to the last look."""
    await helping.agrees_with(FIRST)
    await as_far_as_the_privileges(helping)
    await helping.presses("No, go on")
    await helping.presses("That's fine")


async def as_far_as_the_privileges(helping: Operator) -> None:
    """Parent, child, address and language of the newcomers."""
    await becomes_the_father(helping)
    await helping.presses("Born on 09.10.2024")
    await helping.presses("Yes, it's this child")
    await helping.says(ADDRESS)
    await helping.presses("Either will do")


async def becomes_the_father(helping: Operator) -> None:
    """The IIN, and the second phone: the first was shown by the consent."""
    await helping.presses("General queue")
    await helping.says(NEWCOMERS.father.iin.digits)
    await helping.presses("Yes, that's me")
    await helping.says(SECOND)
    await helping.says(await helping.code_sent_to(SECOND))


async def rows(house: House, *columns: Any, **where: Any) -> list[Any]:
    """What stands in the database."""
    table = columns[0].table
    asked = select(*columns).where(*(table.c[name] == value for name, value in where.items()))

    def work(tx: Transaction) -> list[Any]:
        return list(tx.conn.execute(asked.order_by(table.c.id)))

    found: list[Any] = await house.write(work)
    return found


async def audited(house: House) -> list[Any]:
    """What the audit says of the help, by whom."""
    found = await rows(house, audit.c.what, audit.c.actor)
    return [each for each in found if each.what.startswith("assist")]


async def father(house: House) -> int | None:
    """The newcomers' father, where he is known."""
    found: int | None = await house.write(lambda tx: people.find_parent_by_iin(tx, NEWCOMERS.father.iin))
    return found


def said(sent: list[SentSms]) -> str:
    return "\n".join(each.text for each in sent)
