"""Waiting for an operator: the place in the line, the closed hours, leaving it, and whether we helped."""

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.centre import line as deeds
from bot.conversation.actions import action
from bot.department.officer import Officer
from storage.centre import line
from storage.centre.line import HelpRequest
from storage.tables import help_request
from tests.conversation.house import House
from tests.conversation.person import Person
from tests.conversation.world import START

OPERATOR = Officer(7, "operator")
KEPT = "Your question is kept. An operator will answer you here; you can go on meanwhile."
NUMBER = "You are number {number} in the line."
NOT_UNDERSTOOD = "I did not understand that. Is it for the operator? Then add it to your question."
STALE = "This button is out of date. Here is how things stand now."
DID_WE_HELP = "The operator has closed your question. Did we help? Five stars are the most."


async def asks(person: Person, question: str = "Құжаттарды қайда апарамын?") -> None:
    await person.says("/menu")
    await person.taps("Operator")
    await person.says(question)


async def chat_of(house: House, person: Person) -> int:
    return (await house.contact_of(person)).conversation_id


async def waits_since(house: House, person: Person) -> datetime | None:
    conversation_id = await chat_of(house, person)
    live: HelpRequest = await house.write(lambda tx: line.live_of(tx, conversation_id))
    return live.waits_since


async def is_answered(house: House, person: Person) -> None:
    conversation_id = await chat_of(house, person)
    await house.write(lambda tx: line.answered(tx, conversation_id, OPERATOR.staff_id, tx.now))


async def is_closed(house: House, person: Person) -> None:
    """An operator closes the question; the parent has been asked whether we helped."""
    conversation_id = await chat_of(house, person)
    await house.write(lambda tx: deeds.close(tx, OPERATOR, conversation_id))
    await person.hears(DID_WE_HELP)


async def closings(house: House) -> list[tuple[str, str | None, int | None]]:
    """State, by whom, and stars of every question, the oldest first."""
    rows = select(help_request.c.state, help_request.c.closed_by, help_request.c.rating)
    rows = rows.order_by(help_request.c.at)
    found: list[tuple[str, str | None, int | None]] = await house.write(
        lambda tx: [tuple(row) for row in tx.conn.execute(rows)]
    )
    return found


async def test_the_place_in_the_line_is_told_and_can_be_asked_for_again(
    house: House, kind: str, language: str
) -> None:
    before = await house.acquaintance("telegram", language)
    await asks(before)
    house.later(seconds=1)
    person = await house.acquaintance(kind, language)

    await asks(person)
    assert person.reads(KEPT)
    assert person.reads(NUMBER, number=2)

    await before.taps("No answer needed")
    await person.taps("How long do I still wait?")
    assert person.reads(NUMBER, number=1)
    assert not person.reads(KEPT)


async def test_those_who_wait_in_another_language_are_not_counted(house: House) -> None:
    await asks(await house.acquaintance("telegram", "kk"))
    person = await house.acquaintance("telegram", "ru")

    await asks(person)

    assert person.reads(NUMBER, number=1)


