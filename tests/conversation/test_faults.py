"""Faults of ours: an apology and not silence; a full disk is told, and nothing acknowledged is lost."""

import pytest

from bot.flows.operator import asking
from storage.errors import StorageFull, StorageUnavailable
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.person import Person
from tests.conversation.plays import MENU, PLACE, asks_for_code, code_sent_to
from tests.conversation.telegram_parent import TelegramParent
from tests.conversation.web_parent import WebParent

APOLOGY = "Something went wrong on our side. Nothing was changed. Please try again in a minute."
NOT_SAVED = "Your message could not be saved yet. It comes again by itself as soon as it can be."
IIN = ALDABEKOVS.child.person.iin.digits


def breaks(*_: object) -> None:
    raise RuntimeError("a fault of ours")


async def test_a_flow_that_breaks_ends_in_an_apology(
    house: House, kind: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = await house.acquaintance(kind, language)
    await person.says("/menu")
    monkeypatch.setattr(asking, "_centre", breaks)

    await person.taps("Operator")
    assert person.reads(APOLOGY)
    assert person.labels == person.named("Menu")
    await person.taps("Menu")

    assert person.labels == person.named(*MENU)
    assert [line["fault"] for line in house.logged if line["event"] == "turn failed"] == ["RuntimeError"]


async def test_what_was_filled_in_outlives_the_fault(
    house: House, parent: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await asks_for_code(parent, ALDABEKOVS)
    code = await code_sent_to(house, parent, ALDABEKOVS.phones[0].e164)
    with monkeypatch.context() as patch:
        patch.setattr("bot.flows.sms_codes.codes.matches", breaks)
        await parent.says(code)
        assert parent.reads(APOLOGY)

    await parent.says(code)

    await parent.hears("Good day, {name}!", name=ALDABEKOVS.parent.name)


async def test_the_message_of_a_broken_turn_that_comes_again_is_not_answered_again(
    house: House, parent: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await parent.says("/menu")
    monkeypatch.setattr(asking, "_centre", breaks)
    await parent.taps("Operator")
    heard = parent.heard

    await parent.repeats()

    assert parent.heard == heard


async def test_a_full_disk_is_told_in_telegram_and_the_message_comes_again_by_itself(
    house: House, language: str
) -> None:
    person = await house.acquaintance("telegram", language)
    assert isinstance(person, TelegramParent)
    house.disk.fault = StorageFull()

    await person.messenger.says(IIN)
    await person.hears(NOT_SAVED)
    await person.waits(lambda: len(person.api.updates.statuses) > 3, "the update to be pushed again")
    assert set(person.api.updates.statuses) == {503}
    assert len(person.heard) == 1
    house.disk.fault = None
    await person.settled()

    assert person.reads(PLACE, place=36, size=46)
    assert person.api.updates.statuses[-1] == 200


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (
            StorageFull(),
            "We could not save your message: our storage is full. Nothing is lost, please try later.",
        ),
        (
            StorageUnavailable("OSError"),
            "We can't save anything at the moment. Nothing is lost, please try again in a minute.",
        ),
    ],
    ids=["full", "unavailable"],
)
async def test_a_page_is_told_that_nothing_was_kept(
    house: House, language: str, fault: Exception, words: str
) -> None:
    person = await house.acquaintance("webchat", language)
    assert isinstance(person, WebParent)
    await person.says("/check")
    house.disk.fault = fault

    await person.says(IIN)
    assert person.refusals == [person.t(words)]
    house.disk.fault = None
    await person.says(IIN)

    assert person.reads(PLACE, place=36, size=46)


async def test_a_reply_that_could_not_be_sent_is_sent_later_in_its_order(house: House) -> None:
    person = await house.acquaintance("telegram")
    assert isinstance(person, TelegramParent)
    person.messenger.blocks()
    await person.messenger.says("/menu")
    await person.api.settled()

    assert person.heard == ()
    person.messenger.blocked = False
    await person.says("/settings")
    assert person.reads("You are not signed in.")
