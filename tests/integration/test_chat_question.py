"""A parent's question on the page of its chat: taken, given back, handed over, closed."""

from collections.abc import AsyncIterator

import pytest

from storage.centre import duty, line
from storage.centre.line import HelpRequest
from storage.database import Database
from tests.fakes.console_site import running_desk
from tests.integration.chat_stage import ChatStage

ANOTHERS = "A colleague has taken this question meanwhile. Nothing was changed."
CLOSED = "No question is open here any more: it was closed meanwhile."


@pytest.fixture
async def stage(sqlite: Database) -> AsyncIterator[ChatStage]:
    """A console."""
    async with running_desk(sqlite) as desk:
        yield await ChatStage.set(desk)


async def _asked(stage: ChatStage) -> int:
    """A chat in which a parent waits for an operator."""
    chat = await stage.chat()
    place = stage.city.territory_id
    await stage.desk.database.write(lambda tx: line.open_request(tx, chat, place, "kk", tx.now))
    return chat


async def _question(stage: ChatStage, chat: int) -> HelpRequest | None:
    return await stage.desk.database.read(lambda tx: line.live_of(tx, chat))


async def _holder(stage: ChatStage, chat: int) -> int | None:
    question = await _question(stage, chat)
    assert question is not None
    return question.assigned_to


async def test_a_question_is_taken_and_given_back(stage: ChatStage) -> None:
    chat = await _asked(stage)

    async with stage.desk.browser("aigerim") as browser:
        page = await browser.opens(f"chats/{chat}")
        taken = await browser.sends(page.form("/take"))
        holder = await _holder(stage, chat)
        back = await browser.sends(taken.form("/give-back"))

    assert "The question is in the common line." in page.text
    assert "The parent has been waiting since" in page.text
    assert "The question is yours." in taken.text
    assert holder == stage.aigerim
    assert "The question is in the common line again." in back.text
    assert await _holder(stage, chat) is None
    assert await stage.audited() == ["question_taken", "question_given_back"]


async def test_who_comes_second_is_shown_who_was_first(stage: ChatStage) -> None:
    chat = await _asked(stage)
    async with stage.desk.browser("aigerim") as first, stage.desk.browser("bolat") as second:
        mine, theirs = [await each.opens(f"chats/{chat}") for each in (first, second)]
        await first.sends(mine.form("/take"))

        late = await second.sends(theirs.form("/take"))
        closing = await second.sends(theirs.form("/close"))

    assert [late.status, closing.status] == [409, 409]
    assert ANOTHERS in late.text
    assert "The question is with aigerim." in late.text
    assert not [each for each in late.forms if each.action.endswith(("/take", "/close"))]
    assert await _holder(stage, chat) == stage.aigerim


async def test_a_question_is_closed_once_and_the_parent_is_asked(stage: ChatStage) -> None:
    chat = await _asked(stage)

    async with stage.desk.browser("aigerim") as browser:
        page = await browser.opens(f"chats/{chat}")
        closed = await browser.sends(page.form("/close"))
        twice = await browser.sends(page.form("/close"))
        late = await browser.sends(page.form("/take"))

    assert "The question is closed." in closed.text
    assert twice.status == 200
    assert late.status == 409
    assert CLOSED in late.text
    assert "No question is open." in late.text
    assert await _question(stage, chat) is None
    assert (await stage.audited()).count("question_closed") == 1


async def test_a_question_is_handed_over_to_a_colleague_on_duty(stage: ChatStage) -> None:
    chat = await _asked(stage)
    async with stage.desk.browser("aigerim") as browser, stage.desk.browser("bolat"):
        nobody = await browser.opens(f"chats/{chat}")
        await stage.desk.database.write(lambda tx: duty.begin(tx, stage.bolat, tx.now))
        page = await browser.opens(f"chats/{chat}")
        done = await browser.sends(page.form("/hand-over"), colleague=str(stage.bolat))

    assert not [each for each in nobody.forms if each.action.endswith("/hand-over")]
    assert f'<option value="{stage.bolat}">bolat' in page.html
    assert "The question is handed over." in done.text
    assert "The question is with bolat." in done.text
    assert await _holder(stage, chat) == stage.bolat


@pytest.mark.parametrize(("named", "status"), [
    ("", 422), ("x", 422), ("-1", 422), ("1" * 30, 422), ("12345", 409),
])  # fmt: skip
async def test_a_question_is_handed_over_to_nobody_else(stage: ChatStage, named: str, status: int) -> None:
    chat = await _asked(stage)
    async with stage.desk.browser("aigerim") as browser, stage.desk.browser("bolat"):
        await stage.desk.database.write(lambda tx: duty.begin(tx, stage.bolat, tx.now))
        page = await browser.opens(f"chats/{chat}")
        answer = await browser.sends(page.form("/hand-over"), colleague=named)

    assert answer.status == status
    assert await _holder(stage, chat) is None


@pytest.mark.parametrize("deed", ["take", "give-back", "hand-over", "close"])
async def test_a_question_of_another_centre_does_not_exist(stage: ChatStage, deed: str) -> None:
    chat, nobodys = await _asked(stage), await stage.chat(somewhere=False)

    async with stage.desk.browser("stranger") as browser:
        mark = (await browser.opens(f"chats/{nobodys}")).form("/note").fields
        sent = await browser.posts(f"/console/chats/{chat}/{deed}", mark | {"colleague": str(stage.bolat)})

    assert sent.status == 404
    assert await _holder(stage, chat) is None
