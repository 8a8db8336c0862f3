"""Reviews: who may write one, what it may say, who sees it when."""

import pytest

from storage import applications, guardians
from storage.transaction import Transaction
from tests.conversation.garden_plays import AMINA, Gardens, goes_there, is_looked_at, opens_gardens
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, TIKHONOVS, Family
from tests.conversation.person import Person
from tests.conversation.plays import OUTDATED, WHO, is_confirmed

NOT_THERE = (
    "A review is for parents whose child goes to this kindergarten: it opens once the contract is signed."
)
THANKS = "Thank you! Your review is kept. Others see it once our staff has looked at it."
WAITS = "Your review waits to be looked at. Until then only you see it."
NONE_YET = "No review is shown here yet. Parents whose child goes to this kindergarten can write one."


@pytest.fixture
async def gardens(house: House) -> Gardens:
    return await opens_gardens(house)


async def enrolled(
    house: House, gardens: Gardens, kind: str = "webchat", family: Family = ALDABEKOVS, language: str = "en"
) -> Person:
    """A parent whose child goes to Amina."""
    await goes_there(house, family, gardens.of("Амина"))
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, family)
    return person


async def at_reviews(person: Person, gardens: Gardens) -> None:
    await person.presses(f"house:{gardens.of('Амина')}")
    await person.taps("Reviews")


async def writes(person: Person, gardens: Gardens, stars: str, text: str) -> None:
    await at_reviews(person, gardens)
    await person.taps("Write a review")
    await person.taps(stars)
    await person.says(text)
    await person.taps("Confirm")


async def test_from_the_passport_to_a_review_that_others_see(
    house: House, gardens: Gardens, kind: str
) -> None:
    person = await enrolled(house, gardens, kind)
    await at_reviews(person, gardens)
    assert person.reads(NONE_YET)

    await person.taps("Write a review")
    assert person.labels[:5] == ("★★★★★", "★★★★☆", "★★★☆☆", "★★☆☆☆", "★☆☆☆☆")
    await person.taps("★★★★☆")
    await person.says("Тәрбиешілер мейірімді,\nтамағы дәмді.")
    assert "★★★★☆\nТәрбиешілер мейірімді,\nтамағы дәмді." in person.sees
    await person.taps("Confirm")
    assert person.reads(THANKS)
    await person.taps("Reviews")
    assert person.reads(WAITS)

    reader = await house.acquaintance("whatsapp")
    await at_reviews(reader, gardens)
    assert reader.reads(NONE_YET)
    await is_looked_at(house)
    await at_reviews(reader, gardens)
    assert "★ 4.0, 1 review" in reader.sees
    assert "★★★★☆ · 20.11.2026\nТәрбиешілер мейірімді,\nтамағы дәмді." in reader.sees
    assert ALDABEKOVS.parent.name not in reader.sees
    await reader.taps("The kindergarten")
    assert "★ 4.0, 1 review" in reader.sees


async def test_stars_can_be_typed_and_be_all_that_is_said(house: House, gardens: Gardens, kind: str) -> None:
    person = await enrolled(house, gardens, kind)
    await at_reviews(person, gardens)
    await person.taps("Write a review")

    for wrong in ("0", "6", "жақсы"):
        await person.says(wrong)
        assert person.reads("Please give one to five stars: press a button or type a digit.")
    await person.says("5")
    await person.taps("Stars alone")
    await person.taps("Confirm")

    assert person.reads(THANKS)


async def test_whoever_has_nobody_there_is_told_why_not(house: House, gardens: Gardens) -> None:
    await goes_there(house, ALDABEKOVS, gardens.of("Әлия"))
    person = await house.acquaintance("webchat")
    await is_confirmed(house, person, ALDABEKOVS)
    await at_reviews(person, gardens)

    await person.taps("Write a review")

    assert person.reads(NOT_THERE)
    assert person.sees.startswith('Reviews: "Амина" балабақшасы')


async def test_who_is_not_signed_in_is_asked_who_it_is(house: House, gardens: Gardens) -> None:
    person = await house.acquaintance("webchat")
    await at_reviews(person, gardens)

    await person.taps("Write a review")

    assert person.reads(WHO)


async def test_whose_child_left_the_family_meanwhile_cannot_send_it_any_more(
    house: House, gardens: Gardens
) -> None:
    person = await enrolled(house, gardens)
    await at_reviews(person, gardens)
    await person.taps("Write a review")
    await person.says("5")
    await person.taps("Stars alone")
    await house.write(lambda tx: tx.conn.exec_driver_sql("UPDATE claim SET state = 'revoked'"))

    await person.taps("Confirm")

    assert person.reads(NOT_THERE)


