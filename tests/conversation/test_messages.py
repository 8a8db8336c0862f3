"""Messages: what a parent was told, kept and leafed through; and the journal of what was done."""

from datetime import timedelta

import pytest

from bot.flows.channel_names import channel_name
from bot.flows.telling import tell
from bot.texts import NUMBER_SIGN
from domain.notice import Deed, Told
from storage import journal, notices, profiles
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, TIKHONOVS
from tests.conversation.person import Person
from tests.conversation.plays import OUTDATED, WHO, is_confirmed, signs_in

NOTHING_YET = (
    "There is nothing here yet. Whatever we tell you is kept here: the number and the place, "
    "seats, dates. Nothing will be missed."
)
REGISTERED = "Application № {number} is registered. Place in the queue: {place}."


async def is_told(house: House, *places: int) -> None:
    """The father is told of so many applications, a minute after each other."""

    def work(tx: Transaction) -> None:
        me = house.world.parent_of(ALDABEKOVS)
        for after, place in enumerate(places):
            at = tx.now + timedelta(minutes=after)
            notices.add(tx, me, Told.REGISTERED, {"number": 700 + place, "place": place}, at)

    await house.write(work)


async def opens(person: Person) -> None:
    """Choose it in the menu."""
    await person.says("/menu")
    await person.taps("Messages")


def places_in(person: Person) -> list[int]:
    """The places told on the screen, from top to bottom."""
    lines = [line for line in person.sees.splitlines() if "№" in line]
    return [int(line.rstrip(".").split()[-1]) for line in lines]


async def test_messages_are_for_the_signed_in_and_open_once_one_is(house: House, parent: Person) -> None:
    await is_told(house, 36)
    await opens(parent)
    assert parent.reads(WHO)

    await parent.says("/menu")
    await signs_in(house, parent, ALDABEKOVS)
    await opens(parent)

    assert parent.reads(REGISTERED, number=736, place=36)


async def test_an_empty_inbox_says_what_will_be_in_it(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, ALDABEKOVS)

    await opens(person)

    assert person.reads(NOTHING_YET)
    assert person.labels == person.named("My journal", "Menu")


async def test_what_was_told_is_kept_with_its_local_time(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, ALDABEKOVS)
    await is_told(house, 36)

    await opens(person)

    assert person.reads("{notice} · new", notice="1 · 20.11.2026\N{NO-BREAK SPACE}16:20")
    assert person.reads(REGISTERED, number=736, place=36)
    assert person.labels == ("1 · 20.11", *person.named("Find a message", "My journal", "Menu"))


