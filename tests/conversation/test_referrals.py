"""My referrals: until when, what to bring, extending once, giving up after the consequences."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from domain.application import Status
from domain.identity import JoinedBy
from domain.notice import Deed, Told
from domain.phone import Phone
from storage import people
from storage.seats import referrals, ticks
from storage.seats.referrals import Issued
from storage.tables import guardian
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, TIKHONOVS
from tests.conversation.mine_plays import CHILD, OTHER, noted, other_parent_at, parent_at, status_of, told
from tests.conversation.person import Person
from tests.conversation.places_plays import has_seats
from tests.conversation.plays import OUTDATED
from tests.conversation.world import START
from tests.fakes.pictures import a_page, a_pdf, a_small_page

AMINA = '"Амина" балабақшасы'
THROUGH = "Valid through {date}, to the end of that day"
HERE = ("{number} file is here.", "{number} files are here.")
RANGE = "An extension is from 1 to {most} days."
LAST_SECOND = START.replace(month=11, day=27, hour=18, minute=59, second=59)
"""23:59:59 of 27.11.2026 in Kazakhstan."""


async def issued_to(house: House) -> Issued:
    """The newest referral of the child."""
    application_id = house.world.application_of(CHILD)
    found: Issued = (await house.write(lambda tx: referrals.of_application(tx, application_id)))[0]
    return found


async def is_referred(house: House, kind: str = "telegram", language: str = "en") -> tuple[Person, Issued]:
    """A parent who has just confirmed a seat."""
    garden = await has_seats(house, AMINA)
    person = await parent_at(house, kind, language)
    await person.presses(f"take:{garden.bulletin_id}:{house.world.application_of(CHILD)}")
    await person.taps("Confirm")
    return person, await issued_to(house)


async def chooses(person: Person, *typed: str) -> None:
    """Begin to extend, and say for how many days."""
    await person.taps("Extend it")
    for each in typed:
        await person.says(each)


async def sends_a_page(person: Person, number: int = 1) -> None:
    """A page that can be read; it is here."""
    await person.sends_file("page.jpg", a_page())
    await person.waits(lambda: person.t.many(*HERE, number) in person.sees, "the page to be looked at")


async def test_what_is_in_hand_stands_in_my_referrals_and_on_the_applications_page(
    house: House, kind: str, language: str
) -> None:
    person, issued = await is_referred(house, kind, language)
    await person.taps("My referrals")
    assert AMINA in person.sees
    assert person.reads(THROUGH, date="27.11.2026")

    await person.says("/my")
    await person.taps("To my referral")

    assert person.reads("Referral № {number}", number=issued.number)


async def test_they_stand_in_the_menu_of_whoever_has_one(house: House, language: str) -> None:
    person, _ = await is_referred(house, "whatsapp", language)

    await person.says("/menu")
    await person.taps("My referrals")

    assert AMINA in person.sees


async def test_who_never_had_one_is_told_so(house: House) -> None:
    person = await parent_at(house, "webchat")
    await person.says("/menu")
    assert person.t("My referrals") not in person.labels

    await person.presses("referrals")

    assert person.reads("There is no referral yet. When a seat is yours, its referral stands here.")


async def test_what_to_bring_is_ticked_off_and_kept(house: House, language: str) -> None:
    person, issued = await is_referred(house, "whatsapp", language)
    await person.taps(f"▫️ {person.t('Medical certificate')}")
    assert f"✅ {person.t('Medical certificate')}" in person.labels

    await house.restarts()
    await person.says("/my")
    await person.taps("To my referral")
    assert f"✅ 3. {person.t('the child' + chr(39) + 's medical certificate')}" in person.sees
    await person.taps(f"✅ {person.t('Medical certificate')}")

    assert await house.write(lambda tx: ticks.of_referral(tx, issued.id)) == frozenset()


async def test_it_is_extended_at_once_by_documents(house: House, kind: str, language: str) -> None:
    person, _ = await is_referred(house, kind, language)
    await person.taps("Extend it")
    await person.taps(person.t.many("{number} day", "{number} days", 30))
    await sends_a_page(person)
    await person.taps("That's all")
    assert person.reads(
        "The referral to {kindergarten} would be valid through {date} instead of {former}. It can be "
        "extended only once.",
        kindergarten=AMINA,
        date="27.12.2026",
        former="27.11.2026",
    )

    await person.taps("Confirm")

    assert person.reads("Extended: valid through {date}.", date="27.12.2026")
    assert person.reads("It was extended; it cannot be extended again.")
    assert person.t("Extend it") not in person.labels
    assert (await issued_to(house)).referral.last_day == date(2026, 12, 27)
    assert await told(house, ALDABEKOVS) == [Told.REFERRAL_ISSUED, Told.REFERRAL_EXTENDED]
    assert (await noted(house, ALDABEKOVS))[-1][0] is Deed.REFERRAL_EXTENDED


async def test_several_pages_and_a_pdf_support_it_and_a_bad_one_does_not(house: House) -> None:
    person, _ = await is_referred(house)
    await chooses(person, "7")
    await sends_a_page(person)
    await person.sends_file("small.jpg", a_small_page())
    await person.waits(lambda: person.t.many(*HERE, 1) in person.sees, "the small one to be refused")
    await person.sends_file("note.pdf", a_pdf(2))
    await person.waits(lambda: person.t.many(*HERE, 2) in person.sees, "the PDF")

    await person.taps("That's all")
    await person.taps("Confirm")

    assert (await issued_to(house)).referral.last_day == date(2026, 12, 4)


@pytest.mark.parametrize("typed", ["0", "31", "-1", "−1", "999999"])
async def test_days_out_of_range_are_refused_and_asked_again(house: House, typed: str) -> None:
    person, _ = await is_referred(house, "whatsapp")

    await chooses(person, typed)

    assert person.reads(RANGE, most=30)
    await person.says("30")
    assert person.t("Document") in person.sees


@pytest.mark.parametrize("typed", ["many", "1.5", "📅"])
async def test_what_is_no_number_of_days_is_asked_again(house: House, typed: str) -> None:
    person, _ = await is_referred(house, "whatsapp")

    await chooses(person, typed)

    assert person.reads("Please type it in digits.")


async def test_without_documents_there_is_no_extension(house: House) -> None:
    person, _ = await is_referred(house, "whatsapp")
    await chooses(person, "5")
    assert person.t("That's all") not in person.labels
    await person.says("I have none")
    assert person.reads("Please send a photo or a PDF.")

    await person.presses("answer:extend:docs:done")
    assert person.reads(OUTDATED)
    await person.presses("confirm:extend")

    assert person.reads(OUTDATED)
    assert (await issued_to(house)).referral.last_day == date(2026, 11, 27)


async def test_a_second_extension_is_refused(house: House, language: str) -> None:
    person, issued = await is_referred(house, "whatsapp", language)
    await chooses(person, "5")
    await sends_a_page(person)
    await person.taps("That's all")
    await person.taps("Confirm")

    await person.presses(f"extend:{issued.id}")

    assert person.reads(
        "The referral was extended already, through {date}. It can be extended only once.", date="02.12.2026"
    )


async def test_the_other_parent_may_extend_and_both_are_told(house: House) -> None:
    other = await other_parent_at(house, "whatsapp")
    _, issued = await is_referred(house)

    await other.presses(f"extend:{issued.id}")
    await other.taps("10 days")
    await sends_a_page(other)
    await other.taps("That's all")
    await other.taps("Confirm")

    assert (await issued_to(house)).referral.last_day == date(2026, 12, 7)
    assert (await told(house, ALDABEKOVS))[-1] is Told.REFERRAL_EXTENDED
    assert (await told(house, OTHER))[-1] is Told.REFERRAL_EXTENDED


async def test_it_can_be_extended_in_its_last_second(house: House) -> None:
    person, _ = await is_referred(house, "whatsapp")
    await chooses(person, "5")
    await sends_a_page(person)
    house.clock.stand_at(LAST_SECOND)
    await person.taps("That's all")

    await person.taps("Confirm")

    assert person.reads("Extended: valid through {date}.", date="02.12.2026")


async def test_a_second_later_it_is_over_and_that_is_said(house: House) -> None:
    person, issued = await is_referred(house, "whatsapp")
    await chooses(person, "5")
    await sends_a_page(person)
    await person.taps("That's all")
    house.clock.stand_at(LAST_SECOND + timedelta(seconds=1))

    await person.taps("Confirm")

    over = "Not used in time: it ended {moment}."
    assert person.reads(over, moment="28.11.2026\N{NO-BREAK SPACE}00:00")
    await person.presses(f"giveup:{issued.id}:yes")
    assert person.reads(over, moment="28.11.2026\N{NO-BREAK SPACE}00:00")
    assert await status_of(house) is not Status.AWAITING_PLACE


async def test_it_is_given_up_after_the_consequences_are_shown(
    house: House, kind: str, language: str
) -> None:
    person, _ = await is_referred(house, kind, language)
    await person.taps("Give it up")
    assert person.reads(
        "Give the referral to {kindergarten} up? The seat goes to others with the next list, and this "
        "referral cannot be had back.",
        kindergarten=AMINA,
    )
    assert await status_of(house) is Status.REFERRED

    await person.taps("Yes, give it up")

    assert person.reads(
        "The referral is given up. The application waits for a place again, with its old date."
    )
    assert await status_of(house) is Status.AWAITING_PLACE
    await person.presses("referrals")
    assert person.reads("given up")


async def test_the_other_parent_is_told_at_once_of_giving_up(house: House, language: str) -> None:
    other = await other_parent_at(house, "whatsapp", language)
    person, issued = await is_referred(house, "telegram", language)
    await person.taps("Give it up")
    assert person.reads("The other parent is told at once.")

    await person.taps("Yes, give it up")

    await other.hears("The other parent has given up referral № {referral}.", referral=issued.number)


@pytest.mark.parametrize("pressed", [False, True])
async def test_within_72_hours_of_a_change_of_phone_nothing_is_given_up(house: House, pressed: bool) -> None:
    person, issued = await is_referred(house, "whatsapp")
    me, until = house.world.parent_of(ALDABEKOVS), START + timedelta(hours=72)
    new = Phone("+77015550999")
    await house.write(lambda tx: people.confirm_phone(tx, me, 1, new, START, undo_until=until))

    await person.presses(f"giveup:{issued.id}{':yes' if pressed else ''}")

    assert person.reads(
        "The phones were changed lately. Until {moment} an older number can undo that; so long nothing is "
        "withdrawn or given up, and no second parent is added.",
        moment="23.11.2026\N{NO-BREAK SPACE}16:20",
    )
    assert await status_of(house) is Status.REFERRED


async def test_who_was_joined_by_the_register_lately_gives_nothing_up(house: House) -> None:
    other = await other_parent_at(house, "whatsapp", "en")
    _, issued = await is_referred(house)
    since = {ALDABEKOVS: START - timedelta(days=9), OTHER: START}

    def joined(tx: Transaction) -> None:
        for family, at in since.items():
            mine = guardian.c.parent_id == house.world.parent_of(family)
            how = JoinedBy.REGISTER.value
            tx.conn.execute(update(guardian).where(mine).values(since=at, how=how))

    await house.write(joined)

    await other.presses(f"giveup:{issued.id}:yes")

    assert "23.11.2026\N{NO-BREAK SPACE}16:20" in other.sees
    assert await status_of(house) is Status.REFERRED


async def test_not_used_in_time_the_application_is_on_the_stop_list_for_whoever_looks_first(
    house: House,
) -> None:
    person, _ = await is_referred(house, "whatsapp")
    house.clock.move_to(LAST_SECOND + timedelta(hours=12))

    await person.presses(f"referral:{house.world.application_of(CHILD)}")

    assert person.reads("Not used in time: it ended {moment}.", moment="28.11.2026\N{NO-BREAK SPACE}00:00")
    assert await status_of(house) is Status.SUSPENDED


@pytest.mark.parametrize("forged", ["extend", "giveup", "bring"])
@pytest.mark.parametrize("whose", ["another's", "nobody's"])
async def test_a_referral_of_another_looks_like_none(house: House, forged: str, whose: str) -> None:
    _, issued = await is_referred(house)
    thief = await parent_at(house, "whatsapp", family=TIKHONOVS)
    referral_id = issued.id if whose == "another's" else issued.id + 1

    await thief.presses(f"{forged}:{referral_id}:{'yes' if forged == 'giveup' else '0'}")

    assert thief.reads(OUTDATED)
    assert await status_of(house) is Status.REFERRED


@pytest.mark.parametrize(
    "forged", ["bring:{id}:9", "bring:{id}:-1", "bring:{id}", "referral:{id}", "extend:x"]
)
async def test_arguments_that_mean_nothing_are_out_of_date(house: House, forged: str) -> None:
    person, issued = await is_referred(house, "whatsapp")

    await person.presses(forged.format(id=issued.id))

    assert person.reads(OUTDATED)
