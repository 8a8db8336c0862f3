"""A seat is held by one tap, confirmed without typing, let go; gone at the very second."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from domain.application import Status
from domain.claim import ClaimKind
from domain.local_time import local_date
from domain.notice import Deed, Told
from storage import applications
from storage.seats import claims, reporting
from storage.seats.claims import SeatClaim
from storage.tables import bulletin, claim, phone
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, TIKHONOVS
from tests.conversation.mine_plays import (
    CHILD,
    OTHER,
    has_twin,
    noted,
    other_parent_at,
    parent_at,
    status_of,
    told,
)
from tests.conversation.person import Person
from tests.conversation.places_plays import TODAY, YESTERDAY, Garden, gets_access, has_seats
from tests.conversation.plays import OUTDATED
from tests.conversation.seat_course import TEN_MINUTES, activated, is_taken_by_others
from tests.conversation.world import START

AMINA, BALAPAN = '"Амина" балабақшасы', '"Балапан" бөбекжай-балабақшасы'
HELD = "Held for you until {time}."
LAPSED = "Confirming was possible until {time}: the seat is not held for you any more."
CONFIRMED = "Confirmed. Here is your referral."
QUICKER = "The last seat was taken a moment ago: somebody was quicker. This costs you nothing."
EQUAL = "Free now, for the same year and language:"
SECOND = timedelta(seconds=1)


async def claim_of(house: House) -> SeatClaim:
    """The newest claim of the child."""
    application_id = house.world.application_of(CHILD)
    found = await house.write(lambda tx: claims.newest_of_application(tx, application_id))
    assert found is not None
    newest: SeatClaim = found
    return newest


async def live_claims(house: House) -> int:
    """How many there are of anybody."""
    live = select(func.count()).select_from(claim).where(claim.c.ended_at.is_(None))
    return int(await house.write(lambda tx: tx.conn.execute(live).scalar_one()))


def take(house: House, garden: Garden) -> str:
    """The button that takes a seat for the child."""
    return f"take:{garden.bulletin_id}:{house.world.application_of(CHILD)}"


async def holds(house: House, kind: str = "telegram", language: str = "en") -> tuple[Person, Garden]:
    """A parent who has just taken a seat."""
    garden = await has_seats(house, AMINA)
    person = await parent_at(house, kind, language)
    await person.says("/menu")
    await person.taps("Free places")
    await person.taps("1. Амина")
    await person.taps("Take a seat")
    return person, garden


async def test_one_tap_holds_a_seat_and_says_until_when(house: House, kind: str, language: str) -> None:
    person, _ = await holds(house, kind, language)

    held = await claim_of(house)
    assert person.reads(HELD, time=person.t.time(held.held_until))
    assert person.reads("For: {name}", name=CHILD.person.name)
    assert held.kind is ClaimKind.HELD
    assert held.held_until - held.taken_at == TEN_MINUTES
    # The page of the web chat counts down: nothing is to be asked there, and nothing written grows old.
    asked = () if kind == "webchat" else ("How long still?",)
    assert person.labels == person.named("Confirm", *asked, "Let it go", "Menu")
    assert (person.t.many("{number} minute left", "{number} minutes left", 10) in person.sees) is bool(asked)
    assert [deed for deed, _ in await noted(house, ALDABEKOVS)] == [Deed.SEAT_HELD]


@pytest.mark.parametrize(("days", "ahead"), [(1, True), (0, False)])
async def test_when_the_seat_is_really_empty_is_said_while_it_lies_ahead(
    house: House, days: int, ahead: bool
) -> None:
    garden = await has_seats(house, AMINA)
    day = local_date(START) + timedelta(days=days)
    later = bulletin.update().where(bulletin.c.id == garden.bulletin_id).values(released_on=day)
    await house.write(lambda tx: tx.conn.execute(later))
    person = await parent_at(house, "whatsapp")
    says = "Empty from {date}: no contract starts before"
    await person.presses(f"place:{garden.bulletin_id}")
    assert person.reads(says, date=person.t.day(day)) is ahead
    assert person.reads("Empty since {date}", date=person.t.day(day)) is not ahead

    await person.presses(take(house, garden))
    assert person.reads(says, date=person.t.day(day)) is ahead

    await person.taps("Confirm")
    assert person.reads(says, date=person.t.day(day)) is ahead


async def test_nobody_else_sees_it_free_meanwhile(house: House) -> None:
    await holds(house)
    stranger = await house.acquaintance("webchat")

    await stranger.says("/places")

    assert stranger.reads("{free} of {total} free", free=1, total=2)


async def test_it_says_how_long_still(house: House, language: str) -> None:
    person, _ = await holds(house, "whatsapp", language)
    held = await claim_of(house)
    house.clock.move_to(held.held_until - timedelta(minutes=4, seconds=30))
    await person.taps("How long still?")
    assert person.t.many("{number} minute left", "{number} minutes left", 4) in person.sees

    house.clock.move_to(held.held_until - timedelta(seconds=40))
    await person.taps("How long still?")

    assert person.t.many("{number} second left", "{number} seconds left", 39) in person.sees


async def test_confirmed_it_is_the_referral(house: House, kind: str, language: str) -> None:
    person, _ = await holds(house, kind, language)

    await person.taps("Confirm")

    assert person.reads(CONFIRMED)
    assert person.reads("Valid through {date}, to the end of that day", date="27.11.2026")
    assert person.reads("This message is the referral: the kindergarten finds it by the child's IIN.")
    assert await status_of(house) is Status.REFERRED
    assert (await claim_of(house)).kind is ClaimKind.REFERRED
    assert await told(house, ALDABEKOVS) == [Told.REFERRAL_ISSUED]
    assert [deed for deed, _ in await noted(house, ALDABEKOVS)] == [Deed.SEAT_CONFIRMED, Deed.SEAT_HELD][::-1]


@pytest.mark.parametrize(
    ("after", "in_time"),
    [
        (TEN_MINUTES - timedelta(milliseconds=100), True),
        (TEN_MINUTES, False),
        (TEN_MINUTES + SECOND, False),
    ],
    ids=["9:59.9", "10:00", "10:01"],
)
async def test_it_is_gone_at_the_very_second(house: House, after: timedelta, in_time: bool) -> None:
    person, _ = await holds(house, "whatsapp")
    held = await claim_of(house)
    await has_seats(house, BALAPAN)
    house.clock.stand_at(held.taken_at + after)

    await person.taps("Confirm")

    assert person.reads(CONFIRMED) is in_time
    assert person.reads(LAPSED, time=person.t.time(held.held_until)) is not in_time
    assert await status_of(house) is (Status.REFERRED if in_time else Status.AWAITING_PLACE)
    if not in_time:
        assert person.reads(EQUAL)
        assert person.labels[0] == "1. Балапан"


async def test_pressed_twenty_times_it_is_taken_once(house: House, kind: str) -> None:
    garden = await has_seats(house, AMINA, 30)
    person = await parent_at(house, kind)

    await asyncio.gather(*(person.presses(take(house, garden)) for _ in range(20)))

    held = await claim_of(house)
    assert person.reads(HELD, time=person.t.time(held.held_until))
    assert await live_claims(house) == 1


async def test_two_telephones_of_one_parent_hold_one_seat(house: House) -> None:
    garden = await has_seats(house, AMINA, 3)
    one, other = await parent_at(house, "telegram"), await parent_at(house, "whatsapp")

    await asyncio.gather(one.presses(take(house, garden)), other.presses(take(house, garden)))

    time = one.t.time((await claim_of(house)).held_until)
    assert one.reads(HELD, time=time)
    assert other.reads(HELD, time=time)
    assert await live_claims(house) == 1


async def test_two_telephones_confirm_once(house: House) -> None:
    one, _ = await holds(house)
    other = await parent_at(house, "whatsapp")
    await other.taps("To the seat held")
    question = other.screen

    await one.taps("Confirm")
    await other.waits(lambda: other.screen != question, "the news to come")
    await other.taps("Confirm", on=question)

    assert other.reads("Valid through {date}, to the end of that day", date="27.11.2026")
    assert await told(house, ALDABEKOVS) == [Told.REFERRAL_ISSUED]


async def test_whoever_was_too_late_is_offered_equal_seats_at_once(house: House, language: str) -> None:
    gone = await has_seats(house, AMINA, 1, at=(43.30, 68.25))
    await has_seats(house, "Far", at=(43.50, 68.50))
    await has_seats(house, BALAPAN, 2, at=(43.31, 68.25))
    await has_seats(house, "Russian", language="ru", at=(43.30, 68.25))
    person = await parent_at(house, "whatsapp", language)
    await is_taken_by_others(house, gone)

    await person.presses(take(house, gone))

    assert person.reads(QUICKER)
    assert person.reads(EQUAL)
    assert person.labels[:2] == ("1. Балапан", "2. Far")
    await person.taps("1. Балапан")
    assert BALAPAN in person.sees


async def test_what_cannot_be_held_again_yet_is_not_offered(house: House) -> None:
    person, _ = await holds(house, "whatsapp")
    await person.taps("Let it go")
    gone = await has_seats(house, BALAPAN, 1)
    await is_taken_by_others(house, gone)

    await person.presses(take(house, gone))

    assert person.reads(QUICKER)
    assert person.reads("No equal seat is free at present. When one comes, you are told.")


async def test_where_nothing_equal_is_free_that_is_said(house: House) -> None:
    gone = await has_seats(house, AMINA, 1)
    person = await parent_at(house, "webchat")
    await is_taken_by_others(house, gone)

    await person.presses(take(house, gone))

    assert person.reads("No equal seat is free at present. When one comes, you are told.")


async def test_a_seat_that_others_let_lapse_can_be_taken(house: House) -> None:
    gone = await has_seats(house, AMINA, 1)
    person = await parent_at(house, "webchat")
    await is_taken_by_others(house, gone)
    house.later(minutes=10)

    await person.presses(take(house, gone))

    assert (await claim_of(house)).kind is ClaimKind.HELD


async def test_let_go_it_is_free_and_cannot_be_held_again_at_once(house: House, language: str) -> None:
    person, garden = await holds(house, "whatsapp", language)

    await person.taps("Let it go")

    assert person.reads("The seat is let go. Others can take it now; your place in the queue stays.")
    assert await live_claims(house) == 0
    await person.presses(take(house, garden))
    bar = (await claim_of(house)).ended_at
    assert bar is not None
    again = person.t.time(bar + TEN_MINUTES)
    assert person.reads(
        "You had a seat of this bulletin on hold just now. At {time} it can be held again.", time=again
    )


async def test_who_holds_one_is_asked_to_let_it_go_before_another(house: House, language: str) -> None:
    person, _ = await holds(house, "whatsapp", language)
    other = await has_seats(house, BALAPAN)

    await person.presses(take(house, other))

    assert person.reads("Another seat is held for the child. Let that one go first.")
    assert AMINA in person.sees
    assert person.t("Let it go") in person.labels


async def test_recalled_while_held_it_is_said_and_costs_nothing(house: House) -> None:
    person, garden = await holds(house, "whatsapp")
    await has_seats(house, BALAPAN)
    by = reporting.Reporter()
    await house.write(lambda tx: reporting.recall(tx, garden.bulletin_id, by=by, words="A mistake"))

    await person.taps("Confirm")

    at = person.t.time((await claim_of(house)).ended_at or START)
    assert person.reads("The kindergarten has recalled the seat at {time}. This costs you nothing.", time=at)
    assert person.labels[0] == "1. Балапан"
    assert await status_of(house) is Status.AWAITING_PLACE


async def test_a_hold_stays_good_when_access_passes_meanwhile(house: House) -> None:
    garden = await has_seats(house, AMINA, of=YESTERDAY)
    await gets_access(house, CHILD, garden)
    house.clock.move_to(YESTERDAY.priority_ends_at - timedelta(minutes=5))
    person = await parent_at(house, "whatsapp")
    await person.presses(take(house, garden))
    house.clock.move_to(YESTERDAY.priority_ends_at + timedelta(minutes=3))

    await person.taps("Confirm")

    assert person.reads(CONFIRMED)


async def test_a_child_that_ages_out_meanwhile_is_honoured(house: House) -> None:
    garden = await has_seats(house, AMINA)
    # 00:00 of 1 September of the year birth year + 6.
    ages_out = START.replace(year=2030, month=8, day=31, hour=19, minute=0)
    house.clock.move_to(ages_out - timedelta(minutes=5))
    person = await parent_at(house, "whatsapp")
    await person.presses(take(house, garden))
    assert (await claim_of(house)).kind is ClaimKind.HELD
    house.clock.move_to(ages_out + timedelta(minutes=2))

    await person.taps("Confirm")

    assert person.reads(CONFIRMED)
    assert await status_of(house) is Status.REFERRED


async def test_before_the_list_opens_the_tap_is_refused_with_the_hour(house: House, language: str) -> None:
    house.clock.move_to(TODAY.publish_at)
    garden = await has_seats(house, AMINA, of=TODAY)
    person = await parent_at(house, "whatsapp", language)

    await person.presses(take(house, garden))

    opens = "23.11.2026\N{NO-BREAK SPACE}07:00"
    assert person.reads("The list is not open yet: it opens {moment}.", moment=opens)
    assert await live_claims(house) == 0


async def test_where_kindergartens_answer_it_is_sent_and_can_be_taken_back(
    house: House, language: str
) -> None:
    await activated(house)
    person, _ = await holds(house, "whatsapp", language)
    await person.taps("Confirm")
    assert person.reads("Confirmed, and sent.")
    assert person.reads(
        "If it does not answer by {moment}, the education department can. You lose nothing by it.",
        moment="25.11.2026\N{NO-BREAK SPACE}00:00",
    )
    assert await status_of(house) is Status.APPLIED

    await person.taps("Call it back")
    await person.taps("Yes, take it back")

    assert person.reads("It is taken back. You are waiting for a place again, with the old date.")
    assert await status_of(house) is Status.AWAITING_PLACE
    assert await told(house, ALDABEKOVS) == [Told.SENT, Told.SENT_TAKEN_BACK]


async def test_the_other_parent_is_told_and_may_confirm(house: House) -> None:
    other = await other_parent_at(house, "whatsapp")
    _, _ = await holds(house)
    held = await claim_of(house)

    await other.presses(f"confirmseat:{held.id}")

    assert other.reads(CONFIRMED)
    assert await told(house, ALDABEKOVS) == [Told.REFERRAL_ISSUED]
    assert Told.REFERRAL_ISSUED in await told(house, OTHER)


async def test_without_a_confirmed_phone_one_is_confirmed_first(house: House) -> None:
    person, _ = await holds(house, "whatsapp")
    await house.write(lambda tx: tx.conn.execute(phone.delete()))

    await person.taps("Confirm")

    assert person.reads(
        "No phone of yours is confirmed at present. Confirm one first; the seat is held meanwhile."
    )
    assert (await claim_of(house)).kind is ClaimKind.HELD


async def test_twins_take_two_seats_confirm_once_and_both_are_referred(house: House, language: str) -> None:
    name = await has_twin(house, applied=True)
    await has_seats(house, AMINA, 3)
    person = await parent_at(house, "whatsapp", language)
    await person.says("/places")
    await person.taps("1. Амина")
    await person.taps("Take two seats")
    assert name in person.sees
    assert CHILD.person.name in person.sees
    assert await live_claims(house) == 2

    await person.taps("Confirm")

    assert person.reads("The same is done for the twin: it stands under My referrals.")
    assert await told(house, ALDABEKOVS) == [Told.REFERRAL_ISSUED] * 2
    me = house.world.parent_of(ALDABEKOVS)
    every = await house.write(lambda tx: applications.live_of_parent(tx, me))
    assert {each.status for each in every} == {Status.REFERRED}


async def test_twins_get_none_where_only_one_is_left(house: House) -> None:
    await has_twin(house, applied=True)
    await has_seats(house, AMINA, 1)
    person = await parent_at(house, "whatsapp")
    await person.says("/places")

    await person.taps("1. Амина")

    assert person.reads("Twins need two seats, and only one is left.")
    assert person.t("Take two seats") not in person.labels
    assert await live_claims(house) == 0


async def test_twins_who_were_too_late_are_offered_what_has_a_seat_for_each(house: House) -> None:
    await has_twin(house, applied=True)
    gone = await has_seats(house, AMINA, 2, at=(43.30, 68.25))
    person = await parent_at(house, "whatsapp")
    await person.says("/places")
    await person.taps("1. Амина")
    await has_seats(house, "One is left", 1, at=(43.30, 68.25))
    await has_seats(house, BALAPAN, 2, at=(43.31, 68.25))
    await is_taken_by_others(house, gone)

    await person.taps("Take two seats")

    assert person.reads(QUICKER)
    assert person.labels[:2] == ("1. Балапан", person.t("Free places"))
    await person.taps("1. Балапан")
    assert person.t("Take two seats") in person.labels


@pytest.mark.parametrize("forged", ["hold", "letgo", "confirmseat", "takeback"])
@pytest.mark.parametrize("whose", ["another's", "nobody's"])
async def test_a_claim_of_another_looks_like_none(house: House, forged: str, whose: str) -> None:
    await holds(house)
    held = await claim_of(house)
    thief = await parent_at(house, "whatsapp", family=TIKHONOVS)

    claim_id = held.id if whose == "another's" else held.id + 1
    await thief.presses(f"{forged}:{claim_id}")

    assert thief.reads(OUTDATED)
    assert (await claim_of(house)).kind is ClaimKind.HELD


async def test_before_its_list_comes_out_it_is_refused_and_when_it_opens_is_said(house: House) -> None:
    hidden = await has_seats(house, AMINA, of=TODAY)
    person = await parent_at(house, "whatsapp", "kk")
    await person.says("/menu")

    await person.presses(take(house, hidden))

    opens = person.t.moment(TODAY.opens_at)
    assert person.reads("The list is not open yet: it opens {moment}.", moment=opens)
    assert "Амина" not in person.sees
    assert await live_claims(house) == 0


@pytest.mark.parametrize("forged", ["another's child", "no bulletin", "not published", "no twin", "nonsense"])
async def test_a_forged_button_takes_nothing(house: House, forged: str) -> None:
    garden = await has_seats(house, AMINA)
    hidden = await has_seats(house, BALAPAN, of=TODAY)
    thief = await parent_at(house, "whatsapp", family=TIKHONOVS)
    own = house.world.application_of(TIKHONOVS.children[1])
    pressed = {
        "another's child": take(house, garden),
        "no bulletin": f"take:1:{own}",
        "not published": f"take:{hidden.bulletin_id}:{own}",
        "no twin": f"take:{garden.bulletin_id}:{own}:{house.world.application_of(TIKHONOVS.children[0])}",
        "nonsense": "take:x",
    }

    await thief.presses(pressed[forged])

    assert await live_claims(house) == 0
    if forged in ("another's child", "no bulletin", "nonsense"):
        assert thief.reads(OUTDATED)


async def test_nobody_takes_a_seat_without_signing_in(house: House) -> None:
    garden = await has_seats(house, AMINA)
    stranger = await house.acquaintance("whatsapp")
    await stranger.says("/menu")

    await stranger.presses(take(house, garden))

    assert await live_claims(house) == 0
    assert stranger.reads(
        "Type the IIN of the parent who applied. A code is then sent by SMS to the phone of the application: "
        "so nobody else can see your data."
    )
