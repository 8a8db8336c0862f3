"""A blocked bot: what is told comes by SMS, is asked about once, and comes back to the messenger."""

from typing import Any

from bot.flows.telling import tell
from domain.notice import Told
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.plays import is_confirmed
from tests.conversation.telegram_parent import TelegramParent

GONE: dict[str, Any] = {"number": 7, "kindergarten": "Құлыншақ", "group": "1"}


async def is_told(house: House) -> None:
    """A hold is gone."""

    def work(tx: Transaction) -> None:
        tell(tx, house.world.parent_of(ALDABEKOVS), Told.HOLD_GONE, tx.now, **GONE)

    await house.write(work)


async def test_who_blocks_the_bot_is_told_by_sms_until_they_write_again(house: House) -> None:
    parent = await house.acquaintance("telegram")
    assert isinstance(parent, TelegramParent)
    await is_confirmed(house, parent, ALDABEKOVS)
    await parent.says("/menu")
    parent.messenger.blocks()

    await is_told(house)
    await parent.waits(lambda: len(house.sms.sent) == 2, "the notice and the question by SMS")
    await is_told(house)
    await parent.waits(lambda: len(house.sms.sent) == 3, "the next one by SMS")

    notice, question, straight = [each.text for each in house.sms.sent]
    assert notice == straight
    assert "Telegram" in question
    assert {each.to for each in house.sms.sent} == {ALDABEKOVS.phones[0].e164}

    parent.messenger.blocked = False
    await parent.says("/menu")
    await is_told(house)

    await parent.waits(lambda: "Құлыншақ" in parent.heard[-1].text, "the news in the messenger")
    assert len(house.sms.sent) == 3
