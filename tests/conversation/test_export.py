"""A parent takes everything along: the ZIP is opened and compared with what was told to the bot."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import aiohttp
import pytest

from bot.flows import export
from bot.flows.words import words
from bot.tidying import forget_old_exports, tidy_up_files
from domain.errors import TooManyExports
from domain.notice import Deed, Told
from domain.phone import Phone
from storage import exports, guardians, helpers, journal, notices, passwords, people, profiles
from storage.erasing import erase
from storage.exports import KEPT
from storage.files import FilesUnavailable
from storage.sealed_files import FILES
from tests.conversation.applying import ADDRESS, applies
from tests.conversation.copies import READY, copy_of, makes_a_copy, ready_ones
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, NEWCOMERS, OSPANOVS, TIKHONOVS, Family
from tests.conversation.person import Person
from tests.conversation.plays import WHO, is_confirmed
from tests.guards.everything_told import found_in

BEING_MADE = "Your copy is being made. That may take a minute; it comes here by itself, go on meanwhile."
FAILED = "The copy could not be made just now, and nothing of it was kept. Please try again a little later."
MARKUP = "<script>alert(1)</script> & <b>7</b>-үй \"а\" 'б'"


async def test_what_a_father_told_the_bot_is_in_his_copy(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await applies(house, person)
    await person.taps("Confirm")
    await person.waits(lambda: "47" in person.sees, "the place")
    father = await house.write(lambda tx: people.find_parent_by_iin(tx, NEWCOMERS.father.iin))

    await makes_a_copy(person)
    copy = await copy_of(house, father)

    data, (application,) = copy.data, copy.data["applications"]
    assert data["person"]["iin"] == NEWCOMERS.father.iin.digits
    assert (data["person"]["surname"], data["person"]["name"]) == ("Бекжанов", "Тимур")
    assert [each["number"] for each in data["phones"]] == [each.e164 for each in NEWCOMERS.phones]
    assert [each["iin"] for each in data["children"]] == [NEWCOMERS.daughter.iin.digits]
    assert (application["address"], application["languages"]) == (ADDRESS, ["kk", "ru"])
    assert (application["status"], application["sent_by"]) == ("awaiting_place", "you")
    assert application["place"] == application["queue_size"] == 47
    assert [each["kind"] for each in data["notices"]] == ["registered"]
    assert {each["what"] for each in data["journal"]} >= {"applied"}
    assert [each["channel"] for each in data["accounts"]] == [kind]
    for told in ("Бекжанов", "Айла", ADDRESS, NEWCOMERS.phones[1].e164, str(application["number"])):
        assert told in copy.page
    assert person.t("Everything kept about you") in copy.page
    assert person.t("Kezek: everything kept about you") in copy.files["README.txt"].decode()


async def test_instants_have_their_zone_and_the_format_its_version(house: House) -> None:
    person = await house.acquaintance("whatsapp")
    await is_confirmed(house, person, ALDABEKOVS)
    await makes_a_copy(person)

    data = (await copy_of(house, house.world.parent_of(ALDABEKOVS))).data

    assert (data["format"], data["version"], data["time_zone"]) == ("kezek-export", 1, "Asia/Almaty")
    [application] = data["applications"]
    since = datetime.fromisoformat(application["submitted_at"])
    assert since.utcoffset() == timedelta(hours=5)
    assert data["made_at"].startswith("2026-11-20T16:2")


async def test_the_log_of_the_conversations_is_there_as_it_is_kept(house: House, kind: str) -> None:
    person = await house.acquaintance(kind)
    await is_confirmed(house, person, ALDABEKOVS)
    await person.says("менің ЖСН-ім 920517301201")
    await makes_a_copy(person)

    copy = await copy_of(house, house.world.parent_of(ALDABEKOVS))

    mine = [each["text"] for each in copy.talk["messages"] if each["direction"] == "in"]
    assert mine[0] == "менің ЖСН-ім ••••••01"
    assert "менің ЖСН-ім ••••••01" in copy.files["conversation.html"].decode()
    assert b"920517301201" not in copy.everything


async def test_markup_in_names_and_addresses_is_shown_as_text(house: House) -> None:
    person = await house.acquaintance("telegram")
    await is_confirmed(house, person, ALDABEKOVS)
    me = house.world.parent_of(ALDABEKOVS)
    await house.write(lambda tx: profiles.set_contact(tx, me, "address", MARKUP))
    await house.write(lambda tx: helpers.name(tx, me, Phone("+77015550909"), MARKUP, tx.now))
    await person.says(MARKUP)
    await makes_a_copy(person)

    copy = await copy_of(house, me)

    assert copy.data["person"]["address"] == MARKUP
    for page in (copy.page, copy.files["conversation.html"].decode()):
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;7&lt;/b&gt;-үй" in page
        assert re.findall(r"<(?:script|img|iframe|link|b)\b|\son\w+=|javascript:|https?://", page) == []


async def test_of_the_other_parent_there_is_nothing_but_that_there_is_one(house: House, kind: str) -> None:
    person = await house.acquaintance(kind)
    mine, theirs = house.world.parent_of(ALDABEKOVS), house.world.parent_of(TIKHONOVS)
    child_id = await house.write(lambda tx: people.find_child_by_iin(tx, ALDABEKOVS.child.person.iin))
    await house.write(lambda tx: guardians.join(tx, theirs, child_id, "agreed", tx.now))
    await house.write(lambda tx: profiles.set_contact(tx, theirs, "address", "Абай 1, 2-пәтер"))
    await is_confirmed(house, person, ALDABEKOVS)
    await makes_a_copy(person)

    copy = await copy_of(house, mine)

    assert [each["other_parents"] for each in copy.data["children"]] == [1]
    assert found_in(copy.everything, told_of(TIKHONOVS)) == []
    assert found_in(copy.everything, told_of(OSPANOVS)) == []
    assert b"\xd0\x90\xd0\xb1\xd0\xb0\xd0\xb9 1" not in copy.everything


def told_of(family: Family) -> Iterator[str]:
    """What names a family."""
    yield family.parent.iin.digits
    yield from (phone.e164.removeprefix("+7") for phone in family.phones)
    yield family.parent.surname
    yield family.parent.name
    for child in family.children:
        yield child.person.iin.digits
        yield child.person.name
        yield str(child.number)


async def test_the_link_fetches_the_copy(house: House) -> None:
    person = await house.acquaintance("webchat")
    await is_confirmed(house, person, ALDABEKOVS)
    await makes_a_copy(person)
    url = house.witness.screens[-1].buttons[0].url
    assert url is not None

    async with aiohttp.ClientSession() as browser:
        async with browser.get(url) as page:
            assert page.status == 200
        async with browser.post(url) as answer:
            content = await answer.read()

    assert answer.headers["Content-Disposition"].endswith('.zip"')
    assert ZipFile(BytesIO(content)).testzip() is None
    assert set(ZipFile(BytesIO(content)).namelist()) == {
        "README.txt", "index.html", "data.json", "conversation.json", "conversation.html",
    }  # fmt: skip


async def test_it_is_told_and_noted_and_the_link_can_be_had_again(
    house: House, kind: str, language: str
) -> None:
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, ALDABEKOVS)
    me = house.world.parent_of(ALDABEKOVS)
    await makes_a_copy(person)
    until = (await house.write(lambda tx: exports.newest(tx, me))).until

    [told] = await house.write(lambda tx: notices.page(tx, me, 5))
    [noted] = await house.write(lambda tx: journal.page(tx, me, 5))
    assert (told.kind, noted.what) == (Told.EXPORT_MADE, Deed.EXPORTED)
    assert noted.actor == journal.by_parent(me)
    await person.presses("export:link")
    assert person.reads(READY, until=person.t.moment(until))
    await person.presses("export")
    assert person.named("Get the copy", "Make a copy", "Back") == person.labels


async def test_after_a_day_the_copy_is_gone(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    me = house.world.parent_of(ALDABEKOVS)
    await makes_a_copy(parent)

    house.clock.move_to((await house.write(lambda tx: exports.newest(tx, me))).until)
    await parent.presses("export:link")
    assert parent.named("Make a copy", "Back") == parent.labels

    assert await forget_old_exports(house.database) == 1
    assert await house.write(lambda tx: exports.newest(tx, me)) is None
    assert timedelta(hours=24) == KEPT


async def test_three_copies_a_day_are_enough(house: House, language: str) -> None:
    person = await house.acquaintance("whatsapp", language)
    await is_confirmed(house, person, ALDABEKOVS)
    for _ in range(3):
        await makes_a_copy(person)
        await person.says("/menu")
    first = house.clock.read()

    await person.presses("export:make")
    assert words(person.t, TooManyExports(first + timedelta(days=1)))[:30] in person.sees
    house.later(days=1)
    await person.presses("export:make")

    assert person.reads(BEING_MADE)


async def test_one_is_made_at_a_time(house: House) -> None:
    first, second = await house.acquaintance("telegram"), await house.acquaintance("whatsapp")
    for person in (first, second):
        await is_confirmed(house, person, ALDABEKOVS)

    async with held_store(house):
        await first.presses("export:make")
        await second.presses("export:make")

        assert first.reads(BEING_MADE)
        assert second.reads("Your copy is being made already. It comes here by itself.")
    await second.hears("A copy of everything kept about you was made.")


async def test_while_it_is_made_the_conversation_goes_on(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)

    async with held_store(house):
        await parent.presses("export:make")
        await parent.says("/menu")
        assert parent.reads("The kindergarten queue. What would you like to do?")

    await parent.waits(lambda: ready_ones(parent) == 1, "the copy")


async def test_the_store_is_down(house: House, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    person = await house.acquaintance("whatsapp", language)
    await is_confirmed(house, person, ALDABEKOVS)
    me = house.world.parent_of(ALDABEKOVS)
    monkeypatch.setattr(export, "PATIENCE", timedelta(0))

    async def away(*_: object) -> None:
        raise FilesUnavailable("away")

    with monkeypatch.context() as down:
        down.setattr(house.files.store, "put", away)
        await person.presses("export:make")
        await person.hears(FAILED)
        assert await house.write(lambda tx: notices.page(tx, me, 5)) == []
    for _ in range(3):
        await makes_a_copy(person)

    assert len(await house.write(lambda tx: notices.page(tx, me, 9))) == 3


async def test_a_stranger_gets_no_copy(house: House, parent: Person) -> None:
    for action in ("export", "export:make", "export:link"):
        await parent.presses(action)

        assert parent.reads(WHO)


async def test_behind_the_cabinets_lock_there_is_no_copy(house: House, kind: str) -> None:
    person = await house.acquaintance(kind)
    await is_confirmed(house, person, ALDABEKOVS)
    await has_password(house, ALDABEKOVS)

    await person.presses("export:link")
    assert "export" not in str(house.witness.screens[-1])
    await person.presses("export:make")

    assert await house.write(lambda tx: exports.newest(tx, house.world.parent_of(ALDABEKOVS))) is None


async def test_a_copy_that_is_ready_waits_behind_the_lock(house: House) -> None:
    person = await house.acquaintance("whatsapp")
    await is_confirmed(house, person, ALDABEKOVS)
    async with held_store(house):
        await person.presses("export:make")
        await has_password(house, ALDABEKOVS)

    await person.hears("Your copy is ready. Open the cabinet to get it.")

    assert [button.url for button in house.witness.screens[-1].buttons] == [None]


async def test_who_signed_out_meanwhile_is_shown_nothing(house: House) -> None:
    person, other = await house.acquaintance("telegram"), await house.acquaintance("whatsapp")
    for each in (person, other):
        await is_confirmed(house, each, ALDABEKOVS)
    async with held_store(house):
        await person.presses("export:make")
        await person.presses("signout")
        seen = len(person.heard)

    await other.hears("A copy of everything kept about you was made.")
    assert len(person.heard) == seen
    await other.taps("Get the copy")
    assert ready_ones(other) == 1


async def test_erased_while_the_copy_is_made_there_is_neither(house: House) -> None:
    person = await house.acquaintance("telegram")
    await is_confirmed(house, person, ALDABEKOVS)
    me = house.world.parent_of(ALDABEKOVS)
    async with held_store(house) as began:
        await person.presses("export:make")
        await began.wait()
        await house.write(lambda tx: erase(tx, me))

    await person.waits(lambda: house.errands.idle, "the errand to end")

    assert await house.write(lambda tx: exports.newest(tx, me)) is None
    assert await blobs(house) == []
    assert ready_ones(person) == 0


async def test_erased_after_it_was_made_the_copy_goes_and_its_link_leads_nowhere(house: House) -> None:
    person = await house.acquaintance("webchat")
    await is_confirmed(house, person, ALDABEKOVS)
    await makes_a_copy(person)
    url = house.witness.screens[-1].buttons[0].url
    assert url is not None

    await house.write(lambda tx: erase(tx, house.world.parent_of(ALDABEKOVS)))
    async with aiohttp.ClientSession() as browser, browser.post(url) as answer:
        assert answer.status == 404
    await tidy_up_files(house.database, house.files)

    assert await blobs(house) == []


async def blobs(house: House) -> list[str]:
    """What lies in the store."""
    return [blob.name async for blob in house.files.store.blobs(FILES)]


@asynccontextmanager
async def held_store(house: House) -> AsyncIterator[asyncio.Event]:
    """The store takes its time: what is put there waits until the end of this; set when that begins."""
    store, free = house.files.store, asyncio.Event()
    put, began = store.put, asyncio.Event()

    async def slow(name: str, content: bytes) -> None:
        began.set()
        await free.wait()
        await put(name, content)

    store.put = slow  # type: ignore[method-assign]
    try:
        yield began
    finally:
        async with asyncio.timeout(5):
            await began.wait()
        store.put = put  # type: ignore[method-assign]
        free.set()


async def has_password(house: House, family: Family) -> None:
    """The cabinet is locked with a password from now on."""
    me = house.world.parent_of(family)
    await house.write(lambda tx: passwords.write(tx, me, "a hash", tx.now))