async def test_outside_the_hours_one_is_told_when_it_opens(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    house.later(hours=2, minutes=9, seconds=59)
    await asks(person)
    assert not person.reads("Your question is kept until then.")

    house.later(seconds=1)
    await person.taps("How long do I still wait?")

    opens = "23.11.2026\N{NO-BREAK SPACE}09:00"
    assert person.reads("The contact centre is closed now and opens at {moment}.", moment=opens)
    assert person.reads("Your question is kept until then.")
    assert person.reads(NUMBER, number=1)


async def test_whoever_needs_no_answer_leaves_the_line_and_is_not_asked_for_stars(
    house: House, kind: str, language: str
) -> None:
    person = await house.acquaintance(kind, language)
    await asks(person)

    await person.taps("No answer needed")
    assert person.reads("Your question is closed: nobody will answer it. You can ask again at any time.")
    assert await closings(house) == [("closed", "parent", None)]

    await person.presses(action("line"))
    assert person.reads(STALE)
    assert not any(person.t(DID_WE_HELP) in each.text for each in person.heard)


async def test_what_is_not_understood_can_be_added_to_the_question(
    house: House, kind: str, language: str
) -> None:
    person = await house.acquaintance(kind, language)
    await asks(person)
    house.later(minutes=1)
    await is_answered(house, person)
    house.later(minutes=1)

    await person.says("Ал емхана анықтамасы керек пе?")
    assert person.reads(NOT_UNDERSTOOD)
    assert await waits_since(house, person) is None

    await person.taps("Add to my question")
    assert person.reads("It is added to your question.")
    assert person.reads(NUMBER, number=1)
    since = await waits_since(house, person)
    assert since is not None
    assert START + timedelta(minutes=2) <= since < START + timedelta(minutes=3)


async def test_without_a_question_what_is_not_understood_is_not_offered_to_anybody(parent: Person) -> None:
    await parent.says("Ал емхана анықтамасы керек пе?")

    assert parent.reads("I did not understand that. Please choose one of these:")


async def test_a_button_to_add_is_out_of_date_once_the_question_is_closed(
    house: House, parent: Person
) -> None:
    await asks(parent)
    await parent.says("Тағы бір сұрақ")
    assert parent.reads(NOT_UNDERSTOOD)
    await parent.presses(action("noanswer"))

    await parent.presses(action("addword"))

    assert parent.reads(STALE)
    assert [state for state, _, _ in await closings(house)] == ["closed"]


async def test_a_word_more_keeps_the_place_in_the_line(house: House, parent: Person) -> None:
    await asks(parent)
    since = await waits_since(house, parent)
    house.later(minutes=1)
    await asks(await house.acquaintance("whatsapp"))

    await parent.taps("Add to my question")
    assert parent.reads(NUMBER, number=1)
    assert parent.reads("Type here what you want to add to your question.")
    await parent.says("Тағы: қандай құжаттар?")

    assert parent.reads(NUMBER, number=1)
    assert await waits_since(house, parent) == since


async def test_whoever_was_answered_is_told_so(house: House, parent: Person) -> None:
    await asks(parent)
    await is_answered(house, parent)

    await parent.taps("How long do I still wait?")

    assert parent.reads("An operator has answered you. Write again if that was not all.")


async def test_after_an_operator_has_closed_it_one_says_once_whether_that_helped(
    house: House, kind: str, language: str
) -> None:
    person = await house.acquaintance(kind, language)
    await asks(person)
    await is_closed(house, person)
    question = person.screen
    assert question.labels == ("★★★★★", "★★★★☆", "★★★☆☆", "★★☆☆☆", "★☆☆☆☆")
    house.later(days=3)

    await person.taps("★★★★☆", on=question)
    assert person.reads("Thank you! Your answer helps us to answer better.")

    await person.presses(action("helped", await asked_id(house), 1))
    assert person.reads("Thank you! You have told us already.")
    assert await closings(house) == [("closed", "staff:7", 4)]


async def test_nobody_says_it_of_another_ones_question_or_with_other_stars(
    house: House, parent: Person
) -> None:
    await asks(parent)
    request_id = await asked_id(house)
    for stars in (0, 6, "x", ""):
        await parent.presses(action("helped", request_id, stars))
        assert parent.reads(STALE)
    # It is not closed yet.
    await parent.presses(action("helped", request_id, 5))
    assert parent.reads(STALE)
    await is_closed(house, parent)
    stranger = await house.acquaintance("whatsapp")

    await stranger.presses(action("helped", request_id, 1))

    assert stranger.reads(STALE)
    assert await closings(house) == [("closed", "staff:7", None)]


async def asked_id(house: House) -> int:
    return int(await house.write(lambda tx: tx.conn.execute(select(help_request.c.id)).scalar_one()))
