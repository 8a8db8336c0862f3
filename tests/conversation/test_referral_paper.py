"""A parent has a referral printed, fetches the PDF, and is told why where there is none."""

from datetime import timedelta

import aiohttp
import pytest

from bot.papers import referral_errand
from domain.tries import PAPERS_PER_PARENT
from storage.files import FilesUnavailable
from storage.tables import referral
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, TIKHONOVS
from tests.conversation.person import Person
from tests.conversation.plays import is_confirmed
from tests.conversation.seat_plays import has_in_hand

READY = (
    "Your referral as a PDF, in Kazakh and Russian. The link is good for 15 minutes, and whoever has it "
    "can fetch the paper. You need not print it: the message with the referral counts as well."
)
UNDER_WAY = "Your referral is being printed. It comes here in a moment."
OVER = "This referral is not valid any more, so it is not printed."
FAILED = (
    "The referral could not be printed just now. It counts without the paper, too; please try again a "
    "little later."
)
(CHILD, *_) = ALDABEKOVS.children


async def has_a_referral(house: House, person: Person) -> str:
    """The parent is signed in and the child referred; the button that prints it."""
    await is_confirmed(house, person, ALDABEKOVS)
    await has_in_hand(house, CHILD, "referred")

    def newest(tx: Transaction) -> int:
        return int(tx.conn.execute(referral.select()).one().id)

    return f"paper:{await house.write(newest)}"


async def test_the_paper_is_printed_and_fetched_by_its_link(house: House, kind: str) -> None:
    person = await house.acquaintance(kind)
    button = await has_a_referral(house, person)

    await person.presses(button)
    await person.hears(READY)
    url = house.witness.screens[-1].buttons[0].url
    assert url is not None
    await house.acquaintance("webchat")
    async with aiohttp.ClientSession() as browser, browser.post(url) as answer:
        content = await answer.read()

    assert answer.headers["Content-Disposition"].endswith('.pdf"')
    assert content.startswith(b"%PDF")


async def test_the_link_can_be_had_anew(house: House, parent: Person) -> None:
    await parent.presses(await has_a_referral(house, parent))
    await parent.hears(READY)
    first = house.witness.screens[-1].buttons[0].url

    await parent.taps("Make a new link")
    await parent.waits(lambda: house.witness.screens[-1].buttons[0].url not in (None, first), "a new link")
    await parent.hears(READY)


async def test_a_referral_that_is_over_is_not_printed(house: House, language: str) -> None:
    person = await house.acquaintance("whatsapp", language)
    button = await has_a_referral(house, person)

    def ends(tx: Transaction) -> None:
        tx.conn.execute(referral.update().values(state="declined", ended_at=tx.now))

    await house.write(ends)
    await person.presses(button)

    assert person.reads(OVER)


async def test_a_forged_button_prints_nobody_elses_referral(house: House) -> None:
    person, stranger = await house.acquaintance("whatsapp"), await house.acquaintance("whatsapp")
    await is_confirmed(house, stranger, TIKHONOVS)
    button = await has_a_referral(house, person)

    for forged in (button, "paper", "paper:x", "paper:1", "paper:-1", "paper:" + "9" * 19):
        await stranger.presses(forged)
        assert not stranger.reads(UNDER_WAY)
        assert not stranger.reads(READY)


async def test_a_store_that_is_down_is_said_kindly(
    house: House, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = await house.acquaintance("whatsapp", language)
    button = await has_a_referral(house, person)
    monkeypatch.setattr(referral_errand, "PATIENCE", timedelta(0))

    async def away(*_: object) -> None:
        raise FilesUnavailable("away")

    with monkeypatch.context() as down:
        down.setattr(house.files.store, "put", away)
        await person.presses(button)
        await person.hears(FAILED)

    await person.presses(button)
    await person.hears(READY)


async def test_nobody_has_referrals_printed_without_end(house: House) -> None:
    person = await house.acquaintance("whatsapp")
    button = await has_a_referral(house, person)
    for _ in range(PAPERS_PER_PARENT.most):
        await is_printed(person, button)

    await person.presses(button)

    assert "Too many tries for now." in person.sees


async def is_printed(person: Person, button: str) -> None:
    """Press it and wait for the paper."""
    before = papers(person)
    await person.presses(button)
    await person.waits(lambda: papers(person) > before, "the paper")


def papers(person: Person) -> int:
    """How many were handed out so far."""
    return sum(READY in shown.text for shown in person.heard)
