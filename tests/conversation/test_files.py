"""Photos and documents in every messenger: taken, looked at, kept; or told why not."""

import pytest
from sqlalchemy import func, select
from yarl import URL

from bot.flows.file_faults import fault_words
from storage.files import FileStore, FilesUnavailable
from storage.tables import file
from tests.conversation.house import House
from tests.conversation.paper_form import ASKING, LOOKING, THANKS, knows_papers
from tests.conversation.person import Person
from tests.conversation.telegram_parent import TelegramParent
from tests.conversation.waiting import until
from tests.fakes import bot_api_faults as faults
from tests.fakes.pictures import a_bomb, a_dark_page, a_page, a_pdf, a_small_page

PATIENCE_SECONDS = 30.0
"""For what is tried again after pauses."""

PAPER = ("Анықтама Айгүл.pdf", a_pdf())


@pytest.fixture
async def asked(house: House, kind: str) -> Person:
    """Somebody who is asked for a document, in each messenger."""
    knows_papers(house)
    person = await house.acquaintance(kind)
    await person.says("/papers")
    return person


async def kept(house: House) -> list[str]:
    """What lies in the store."""
    return [blob.name async for blob in house.files.store.blobs("files")]


async def rows(house: House) -> int:
    """How many files the database knows."""
    number: int = await house.write(
        lambda tx: tx.conn.execute(select(func.count()).select_from(file)).scalar()
    )
    return number


async def has_thanks(person: Person) -> None:
    """Wait until the file was taken."""
    await until(lambda: person.sees == THANKS, f"the file to be taken: {person}", PATIENCE_SECONDS)


@pytest.mark.parametrize(
    ("name", "content"), [("", a_page()), ("бет.png", a_page(kind="PNG")), PAPER], ids=["photo", "png", "pdf"]
)
async def test_a_file_that_is_asked_for_is_looked_at_and_kept(
    house: House, asked: Person, name: str, content: bytes
) -> None:
    assert asked.sees == ASKING

    await asked.sends_file(name, content)
    await has_thanks(asked)

    assert [shown.text for shown in asked.heard[-2:]] == [LOOKING, THANKS]
    assert (len(await kept(house)), await rows(house)) == (1, 1)


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("бет.jpg", a_dark_page(), "too_dark"),
        ("бет.jpg", a_small_page(), "too_small"),
        ("бет.pdf", a_page(), "not_what_its_name_says"),
        ("бет.txt", b"hello", "wrong_kind"),
        ("бет.png", a_bomb(), "bomb"),
        ("бет.pdf", a_pdf(16), "too_many_pages"),
    ],
)
async def test_what_is_wrong_with_a_file_is_said_and_the_next_one_is_taken(
    house: House, asked: Person, name: str, content: bytes, fault: str
) -> None:
    words = fault_words(asked.t, fault)

    await asked.sends_file(name, content)
    await until(lambda: words in asked.sees, f"{words!r} to be said", PATIENCE_SECONDS)
    await asked.sends_file("", a_page())
    await has_thanks(asked)

    assert (len(await kept(house)), await rows(house)) == (1, 1)


async def test_a_file_that_comes_twice_is_kept_once(house: House, asked: Person) -> None:
    await asked.sends_file(*PAPER)
    await asked.repeats(at_once=3)
    await has_thanks(asked)

    assert house.witness.effects(asked.channel, asked.chat)[False] == 3
    assert (len(await kept(house)), await rows(house)) == (1, 1)


async def test_the_name_of_a_file_stands_in_no_message(house: House, asked: Person) -> None:
    await asked.sends_file(*PAPER)
    await has_thanks(asked)

    said = [*asked.own_words, *(shown.text for shown in asked.heard)]
    assert [text for text in said if "Айгүл" in text] == []


async def test_a_file_nobody_asked_for_is_answered(house: House, kind: str) -> None:
    person = await house.acquaintance(kind)

    await person.sends_file("", a_page())

    assert person.heard
    assert await kept(house) == []
    assert [blob.name async for blob in house.files.store.blobs("spool")] == []


async def test_a_file_store_that_comes_back_takes_the_file_after_all(
    house: House, asked: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    puts: list[str] = []
    put = FileStore.put

    async def put_at_the_second_try(store: FileStore, name: str, content: bytes) -> None:
        if name.startswith("files/"):
            puts.append(name)
            if len(puts) == 1:
                raise FilesUnavailable("OSError")
        await put(store, name, content)

    monkeypatch.setattr(FileStore, "put", put_at_the_second_try)

    await asked.sends_file(*PAPER)
    await has_thanks(asked)

    assert len(puts) == 2
    assert puts[0] == puts[1]


async def test_telegram_that_comes_back_gives_the_file_after_all(house: House) -> None:
    knows_papers(house)
    person = await house.acquaintance("telegram")
    assert isinstance(person, TelegramParent)
    await person.says("/papers")
    person.api.breaks("getFile", faults.SERVER_ERROR)

    await person.sends_file(*PAPER)
    await has_thanks(person)

    assert len(person.api.called("getFile")) == 2


async def test_a_link_is_given_to_fetch_the_file(house: House, asked: Person) -> None:
    await asked.sends_file(*PAPER)
    await has_thanks(asked)

    button = next(each for screen in house.witness.screens for each in screen.buttons if each.url)
    file_id = house.links.file_of(URL(str(button.url)).name)
    assert file_id is not None
    assert await kept(house) == [f"files/{file_id:016x}"[:8] + f"/{file_id:016x}-1"]
