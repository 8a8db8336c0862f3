"""Documents of a family that is helped on the telephone."""

import pytest

from bot.uploads.verdict import LARGEST
from storage.tables import document
from tests.conversation.assisting_plays import FIRST, as_far_as_the_privileges, rows
from tests.conversation.house import House
from tests.conversation.operator_plays import Operator, hires, operator
from tests.fakes.pictures import a_page


async def asks_for_documents(helping: Operator) -> None:
    """All the way to the documents of a privilege."""
    await helping.begins()
    await helping.agrees_with(FIRST)
    await as_far_as_the_privileges(helping)
    await helping.presses("Serviceman")


async def test_documents_that_the_family_has_brought_are_sent_with_the_application(house: House) -> None:
    await hires(house, "aigul", [house.world.town])
    async with operator(house) as helping:
        await asks_for_documents(helping)
        await helping.sends_file("page.jpg", "image/jpeg", a_page())
        looked_at = helping.sees
        await helping.presses("That's all")
        await helping.presses("That's fine")
        await helping.presses("Confirm")

    assert "1 file is here." in looked_at
    assert "You are in the queue" in helping.sees
    assert len(await rows(house, document.c.id)) == 1


async def test_without_documents_the_application_goes_on(house: House) -> None:
    await hires(house, "aigul")
    async with operator(house) as helping:
        await asks_for_documents(helping)
        await helping.presses("Go on without it")

    assert "News about the application will come by SMS" in helping.sees


@pytest.mark.parametrize(
    ("content", "status"), [(b"", 422), (b"x" * (LARGEST + 1), 413), (b"not a picture", 200)]
)
async def test_what_is_no_document_is_said(house: House, content: bytes, status: int) -> None:
    await hires(house, "aigul")
    async with operator(house) as helping:
        await asks_for_documents(helping)
        await helping.sends_file("page.jpg", "image/jpeg", content)
        seen = await helping.browser.opens(f"assist/{helping.number_asked}")

    assert helping.page.status == status
    assert "file is here." not in seen.text


async def test_a_file_is_not_read_without_the_mark_of_the_session(house: House) -> None:
    await hires(house, "aigul")
    async with operator(house) as helping:
        await asks_for_documents(helping)
        await helping.sends_file("page.jpg", "image/jpeg", a_page(), csrf="x" * 43)

    assert helping.page.status == 403
    assert [each async for each in house.files.store.blobs("spool")] == []
