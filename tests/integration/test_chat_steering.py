"""Stepping into a chat: an answer, the wheel, a prepared step; two at once, and pages out of date."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from storage.centre import steering, whispers
from storage.database import Database
from storage.tables import message
from tests.fakes.console_site import running_desk
from tests.integration.chat_stage import ChatStage

WORDS = 'Қайырлы күн! <b>Кешіріңіз</b> & "күтіңіз"'
DRIVEN = "A colleague is talking with this parent now"
CROSSED = "A colleague has answered meanwhile: read that first."
ELSEWHERE = "The bot is waiting for something else by now, or the parent has decided already."
AGAIN = "x" * 16


@pytest.fixture
async def stage(sqlite: Database) -> AsyncIterator[ChatStage]:
    """A console."""
    async with running_desk(sqlite) as desk:
        yield await ChatStage.set(desk)


async def _said(stage: ChatStage, chat: int, kind: str = "operator") -> list[str]:
    """What went out of that kind."""
    asked = select(message.c.text).where(message.c.conversation_id == chat, message.c.kind == kind)
    return await stage.desk.database.read(
        lambda tx: list(tx.conn.execute(asked.order_by(message.c.id)).scalars())
    )


async def _driver(stage: ChatStage, chat: int) -> int | None:
    wheel = await stage.desk.database.read(lambda tx: steering.wheel_of(tx, chat))
    return None if wheel is None else wheel.staff_id


async def _states(stage: ChatStage, chat: int) -> list[str]:
    found = await stage.desk.database.read(lambda tx: whispers.newest(tx, chat, 9))
    return sorted(each.state for each in found)


async def test_an_answer_is_said_once_and_stands_in_the_log(stage: ChatStage) -> None:
    chat = await stage.chat()
    await stage.hears(chat, "Сұрағым бар")

    async with stage.desk.browser("aigerim") as browser:
        page = await browser.opens(f"chats/{chat}")
        pages = [await browser.sends(page.form("/answer"), text=WORDS) for _ in range(2)]

    assert [each.status for each in pages] == [200, 200]
    assert "The answer is on its way." in pages[0].text
    assert WORDS in pages[0].text
    assert pages[0].form("/answer").fields["text"] == ""
    assert await _said(stage, chat) == [WORDS]
    assert await stage.audited() == ["answered"]


@pytest.mark.parametrize(
    ("typed", "status"), [("", 422), (" \n ", 422), ("x" * 4000, 200), ("x" * 4001, 422)]
)
async def test_an_answer_has_some_characters_and_not_too_many(
    stage: ChatStage, typed: str, status: int
) -> None:
    chat = await stage.chat()

    async with stage.desk.browser("aigerim") as browser:
        page = await browser.opens(f"chats/{chat}")
        answer = await browser.sends(page.form("/answer"), text=typed)

    assert answer.status == status
    assert await _said(stage, chat) == ([typed] if status == 200 else [])
    if status == 422:
        assert "From 1 to 4000 characters." in answer.text
        assert answer.form("/answer").fields["text"].strip() == typed.strip()


async def test_answers_of_two_do_not_cross(stage: ChatStage) -> None:
    chat = await stage.chat()
    await stage.hears(chat, "Сұрағым бар")
    async with stage.desk.browser("aigerim") as first, stage.desk.browser("bolat") as second:
        mine, theirs = [await each.opens(f"chats/{chat}") for each in (first, second)]
        more = await first.sends(mine.form("/answer"), text="Бірінші жауап")
        await first.sends(more.form("/answer"), text="Тағы да")

        late = await second.sends(theirs.form("/answer"), text="Екінші жауап")
        then = await second.sends(late.form("/answer"))

    assert late.status == 409
    assert CROSSED in late.text
    assert "Бірінші жауап" in late.text
    assert late.form("/answer").fields["text"] == "Екінші жауап"
    assert then.status == 200
    assert await _said(stage, chat) == ["Бірінші жауап", "Тағы да", "Екінші жауап"]


async def test_the_wheel_is_taken_and_given_back_and_both_are_in_the_log(stage: ChatStage) -> None:
    chat = await stage.chat()

    async with stage.desk.browser("aigerim") as browser:
        page = await browser.opens(f"chats/{chat}")
        driving = await browser.sends(page.form("/drive"))
        driver = await _driver(stage, chat)
        back = await browser.sends(driving.form("/hand-back"))
        again = await browser.sends(driving.form("/hand-back"), once=AGAIN)

    assert "From here on aigerim is talking instead of the bot." in driving.text
    assert driver == stage.aigerim
    assert "aigerim has given the chat back to the bot." in back.text
    assert await _driver(stage, chat) is None
    assert again.status == 409
    assert "You are no longer talking instead of the bot." in again.text


async def test_nobody_talks_into_anothers_drive(stage: ChatStage) -> None:
    chat = await stage.chat()
    async with stage.desk.browser("aigerim") as first, stage.desk.browser("bolat") as second:
        mine, theirs = [await each.opens(f"chats/{chat}") for each in (first, second)]
        await first.sends(mine.form("/drive"))

        refused = [
            await second.sends(theirs.form("/drive")),
            await second.sends(theirs.form("/answer"), text="Мен де"),
            await second.posts(f"/console/chats/{chat}/hand-back", theirs.form("/drive").fields),
        ]

    assert [each.status for each in refused] == [409, 409, 409]
    assert DRIVEN in refused[0].text
    assert "aigerim is talking instead of the bot." in refused[0].text
    assert refused[1].form("/answer").fields["text"] == "Мен де"
    assert await _driver(stage, chat) == stage.aigerim
    assert await _said(stage, chat) == []


async def test_a_button_is_prepared_and_taken_back(stage: ChatStage) -> None:
    chat = await stage.chat()
    await stage.asks(chat, "apply", "kind", ("Жалпы", "answer:apply:kind:general"))

    async with stage.desk.browser("aigerim") as browser:
        page = await browser.opens(f"chats/{chat}")
        made = await browser.sends(page.form("/suggest-press"), press="answer:apply:kind:general")
        waiting = await _states(stage, chat)
        back = await browser.sends(made.form("/back"))
        late = await browser.sends(made.form("/back"), once=AGAIN)

    assert '<option value="answer:apply:kind:general">Жалпы' in page.html
    assert "waits for the parent&#39;s yes or no" in made.html
    assert waiting == [whispers.OFFERED]
    assert "The prepared step is taken back." in back.text
    assert late.status == 409
    assert await _states(stage, chat) == [whispers.TAKEN_BACK]


async def test_an_answer_is_prepared_for_the_question_that_stood_on_the_page(stage: ChatStage) -> None:
    chat = await stage.chat()
    await stage.asks(chat, "apply", "address")
    async with stage.desk.browser("aigerim") as browser:
        page = await browser.opens(f"chats/{chat}")
        made = await browser.sends(page.form("/suggest-text"), text="Абай көшесі, 1")
        states = await _states(stage, chat)
        await stage.asks(chat, "apply", "kind")
        late = await browser.sends(page.form("/suggest-text"), text="Абай көшесі, 2", once=AGAIN)

    assert made.status == 200
    assert states == [whispers.OFFERED]
    assert late.status == 409
    assert ELSEWHERE in late.text
    assert late.form("/suggest-text").fields["text"] == "Абай көшесі, 2"
    assert await _states(stage, chat) == [whispers.OFFERED]


@pytest.mark.parametrize("press", ["", "withdraw:1", "answer:apply:kind:gone", "x" * 200, "жоқ"])
async def test_a_button_that_is_none_or_the_parents_own_is_not_prepared(stage: ChatStage, press: str) -> None:
    chat = await stage.chat()
    await stage.asks(chat, "apply", "kind", ("Жалпы", "answer:apply:kind:general"))

    async with stage.desk.browser("aigerim") as browser:
        page = await browser.opens(f"chats/{chat}")
        refused = await browser.sends(page.form("/suggest-press"), press=press)

    assert refused.status == 409
    assert await _states(stage, chat) == []


async def test_nothing_is_prepared_where_no_question_is_open(stage: ChatStage) -> None:
    chat = await stage.chat()

    async with stage.desk.browser("aigerim") as browser:
        page = await browser.opens(f"chats/{chat}")

    assert not [each for each in page.forms if each.action.endswith("/suggest-text")]


async def test_a_prepared_step_of_another_chat_is_not_found_here(stage: ChatStage) -> None:
    chat, other = await stage.chat(), await stage.chat()
    async with stage.desk.browser("aigerim") as browser:
        page = await browser.opens(f"chats/{chat}")
        made = await browser.sends(page.form("/suggest-press"), press="apply")
        back = made.form("/back")
        foreign = await browser.posts(back.action.replace(str(chat), str(other)), back.fields)

    assert foreign.status == 404
    assert await _states(stage, chat) == [whispers.OFFERED]


@pytest.mark.parametrize(
    "deed", ["answer", "drive", "hand-back", "suggest-press", "suggest-text", "prepared/1/back"]
)
@pytest.mark.parametrize(("login", "status"), [("stranger", 404), ("admin", 403)])
async def test_only_operators_of_the_centre_step_in(
    stage: ChatStage, deed: str, login: str, status: int
) -> None:
    chat, mine = await stage.chat(), await stage.chat(somewhere=False)

    async with stage.desk.browser(login) as browser:
        mark = (await browser.opens(f"chats/{mine}")).form("sign-out").fields
        fields = mark | {"once": AGAIN, "text": "Сәлем", "press": "apply"}
        sent = await browser.posts(f"/console/chats/{chat}/{deed}", fields)

    assert sent.status == status
    assert await _said(stage, chat) == []
    assert await _driver(stage, chat) is None