async def test_a_second_one_takes_the_place_of_the_first(house: House, gardens: Gardens) -> None:
    person = await enrolled(house, gardens)
    await writes(person, gardens, "★★★★★", "Өте жақсы")
    await is_looked_at(house)

    await at_reviews(person, gardens)
    assert "Өте жақсы" in person.sees
    await person.taps("Change my review")
    await person.taps("★★☆☆☆")
    await person.says("Енді ондай емес")
    await person.taps("Confirm")
    await at_reviews(person, gardens)
    assert person.reads(WAITS)
    assert "Енді ондай емес" in person.sees

    reader = await house.acquaintance("webchat")
    await at_reviews(reader, gardens)
    assert reader.reads(NONE_YET)
    await is_looked_at(house)
    await at_reviews(reader, gardens)
    assert "★ 2.0, 1 review" in reader.sees
    assert "Өте жақсы" not in reader.sees


async def test_a_refused_one_is_seen_by_its_author_who_is_told(house: House, gardens: Gardens) -> None:
    person = await enrolled(house, gardens)
    await writes(person, gardens, "★☆☆☆☆", "Ұятсыз сөз")
    await is_looked_at(house, show=False)

    await at_reviews(person, gardens)

    assert person.reads(
        "Your review was looked at and is not shown. You can change it; it is looked at again then."
    )
    stranger = await house.acquaintance("webchat")
    await at_reviews(stranger, gardens)
    assert "Ұятсыз" not in stranger.sees


async def test_it_can_be_taken_away_once_that_is_meant(house: House, gardens: Gardens, kind: str) -> None:
    person = await enrolled(house, gardens, kind)
    await writes(person, gardens, "★★★★★", "Өте жақсы")
    await is_looked_at(house)

    await at_reviews(person, gardens)
    await person.taps("Take it away")
    await person.taps("Leave it")
    assert "Өте жақсы" in person.sees
    await person.taps("Take it away")
    await person.taps("Yes, take it away")

    assert person.reads("Your review is taken away.")
    assert person.reads(NONE_YET)
    await person.presses(f"housedrop:{gardens.of('Амина')}:yes")
    assert person.reads(OUTDATED)


async def test_markup_is_shown_as_it_was_typed(house: House, gardens: Gardens, kind: str) -> None:
    typed = "<b>Жақсы</b> <script>alert(1)</script> *қою* _көлбеу_ [сөз](x) & {name}"
    person = await enrolled(house, gardens, kind)

    await writes(person, gardens, "★★★★★", typed)
    await is_looked_at(house)
    await at_reviews(person, gardens)

    assert typed in person.sees


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        (
            "Қараңыз: https://example.kz",
            "Links and addresses can't stand in a review. Please say it without.",
        ),
        ("+7 701 555 00 00", "Please say it in words, or give the stars alone."),
        (
            "Маған қоңырау шалыңыз: +7 701 555 00 00",
            "Phone numbers and IINs can't stand in a review. Please say it without.",
        ),
        ("!!!", "Please say it in words, or give the stars alone."),
    ],
)
async def test_what_no_review_may_say_is_refused_at_once(
    house: House, gardens: Gardens, typed: str, answer: str
) -> None:
    person = await enrolled(house, gardens)
    await at_reviews(person, gardens)
    await person.taps("Write a review")
    await person.says("5")

    await person.says(typed)

    assert person.reads(answer)
    await person.says("Жақсы")
    await person.taps("Confirm")
    assert person.reads(THANKS)


async def test_what_is_too_long_is_told_how_long_it_may_be(house: House, gardens: Gardens) -> None:
    person = await enrolled(house, gardens)
    await at_reviews(person, gardens)
    await person.taps("Write a review")
    await person.says("5")

    await person.says("ә" * 1001)

    assert person.reads(
        "This has {length} characters. Please say it in {longest} at most.", length=1001, longest=1000
    )


async def test_the_longest_reviews_fit_and_are_leafed_through(house: House, gardens: Gardens) -> None:
    person = await enrolled(house, gardens, "whatsapp")
    await writes(person, gardens, "★★★★★", "ә" * 1000)
    await house.write(lambda tx: _cares_too(tx, house.world.parent_of(TIKHONOVS)))
    other = await house.acquaintance("whatsapp")
    await is_confirmed(house, other, TIKHONOVS)
    house.later(days=1)
    await writes(other, gardens, "★☆☆☆☆", "б" * 1000)
    await is_looked_at(house)

    await at_reviews(person, gardens)

    assert person.sees.index("б" * 1000) < person.sees.index("ә" * 1000)


@pytest.mark.parametrize("action", ["housereview:1", "housereview", "housedrop:1", "housedrop"])
async def test_what_never_was_cannot_be_reviewed(house: House, gardens: Gardens, action: str) -> None:
    person = await enrolled(house, gardens)

    await person.presses(action)

    assert person.reads(OUTDATED)


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_the_whole_of_it_in_every_language(house: House, gardens: Gardens, language: str) -> None:
    person = await enrolled(house, gardens, "whatsapp", language=language)

    await writes(person, gardens, "★★★★★", "Өте жақсы")
    await is_looked_at(house)
    await at_reviews(person, gardens)

    assert "★ 5,0" in person.sees
    assert AMINA in person.sees


def _cares_too(tx: Transaction, parent_id: int) -> None:
    """The child that goes there has another parent, too."""
    found = applications.find_by_number(tx, ALDABEKOVS.child.number)
    assert found is not None
    guardians.join(tx, parent_id, found.child_id, "agreed", tx.now)
