"""Notes and labels beside a chat, and the family that it is about."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from storage import look_up
from storage.centre import labels, notes
from storage.database import Database
from storage.tables import note
from tests.fakes.console_site import running_desk
from tests.fakes.staff_browser import SeenPage
from tests.integration.chat_stage import ChatStage

STALE = "Something has changed here meanwhile."
MARKUP = '<i>қоңырау</i> & "шалу"'


@pytest.fixture
async def stage(sqlite: Database) -> AsyncIterator[ChatStage]:
    """A console."""
    async with running_desk(sqlite) as desk:
        yield await ChatStage.set(desk)


async def _labels(stage: ChatStage, chat: int) -> list[str]:
    return await stage.desk.database.read(lambda tx: labels.of_conversation(tx, chat))


async def _notes(stage: ChatStage, chat: int) -> list[tuple[int, str]]:
    found = await stage.desk.database.read(lambda tx: notes.of_conversation(tx, chat))
    return [(each.staff_id, each.text) for each in found]


async def test_a_note_is_kept_sealed_and_read_by_colleagues(stage: ChatStage) -> None:
    chat = await stage.chat()

    async with stage.desk.browser("aigerim") as browser:
        page = await browser.opens(f"chats/{chat}")
        kept = await browser.sends(page.form("/note"), note=f"  {MARKUP}\r\nертең ")
    async with stage.desk.browser("bolat") as browser:
        seen = await browser.opens(f"chats/{chat}")

    asked = select(note.c.text)
    raw = await stage.desk.database.read(lambda tx: tx.conn.execute(asked).scalar_one())
    assert "The note is saved." in kept.text
    assert MARKUP in seen.text
    assert await _notes(stage, chat) == [(stage.aigerim, f"{MARKUP}\nертең")]
    assert "ертең".encode() not in raw
    assert await stage.audited() == ["note_written"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ЖСН 820117450012, қоңырау", "ЖСН ••••••12, қоңырау"),
        ("820117 450-012", "••••••12"),
        ("999999999999", "••••••99"),
        ("4512345678 15 желтоқсан", "4512345678 15 желтоқсан"),
        ("8 701 555-01-01", "••••••01"),
        ("+77015550101", "••••••01"),
        ("Өтініш № 4512345678, код 123 456", "Өтініш № 4512345678, код 123 456"),
    ],
)
async def test_a_note_holds_no_iin_and_no_phone(stage: ChatStage, typed: str, kept: str) -> None:
    chat = await stage.chat()

    async with stage.desk.browser("aigerim") as browser:
        page = await browser.opens(f"chats/{chat}")
        await browser.sends(page.form("/note"), note=typed)

    assert await _notes(stage, chat) == [(stage.aigerim, kept)]


async def test_a_note_is_deleted_by_its_writer_alone(stage: ChatStage) -> None:
    chat, other = await stage.chat(), await stage.chat()
    async with stage.desk.browser("aigerim") as mine, stage.desk.browser("bolat") as colleague:
        page = await mine.sends((await mine.opens(f"chats/{chat}")).form("/note"), note="Менікі")
        away = page.form("/away")
        theirs = await colleague.opens(f"chats/{chat}")
        mark = theirs.form("/note").fields

        by_another = await colleague.posts(away.action, mark)
        elsewhere = await mine.posts(away.action.replace(str(chat), str(other)), away.fields)
        kept = await _notes(stage, chat)
        gone = await mine.sends(away)
        again = await mine.sends(away, once="x" * 16)

    assert not [each for each in theirs.forms if each.action.endswith("/away")]
    assert [by_another.status, elsewhere.status, gone.status, again.status] == [409, 409, 200, 409]
    assert STALE in by_another.text
    assert kept == [(stage.aigerim, "Менікі")]
    assert await _notes(stage, chat) == []


@pytest.mark.parametrize(("typed", "said"), [
    ("", "Please fill this in."), ("   ", "Please fill this in."), ("x" * 2001, "At most 2000 characters."),
    ("a\x00b", "There are characters in it that can't be shown."),
])  # fmt: skip
async def test_a_note_that_can_not_be_kept_stands_in_its_field_again(
    stage: ChatStage, typed: str, said: str
) -> None:
    chat = await stage.chat()

    async with stage.desk.browser("aigerim") as browser:
        page = await browser.opens(f"chats/{chat}")
        answer = await browser.sends(page.form("/note"), note=typed)

    assert answer.status == 422
    assert said in answer.text
    assert await _notes(stage, chat) == []
    assert answer.form("/note").fields["note"].replace("\ufffd", "\x00") == typed


async def test_the_longest_note_is_kept(stage: ChatStage) -> None:
    chat = await stage.chat()

    async with stage.desk.browser("aigerim") as browser:
        page = await browser.opens(f"chats/{chat}")
        await browser.sends(page.form("/note"), note="x" * 2000)

    assert await _notes(stage, chat) == [(stage.aigerim, "x" * 2000)]


async def test_a_form_that_comes_twice_has_one_effect(stage: ChatStage) -> None:
    chat = await stage.chat()

    async with stage.desk.browser("aigerim") as browser:
        form = (await browser.opens(f"chats/{chat}")).form("/note")
        pages: list[SeenPage] = [await browser.sends(form, note="Бір рет") for _ in range(2)]

    assert [each.status for each in pages] == [200, 200]
    assert await _notes(stage, chat) == [(stage.aigerim, "Бір рет")]


async def test_labels_are_put_on_offered_elsewhere_and_taken_off(stage: ChatStage) -> None:
    chat, other = await stage.chat(), await stage.chat()

    async with stage.desk.browser("aigerim") as browser:
        page = await browser.opens(f"chats/{chat}")
        on = await browser.sends(page.form("/label"), label="  қайта   қоңырау ")
        put = await _labels(stage, chat)
        elsewhere = await browser.opens(f"chats/{other}")
        off = await browser.sends(on.form("/label-off"))
        again = await browser.sends(on.form("/label-off"), once="x" * 16)

    assert "The label is added." in on.text
    assert put == ["қайта қоңырау"]
    assert '<option value="қайта қоңырау">' in elsewhere.html
    assert "The label is removed." in off.text
    assert again.status == 409
    assert await _labels(stage, chat) == []
    assert await stage.audited() == ["label_put", "label_taken"]


async def test_a_label_that_a_colleague_has_put_on_is_there_once(stage: ChatStage) -> None:
    chat = await stage.chat()
    async with stage.desk.browser("aigerim") as mine, stage.desk.browser("bolat") as colleague:
        page, theirs = [await each.opens(f"chats/{chat}") for each in (mine, colleague)]
        await colleague.sends(theirs.form("/label"), label="шұғыл")

        late = await mine.sends(page.form("/label"), label="шұғыл")

    assert late.status == 409
    assert STALE in late.text
    assert await _labels(stage, chat) == ["шұғыл"]


@pytest.mark.parametrize(("typed", "put"), [
    ("x" * 48, ["x" * 48]), ("x" * 49, []), ("", []), ("820117450012", ["••••••12"]),
])  # fmt: skip
async def test_a_label_is_short_and_holds_no_numbers_of_people(
    stage: ChatStage, typed: str, put: list[str]
) -> None:
    chat = await stage.chat()

    async with stage.desk.browser("aigerim") as browser:
        page = await browser.opens(f"chats/{chat}")
        await browser.sends(page.form("/label"), label=typed)

    assert await _labels(stage, chat) == put


async def test_the_words_of_another_centre_are_not_offered(stage: ChatStage) -> None:
    chat, nobodys = await stage.chat(), await stage.chat(somewhere=False)
    async with stage.desk.browser("aigerim") as browser:
        page = await browser.opens(f"chats/{chat}")
        await browser.sends(page.form("/label"), label="біздің сөз")

    async with stage.desk.browser("stranger") as browser:
        seen = await browser.opens(f"chats/{nobodys}")

    assert "біздің сөз" not in seen.html


@pytest.mark.parametrize("path", ["note", "label", "label-off", "note/1/away"])
async def test_nothing_is_written_beside_a_chat_of_another_centre(stage: ChatStage, path: str) -> None:
    chat, nobodys = await stage.chat(), await stage.chat(somewhere=False)

    async with stage.desk.browser("stranger") as browser:
        mark = (await browser.opens(f"chats/{nobodys}")).form("/note").fields
        sent = await browser.posts(f"/console/chats/{chat}/{path}", mark | {"note": "x", "label": "x"})

    assert sent.status == 404
    assert await _notes(stage, chat) == []
    assert await _labels(stage, chat) == []


async def test_an_admin_reads_and_is_shown_no_form(stage: ChatStage) -> None:
    chat = await stage.chat()

    async with stage.desk.browser("admin") as browser:
        page = await browser.opens(f"chats/{chat}")

    assert page.status == 200
    assert not [each for each in page.forms if f"/chats/{chat}/" in each.action]


async def test_the_family_stands_beside_with_its_place_and_without_its_numbers(stage: ChatStage) -> None:
    family, chat = await stage.family()
    [found] = await stage.desk.database.read(lambda tx: look_up.of_parent(tx, family.parent_id))

    async with stage.desk.browser("aigerim") as browser:
        page = await browser.opens(f"chats/{chat}")

    assert f"№ {found.number}" in page.text.replace("\xa0", " ")
    assert "Place in the queue: 1 of 1" in page.text
    assert family.child.masked in page.text
    assert family.child.digits not in page.html
    assert family.parent.digits not in page.html


async def test_a_phone_in_an_operators_answer_is_masked_among_the_notices_too(stage: ChatStage) -> None:
    _, chat = await stage.family()

    async with stage.desk.browser("aigerim") as browser:
        page = await browser.opens(f"chats/{chat}")
        answered = await browser.sends(page.form("/answer"), text="Мына нөмірге: 8 701 555 01 01")

    assert answered.text.count("Мына нөмірге: ••••••01") == 2
    assert "555 01 01" not in answered.html
