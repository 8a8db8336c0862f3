"""Free places: for anybody, filled in from the child, changed by one tap; each bulletin with all it says."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, OSPANOVS, TIKHONOVS
from tests.conversation.mine_plays import CHILD, is_suspended, parent_at
from tests.conversation.person import Person
from tests.conversation.places_plays import LAST_WEEK, TODAY, YESTERDAY, gets_access, has_seats
from tests.conversation.plays import OUTDATED
from tests.conversation.world import START

SPACE = "\N{NO-BREAK SPACE}"
TO_EVERYONE_FROM = f"25.11.2026{SPACE}07:00"
AMINA, BALAPAN = '"Амина" балабақшасы', '"Балапан" бөбекжай-балабақшасы'
CAN = "✅ {name}: you can take a seat now."
CANNOT = "{name}: no seat can be taken now."
NOTHING = "Nothing is free with these filters at present."


async def looks(person: Person, *labels: str) -> None:
    """From the menu to the free places, and on."""
    await person.says("/menu")
    await person.taps("Free places")
    for label in labels:
        await person.taps(label)


async def test_anybody_sees_what_is_free_in_their_territory(house: House, kind: str, language: str) -> None:
    await has_seats(house, AMINA, 3)
    await has_seats(house, BALAPAN, of=YESTERDAY, language="ru", birth_years=(2022, 2023))
    await has_seats(house, "Elsewhere", territory_id=house.world.territories["kentau"])
    person = await house.acquaintance(kind, language)

    await looks(person)

    assert person.reads("As of {moment}", moment=f"20.11.2026{SPACE}16:20")
    assert f"1. {BALAPAN} · Күншуақ" in person.sees
    assert person.reads("born {years}", years="2022, 2023")
    assert person.reads("for the first of the queue; to everyone from {moment}", moment=TO_EVERYONE_FROM)
    assert f"2. {AMINA} · Күншуақ" in person.sees
    assert person.reads("{free} of {total} free", free=3, total=3)
    assert "Elsewhere" not in person.sees
    last = person.named("Tell me of new ones", "Change the filters", "Statistics", "Open data", "Menu")
    assert person.labels == ("1. Балапан", "2. Амина", *last)


async def test_it_is_filled_in_from_the_child(house: House, language: str) -> None:
    await has_seats(house, AMINA)
    await has_seats(house, "Russian", language="ru")
    await has_seats(house, "Older", birth_years=(2023,))
    await has_seats(house, "Correctional", queue_kind="correctional")
    person = await parent_at(house, "whatsapp", language)

    await looks(person)

    assert person.reads("For: {name}", name=CHILD.person.name)
    assert [each for each in ("Амина", "Russian", "Older", "Correctional") if each in person.sees] == [
        "Амина"
    ]


@pytest.mark.parametrize(
    ("taps", "shown"),
    [
        (("Language", "Any language"), ["Амина", "Russian"]),
        (("Language", "Russian"), ["Russian"]),
        (("Birth year", "2023"), ["Older"]),
        (("Birth year", "Any year"), ["Амина", "Older"]),
        (("Kindergarten", "1. Амина"), ["Амина"]),
        (("Territory", "Kentau"), ["Elsewhere"]),
        (("For my child", "For any child"), ["Амина", "Russian", "Older"]),
        (("▫️ Open to everyone",), ["Амина"]),
    ],
    ids=lambda taps: "-".join(taps),
)
async def test_each_filter_is_changed_by_one_tap(
    house: House, taps: tuple[str, ...], shown: list[str]
) -> None:
    await has_seats(house, AMINA)
    await has_seats(house, "Russian", language="ru")
    await has_seats(house, "Older", birth_years=(2023,))
    await has_seats(house, "Elsewhere", territory_id=house.world.territories["kentau"])
    person = await parent_at(house, "telegram")
    await looks(person, "Change the filters")

    for tap in taps:
        await person.taps(tap)

    assert [each for each in ("Амина", "Russian", "Older", "Elsewhere") if each in person.sees] == shown


async def test_open_to_me_leaves_what_can_be_taken_now(house: House, language: str) -> None:
    first = await has_seats(house, "First", of=YESTERDAY)
    await has_seats(house, AMINA)
    house.clock.move_to(TODAY.publish_at)
    await has_seats(house, "Today", of=TODAY)
    person = await parent_at(house, "whatsapp", language)
    to_me = f"▫️ {person.t('Open to me')}"
    await looks(person, "Change the filters", to_me)
    assert [each for each in ("Today", "First", "Амина") if each in person.sees] == ["Амина"]

    await gets_access(house, CHILD, first)
    await looks(person, "Change the filters", to_me)

    assert [each for each in ("Today", "First", "Амина") if each in person.sees] == ["First", "Амина"]
    assert person.reads("open to you until {moment}", moment=TO_EVERYONE_FROM)


async def test_what_is_not_published_yet_is_seen_by_nobody(house: House) -> None:
    await has_seats(house, AMINA, of=TODAY)
    person = await house.acquaintance("webchat")
    await looks(person)
    assert person.reads(NOTHING)
    assert person.reads(
        "What kindergartens report until then comes out {moment}.", moment=f"20.11.2026{SPACE}18:00"
    )

    house.clock.move_to(TODAY.publish_at)
    await looks(person)

    assert person.reads("to look at; opens {moment}", moment=f"23.11.2026{SPACE}07:00")


async def test_pages_go_on_and_back_to_the_beginning(house: House, kind: str) -> None:
    for number in range(7):
        await has_seats(house, f"House {number}")
    person = await house.acquaintance(kind)
    await looks(person)
    assert person.labels[:6] == (*(f"{n + 1}. House {n}" for n in range(5)), "More")

    await person.taps("More")
    assert person.labels[:3] == ("1. House 5", "2. House 6", "To the beginning")
    await person.taps("To the beginning")

    assert "House 0" in person.sees


async def test_a_bulletin_says_all_of_itself(house: House, kind: str, language: str) -> None:
    await has_seats(house, AMINA, 23, of=YESTERDAY, ownership="private")
    person = await house.acquaintance(kind, language)
    await looks(person)

    await person.taps("1. Амина")

    t = person.t
    assert person.sees.partition("\n\n")[2].startswith(
        "\n".join(
            (
                t("Kindergarten: {name}, {ownership}", name=AMINA, ownership=t("private")),
                t("Address: {address}", address="Тәуке хан даңғылы, 5"),
                t("Group: {name}, {kind}", name="Күншуақ", kind=t("day group")),
                t(
                    "Age group: {ages}, {years}",
                    ages=t("{from_age}–{to_age} years", from_age=2, to_age=3),
                    years=t("born {years}", years="2024"),
                ),
                t(
                    "Language: {language}",
                    language={"kk": "Қазақ тілі", "ru": "Казахский", "en": "Kazakh"}[language],
                ),
                t("Seats: {seats}", seats=t("{free} of {total} free", free=23, total=23)),
                t("Kind of seat: {kind}", kind=t("vacant")),
                t("Empty since {date}", date="20.11.2026"),
                t(
                    "Published {moment}, by: {who}",
                    moment=f"19.11.2026{SPACE}18:00",
                    who=t("the kindergarten"),
                ),
                t("Opens {moment}", moment=f"20.11.2026{SPACE}07:00"),
                t("To everyone from {moment}", moment=TO_EVERYONE_FROM),
            )
        )
    )
    assert person.reads("As of {moment}", moment=f"20.11.2026{SPACE}16:20")
    assert person.reads("To take a seat, the child has to be in the queue and you signed in as its parent.")
    assert t("Sign in") in person.labels


async def test_before_it_opens_it_says_to_how_many_and_until_when(house: House, language: str) -> None:
    house.clock.move_to(TODAY.publish_at)
    await has_seats(house, AMINA, 22, of=TODAY)
    await has_seats(house, BALAPAN, 3, of=TODAY, birth_years=(2022,))
    person = await parent_at(house, "whatsapp", language)
    await looks(person)

    await person.taps("1. Амина")

    opens, everyone = f"23.11.2026{SPACE}07:00", f"26.11.2026{SPACE}07:00"
    assert person.reads(CANNOT, name=CHILD.person.name)
    assert person.reads("The list is not open yet: it opens {moment}.", moment=opens)
    assert person.reads(
        "{moment}: what is left is open to everyone, first come, first served.", moment=everyone
    )
    assert person.t.many(
        "{moment}: it opens to the first {number} of the queue whom its list fits. They are told.",
        "{moment}: it opens to the first {number} of the queue whom its list fits. They are told.",
        25,
        moment=opens,
    ) in person.sees  # fmt: skip


async def test_whoever_is_among_the_first_may_take_one(house: House, language: str) -> None:
    garden = await has_seats(house, AMINA, of=YESTERDAY)
    person = await parent_at(house, "whatsapp", language)
    await looks(person, "1. Амина")
    assert person.reads(CANNOT, name=CHILD.person.name)
    assert person.reads(
        "The list is open to the first of the queue; to everyone from {moment}.", moment=TO_EVERYONE_FROM
    )

    await gets_access(house, CHILD, garden)
    await looks(person, "1. Амина")

    assert person.reads(CAN, name=CHILD.person.name)
    assert person.reads(
        "You are among the first of the queue: the list is open to you until {moment}.",
        moment=TO_EVERYONE_FROM,
    )


async def test_every_reason_is_named_in_its_order(house: House) -> None:
    until = datetime(2026, 12, 11, 19, tzinfo=UTC)
    await is_suspended(house, until)
    house.clock.move_to(TODAY.publish_at)
    garden = await has_seats(
        house, AMINA, of=TODAY, language="ru", birth_years=(2023,), queue_kind="correctional"
    )
    person = await parent_at(house, "telegram")

    await person.presses(f"place:{garden.bulletin_id}")

    reasons = [line[2:] for line in person.sees.split("\n") if line.startswith("• ")]
    assert reasons == [
        person.t("The seat is of another queue: another place, or the other kind."),
        person.t("The group takes children born in {years}.", years="2023"),
        person.t(
            "The group's language is {language}, which the application does not name.", language="Russian"
        ),
        person.t("The child is on the stop-list until {moment}.", moment=person.t.moment(until)),
        person.t("The list is not open yet: it opens {moment}.", moment=f"23.11.2026{SPACE}07:00"),
    ]


async def test_a_paused_application_is_brought_back_from_the_bulletin(house: House) -> None:
    await has_seats(house, AMINA)
    await house.pauses(CHILD)
    person = await parent_at(house, "telegram")
    await looks(person, "1. Амина")
    assert person.reads("The application is paused. One tap ends the pause.")

    await person.taps("Take part again")
    await looks(person, "1. Амина")

    assert person.reads(CAN, name=CHILD.person.name)


async def test_of_several_children_those_are_told_of_whom_it_fits(house: House) -> None:
    egor, sasha = TIKHONOVS.children
    await has_seats(house, AMINA, birth_years=(2023,))
    person = await parent_at(house, "webchat", family=TIKHONOVS)
    await looks(person, "Change the filters", "For my child")

    await person.taps(egor.person.name)
    await person.taps("1. Амина")

    assert person.reads(CAN, name=egor.person.name)
    assert sasha.person.name not in person.sees


@pytest.mark.parametrize("forged", ["another's child", "nobody", "a territory", "a bulletin", "nonsense"])
async def test_a_forged_view_or_bulletin_is_out_of_date(house: House, forged: str) -> None:
    await has_seats(house, AMINA)
    person = await parent_at(house, "whatsapp")
    other = await parent_at(house, "webchat", family=TIKHONOVS)
    await looks(other)
    theirs = next(
        button.action
        for screen in reversed(house.witness.screens)
        for button in screen.buttons
        if button.action.startswith("placeset:f:a")
    )
    pressed = {
        "another's child": theirs.replace("placeset:f", "places"),
        "nobody": "places:a1:Y:~:-:0",
        "a territory": "places:t1:Y:-:-:0",
        "a bulletin": f"place:{house.world.application_of(CHILD)}",
        "nonsense": "places:t!:Y:~:-:x:0:0",
    }

    await person.presses(pressed[forged])

    assert person.reads(OUTDATED)


async def test_a_strangers_button_of_a_child_is_out_of_date(house: House) -> None:
    person = await parent_at(house, "webchat")
    await looks(person)
    own = next(
        button.action
        for screen in reversed(house.witness.screens)
        for button in screen.buttons
        if button.action.startswith("placeset:f:a")
    )
    stranger = await house.acquaintance("whatsapp")
    await stranger.says("/menu")

    await stranger.presses(own)

    assert stranger.reads(OUTDATED)


async def test_the_list_of_yesterday_can_be_looked_at_from_an_old_message(house: House) -> None:
    garden = await has_seats(house, AMINA, of=LAST_WEEK)
    person = await parent_at(house, "telegram")
    await looks(person)
    house.later(days=3)

    await person.presses(f"place:{garden.bulletin_id}")

    assert AMINA in person.sees
    assert START + timedelta(days=3) < house.clock.read()
    assert ALDABEKOVS.child.person.name in person.sees
    assert OSPANOVS.child.person.name not in person.sees