async def test_what_was_seen_is_not_new_any_more(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await is_told(house, 36)
    await opens(parent)
    house.later(minutes=1)
    await is_told(house, 35)

    await opens(parent)

    assert places_in(parent) == [35, 36]
    assert parent.sees.count("new") == 1


async def test_the_menu_says_how_many_are_new(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await is_told(house, 36, 35)

    await parent.says("/menu")
    assert parent.reads("New messages: {number}", number=2)
    await parent.taps("Messages")
    await parent.taps("Menu")

    assert not parent.reads("New messages: {number}", number=2)
    assert parent.reads("The kindergarten queue. What would you like to do?")


async def test_the_menu_of_one_who_is_signed_out_tells_nothing(house: House, parent: Person) -> None:
    await is_told(house, 36)

    await parent.says("/menu")

    assert parent.sees.endswith(parent.t("The kindergarten queue. What would you like to do?"))


async def test_pages_are_leafed_through_both_ways_while_more_is_told(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await is_told(house, *range(1, 13))

    await opens(parent)
    first = places_in(parent)
    await parent.taps("Older")
    second = places_in(parent)
    house.later(hours=1)
    await is_told(house, 99)
    await parent.taps("Older")
    last = places_in(parent)
    assert parent.t("Older") not in parent.labels
    await parent.taps("Newer")
    back = places_in(parent)
    await parent.taps("Newer")
    newer = places_in(parent)

    assert (first, second, last) == ([12, 11, 10, 9, 8], [7, 6, 5, 4, 3], [2, 1])
    assert (back, newer) == ([7, 6, 5, 4, 3], [12, 11, 10, 9, 8])


async def test_the_newest_page_is_a_full_one(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await is_told(house, *range(1, 8))
    await opens(parent)
    await parent.taps("Older")

    await parent.taps("Newer")

    assert places_in(parent) == [7, 6, 5, 4, 3]
    assert parent.t("Newer") not in parent.labels


async def test_a_notice_is_opened_with_its_buttons(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)

    def work(tx: Transaction) -> None:
        application = house.world.application_of(ALDABEKOVS.child)
        facts = {"number": ALDABEKOVS.child.number, "place": 36}
        me = house.world.parent_of(ALDABEKOVS)
        tell(tx, me, Told.REGISTERED, tx.now, application_id=application, **facts)

    await house.write(work)
    # It comes by itself, too, and would else stand below the screen that is opened next.
    await parent.hears(REGISTERED, number=ALDABEKOVS.child.number, place=36)
    await opens(parent)
    await parent.taps(parent.labels[0])

    assert parent.reads(REGISTERED, number=ALDABEKOVS.child.number, place=36)
    assert parent.labels == parent.named("Show the application", "All messages", "Menu")
    await parent.taps("Show the application")
    assert parent.reads("Class: {name}", name=parent.t("general basis"))


async def test_an_opened_notice_is_read(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await is_told(house, 36)
    me = house.world.parent_of(ALDABEKOVS)
    [notice] = await house.write(lambda tx: notices.page(tx, me, 5))

    await parent.presses(f"notice:{notice.id}")

    assert await house.write(lambda tx: notices.unread(tx, me)) == 0


@pytest.mark.parametrize("action", ["notice:{}", "messages:o:{}", "messages:n:{}"])
async def test_anothers_notice_looks_like_none_at_all(house: House, parent: Person, action: str) -> None:
    await is_confirmed(house, parent, TIKHONOVS)
    await is_told(house, 36)
    me = house.world.parent_of(ALDABEKOVS)
    [notice] = await house.write(lambda tx: notices.page(tx, me, 5))

    await parent.presses(action.format(notice.id))

    assert parent.reads(OUTDATED)
    assert await house.write(lambda tx: notices.unread(tx, me)) == 1


@pytest.mark.parametrize(
    "action",
    ["notice", "notice:x", "messages:x", "messages:o", "messages:o:x", "journal:n:-1", "journal:a:1"],
)
async def test_a_forged_button_is_out_of_date(house: House, parent: Person, action: str) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)

    await parent.presses(action)

    assert parent.reads(OUTDATED)


async def test_the_journal_says_who_did_what_from_where(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, ALDABEKOVS)
    me, other = (house.world.parent_of(each) for each in (ALDABEKOVS, TIKHONOVS))
    application = house.world.application_of(ALDABEKOVS.child)

    def work(tx: Transaction) -> None:
        journal.note(tx, me, journal.by_parent(me), Deed.SIGNED_IN, tx.now, channel="telegram")
        journal.note(
            tx, me, journal.by_parent(other), Deed.PAUSED, tx.now, channel="webchat",
            application_id=application,
        )  # fmt: skip
        journal.note(tx, me, journal.by_staff(1), Deed.LOOKED, tx.now, data={"role": "department"})

    await house.write(work)
    await opens(person)
    await person.taps("My journal")

    t, at = person.t, "20.11.2026\N{NO-BREAK SPACE}16:20"
    assert person.sees.split("\n\n")[1:] == [
        f"{at} · {t('the education department')}\n{t('Your data were looked at')}",
        f"{at} · {t('the other parent')} · {t('Web chat')}\n"
        f"{t('The application was paused')} · {NUMBER_SIGN}1200300401",
        f"{at} · {t('you')} · Telegram\n{t('The cabinet was entered')}",
    ]
    await person.taps("All messages")
    assert person.reads(NOTHING_YET)


async def test_the_journal_names_the_privilege_and_the_account(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    me = house.world.parent_of(ALDABEKOVS)

    def work(tx: Transaction) -> None:
        mine = journal.by_parent(me)
        journal.note(tx, me, mine, Deed.PRIVILEGE_CLAIMED, tx.now, data={"privilege": "large_family"})
        journal.note(tx, me, mine, Deed.ACCOUNT_REMOVED, tx.now, data={"removed": "telegram"})
        journal.note(tx, me, journal.by_staff(1), Deed.LOOKED, tx.now, data={"reason": "ұзақ " * 60})

    await house.write(work)
    await parent.presses("journal")

    assert parent.sees.splitlines()[3].endswith("…")
    assert parent.t("An account was taken out of the cabinet") + " · Telegram" in parent.sees
    assert parent.t("A privilege was named") + " · large family" in parent.sees


async def test_the_journal_is_leafed_through(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    me = house.world.parent_of(ALDABEKOVS)

    def work(tx: Transaction) -> None:
        for minute in range(14):
            at = tx.now + timedelta(minutes=minute)
            journal.note(tx, me, journal.by_parent(me), Deed.SIGNED_IN, at)

    await house.write(work)
    await parent.presses("journal")
    seen = [minutes_in(parent)]
    for _ in range(2):
        await parent.taps("Older")
        seen.append(minutes_in(parent))
    await parent.taps("Newer")

    assert seen == [[33, 32, 31, 30, 29, 28], [27, 26, 25, 24, 23, 22], [21, 20]]
    assert minutes_in(parent) == seen[1]


def minutes_in(person: Person) -> list[int]:
    """The minutes of the lines on the screen."""
    return [int(line.split(" ")[0][-2:]) for line in person.sees.splitlines() if " · " in line]


async def test_an_empty_journal_says_so(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)

    await parent.presses("journal")

    assert parent.reads("Nothing was done here yet. Every step will be written down, yours and others'.")


async def test_a_message_shows_by_which_ways_it_was_sent(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, ALDABEKOVS)

    def happens(tx: Transaction) -> None:
        me = house.world.parent_of(ALDABEKOVS)
        tell(tx, me, Told.REGISTERED, tx.now, number=736, place=36)
        profiles.set_notices(tx, me, way="sms", language="kk")
        tell(tx, me, Told.REGISTERED, tx.now + timedelta(minutes=1), number=735, place=35)

    await house.write(happens)
    await person.waits(lambda: house.sms.sent, "an SMS")
    await person.hears(REGISTERED, number=736, place=36)
    await person.waits(lambda: house.delivery.idle, "what became of it is written down")

    await opens(person)
    by_sms = f"SMS ··{ALDABEKOVS.phones[0].e164[-2:]}"
    assert f"✓ {by_sms}" in person.sees
    assert f"✓ {channel_name(person.t, kind)}" in person.sees
    await person.taps(person.labels[0])

    assert person.reads("How it was sent:")
    assert f"{by_sms}, 20.11.2026\N{NO-BREAK SPACE}16:" in person.sees
    assert f": {person.t('sent')}" in person.sees


@pytest.mark.parametrize(
    ("typed", "found"),
    [("736", [36]), ("place 36", [36]), ("20.11.2026", [35, 36]), ("REGISTERED 735", [35]), ("pony", [])],
)
async def test_a_message_is_found_by_a_word_a_number_or_a_date(
    house: House, typed: str, found: list[int]
) -> None:
    parent = await house.acquaintance("whatsapp")
    await is_confirmed(house, parent, ALDABEKOVS)
    await is_told(house, 36, 35)
    await opens(parent)

    await parent.taps("Find a message")
    await parent.says(typed)

    assert places_in(parent) == found
    assert parent.reads("No message has that in it.") is not bool(found)


async def test_of_many_found_the_newest_are_shown_and_the_others_counted(house: House) -> None:
    parent = await house.acquaintance("whatsapp")
    await is_confirmed(house, parent, ALDABEKOVS)
    await is_told(house, *range(10, 18))
    await opens(parent)

    await parent.taps("Find a message")
    await parent.says("registered")

    assert places_in(parent) == [17, 16, 15, 14, 13]
    assert parent.reads("And {number} older ones: one more word finds them.", number=3)
