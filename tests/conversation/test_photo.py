"""The photo of the profile: set, replaced, fetched, taken out; and what is wrong with one."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.flows import tries
from bot.flows.file_faults import fault_words
from domain.tries import FILES_PER_PARENT, TryLimit
from storage import profiles
from storage.tables import file
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, TIKHONOVS
from tests.conversation.person import Person
from tests.conversation.plays import is_confirmed
from tests.fakes.pictures import a_bomb, a_face, a_pdf, a_small_page, drawn, saved

SEND = "Send a photo of yourself, as you would send it to a friend. Only you see it here."
LOOKING = "One moment, I am looking at the photo."
SET, OUT = "The photo is in your profile.", "The photo is taken out."


@pytest.fixture
async def asked(house: House, kind: str) -> Person:
    """The father, who is asked for a photo, in each messenger."""
    person = await house.acquaintance(kind)
    await is_confirmed(house, person, ALDABEKOVS)
    await asks(person)
    return person


async def asks(person: Person) -> None:
    """Choose it in the profile."""
    await person.presses("profile")
    await person.taps("Photo")


async def photo_of(house: House) -> int | None:
    """The file in the profile."""
    me = house.world.parent_of(ALDABEKOVS)
    own = await house.write(lambda tx: profiles.read(tx, me))
    found: int | None = own.photo_file_id
    return found


async def kept(house: House) -> set[int]:
    """The files that can be found."""
    there = select(file.c.id).where(file.c.deleted_at.is_(None), file.c.kind == "portrait")
    return set(await house.write(lambda tx: tx.conn.execute(there).scalars().all()))


async def test_a_photo_is_set_and_shown_to_be_there(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, ALDABEKOVS)
    await asks(person)
    assert person.reads(SEND)

    await person.sends_file("", a_face())
    await person.hears(SET)

    assert person.heard[-2].text.startswith(person.t(LOOKING))
    assert person.reads("Photo: there is one")
    assert await kept(house) == {await photo_of(house)}
    await person.presses("journal")
    assert person.reads("The photo was changed")


async def test_another_photo_takes_the_place_of_the_former(house: House, asked: Person) -> None:
    await asked.sends_file("", a_face())
    await asked.hears(SET)
    former = await photo_of(house)

    await asks(asked)
    await asked.sends_file("мен.jpg", a_face((500, 500)))
    await asked.hears(SET)

    assert await photo_of(house) != former
    assert await kept(house) == {await photo_of(house)}


async def test_a_photo_is_taken_out(house: House, asked: Person) -> None:
    await asked.sends_file("", a_face())
    await asked.hears(SET)

    await asks(asked)
    await asked.taps("Take it out")

    assert asked.reads(OUT)
    assert asked.reads("Photo: none yet")
    assert (await photo_of(house), await kept(house)) == (None, set())


async def test_a_copy_can_be_fetched_by_a_link(house: House, asked: Person) -> None:
    await asked.sends_file("", a_face())
    await asked.hears(SET)

    await asks(asked)

    button = next(each for each in house.witness.screens[-1].buttons if each.url)
    assert button.label == asked.t("Get a copy")
    assert house.links.file_of(str(button.url).rpartition("/")[2].partition("?")[0]) == await photo_of(house)


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("мен.jpg", saved(drawn(paper=6)), "too_dark"),
        ("мен.jpg", a_small_page(), "too_small"),
        ("мен.pdf", a_pdf(), "wrong_kind"),
        ("мен.pdf", a_face(), "not_what_its_name_says"),
        ("мен.txt", b"hello", "wrong_kind"),
        ("мен.png", a_bomb(), "bomb"),
    ],
)
async def test_what_is_wrong_with_a_photo_is_said_and_the_next_one_is_taken(
    house: House, asked: Person, name: str, content: bytes, fault: str
) -> None:
    await asked.sends_file(name, content)
    await asked.waits(lambda: fault_words(asked.t, fault, "portrait") in asked.sees, fault)
    assert await photo_of(house) is None

    await asked.sends_file("", a_face())
    await asked.hears(SET)

    assert await kept(house) == {await photo_of(house)}


async def test_words_are_no_photo(house: House, asked: Person) -> None:
    await asked.says("міне")

    assert asked.reads("A photo is needed here: a JPG, PNG or WebP picture.")
    assert asked.reads(SEND)


async def test_a_photo_is_put_in_although_the_parent_went_on(house: House, asked: Person) -> None:
    await asked.sends_file("", a_face())
    await asked.says("/menu")
    told = asked.t(SET)
    await asked.waits(lambda: any(told in shown.text for shown in asked.heard), f"{told!r} to be said")

    assert await photo_of(house) is not None
    await asked.says("/menu")
    assert asked.t("Go on where I stopped") not in asked.labels


async def test_nothing_is_put_in_once_it_was_cancelled(house: House, asked: Person) -> None:
    await asked.says("/cancel")
    await asked.sends_file("", a_face())

    assert asked.reads("I did not understand that. Please choose one of these:")
    assert await photo_of(house) is None


async def test_a_forged_answer_is_out_of_date(house: House, asked: Person) -> None:
    await asked.presses("answer:photo:sent:7")

    assert asked.reads("This button is out of date. Here is how things stand now.")


async def test_the_photo_of_another_parent_is_not_shown(house: House, asked: Person) -> None:
    await asked.sends_file("", a_face())
    await asked.hears(SET)
    await is_confirmed(house, asked, TIKHONOVS)

    await asks(asked)

    assert asked.reads(SEND)


async def test_photos_count_among_the_files_of_a_day(
    house: House, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert TryLimit(30, timedelta(days=1)) == FILES_PER_PARENT
    monkeypatch.setattr(tries, "FILES_PER_PARENT", TryLimit(1, timedelta(days=1)))
    person = await house.acquaintance("whatsapp", language)
    await is_confirmed(house, person, ALDABEKOVS)
    await asks(person)
    await person.sends_file("", a_face())
    await person.hears(SET)
    first = await photo_of(house)

    await asks(person)
    await person.sends_file("", a_face((500, 500)))

    await person.hears(
        "These were many files for one day. The next one can be sent from {moment} on.",
        moment=person.t.moment(house.clock.read() + timedelta(days=1)),
    )
    assert await kept(house) == {first}
