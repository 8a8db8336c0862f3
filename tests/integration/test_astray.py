"""What waits for an old number, an old mailbox or an account that was left goes where the parent is now."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot.clock import real_now
from bot.flows import phone_telling
from bot.flows.circumstances import Circumstances
from bot.flows.telling import tell
from bot.notifiers.astray import ANOTHER_MAILBOX, ANOTHER_NUMBER, SIGNED_OUT
from bot.notifiers.falling_back import fall_back, unread
from bot.notifiers.second_look import WAITED, second_look
from domain.notice import Told
from domain.phone import Phone
from domain.phone_change import PhoneChange
from storage import accounts, conversations, deliveries, journal, mailboxes, people, profiles
from storage.database import Database
from storage.shares import Room
from storage.tables import parent
from storage.transaction import Transaction
from tests.fakes.clock import START, SetClock
from tests.integration.test_falling_back import (
    FIRST,
    HOLD_GONE,
    MAILBOX,
    SECOND,
    Family,
    arrives,
    family,
    payloads,
    told,
    went,
)

A_SECOND = timedelta(seconds=1)
NEW, NEW_MAILBOX = Phone("+77010000043"), "new@pochta.example"
CHANNELS = ("telegram", "webchat", "whatsapp", "sms", "email")


def look(tx: Transaction) -> list[str | None]:
    soon = real_now() + A_SECOND
    found = deliveries.lease_due(tx, dict.fromkeys(CHANNELS, Room(99, 99)), "w", soon, soon)
    found = second_look(tx, found, "w")
    fall_back(tx, found.lost)
    return [each.error for each in found.lost]


async def held_back(database: Database) -> list[str | None]:
    """Of all that is due: why it was held back, if it was."""
    return await database.write(look)


def changes_number(tx: Transaction, whom: Family, position: int = 1) -> None:
    people.confirm_phone(tx, whom.parent_id, position, NEW, tx.now)


async def test_a_notice_that_waits_for_an_old_number_goes_to_the_present_one(
    database: Database, clock: SetClock
) -> None:
    whom = await database.write(lambda tx: family(tx, "telegram", way="sms"))
    await database.write(lambda tx: told(tx, whom))
    await database.write(lambda tx: changes_number(tx, whom))
    clock.at = START + WAITED - A_SECOND
    assert await held_back(database) == []

    clock.at = START + WAITED
    assert await held_back(database) == [ANOTHER_NUMBER]

    assert [to for _, to, _ in await database.read(lambda tx: payloads(tx, "sms"))] == [FIRST.e164, NEW.e164]
    assert await database.write(went) == [("hold_gone", "sms", "given_up"), ("hold_gone", "sms", "pending")]


async def test_a_number_that_is_the_parents_still_gets_what_waits_for_it(
    database: Database, clock: SetClock
) -> None:
    whom = await database.write(lambda tx: family(tx, "telegram", way="sms", numbers=(FIRST, SECOND)))
    await database.write(lambda tx: told(tx, whom))
    await database.write(lambda tx: changes_number(tx, whom, position=2))
    clock.at = START + WAITED

    assert await held_back(database) == []


async def test_the_number_that_was_replaced_is_told_so_itself_however_late(
    database: Database, clock: SetClock
) -> None:
    """And the present one, too: each text is meant for the number that it goes to."""

    def change(tx: Transaction) -> None:
        whom = family(tx, "telegram")
        changes_number(tx, whom)
        by, [contact_id] = journal.by_parent(whom.parent_id), whom.contacts
        home = conversations.of_parent(tx, whom.parent_id)[0].conversation_id
        case = Circumstances(tx, tx.now, whom.parent_id, by, "telegram", home, contact_id)
        phone_telling.tell_changed(case, PhoneChange(FIRST, NEW, tx.now))

    await database.write(change)
    clock.at = START + timedelta(hours=3)

    assert await held_back(database) == []
    assert [to for _, to, _ in await database.read(lambda tx: payloads(tx, "sms"))] == [FIRST.e164, NEW.e164]


async def test_a_letter_that_waits_for_an_old_mailbox_goes_to_the_present_one(
    database: Database, clock: SetClock
) -> None:
    whom = await database.write(lambda tx: family(tx, "telegram", way="email", mailbox=MAILBOX))
    await database.write(lambda tx: told(tx, whom))
    moved = {"confirmed_at": START}
    await database.write(lambda tx: profiles.set_contact(tx, whom.parent_id, "email", NEW_MAILBOX, **moved))
    clock.at = START + WAITED

    assert await held_back(database) == [ANOTHER_MAILBOX]

    addresses = [to for _, to, _ in await database.read(lambda tx: payloads(tx, "email"))]
    assert addresses == [MAILBOX, NEW_MAILBOX]


async def test_a_letter_for_a_mailbox_that_is_gone_goes_by_the_next_way(
    database: Database, clock: SetClock
) -> None:
    whom = await database.write(lambda tx: family(tx, "telegram", way="email", mailbox=MAILBOX))
    await database.write(lambda tx: told(tx, whom))
    gone = update(parent).values(email=None, email_confirmed_at=None)
    await database.write(lambda tx: tx.conn.execute(gone))
    clock.at = START + WAITED

    assert await held_back(database) == [ANOTHER_MAILBOX]

    assert (await database.write(went))[1:] == [("hold_gone", "telegram", "pending")]


@pytest.mark.parametrize(("kind", "lost"), [(Told.ENROLLED, [ANOTHER_MAILBOX]), (HOLD_GONE, [])])
async def test_after_letters_were_ended_only_the_critical_ones_that_wait_still_go(
    database: Database, clock: SetClock, kind: Told, lost: list[str]
) -> None:
    whom = await database.write(lambda tx: family(tx, "telegram", way="email", mailbox=MAILBOX))
    await database.write(lambda tx: told(tx, whom, kind))
    await database.write(lambda tx: mailboxes.end_letters(tx, whom.parent_id))
    clock.at = START + WAITED

    assert await held_back(database) == lost


async def test_what_waits_for_an_account_that_was_signed_out_goes_by_the_next_way(
    database: Database, clock: SetClock
) -> None:
    whom = await database.write(lambda tx: family(tx, "telegram"))
    await database.write(lambda tx: told(tx, whom))
    await database.write(lambda tx: accounts.sign_out(tx, whom.contacts[0], whom.parent_id))
    clock.at = START + WAITED

    assert await held_back(database) == [SIGNED_OUT]

    assert (await database.write(went))[1:] == [("hold_gone", "sms", "pending")]


async def test_what_waits_for_an_account_that_somebody_else_has_now_is_not_shown_there(
    database: Database, clock: SetClock
) -> None:
    whom = await database.write(lambda tx: family(tx, "telegram"))
    await database.write(lambda tx: told(tx, whom))
    stranger = await database.write(lambda tx: family(tx, numbers=(SECOND,)))
    theirs = {"parent_id": stranger.parent_id}
    await database.write(lambda tx: conversations.update_contact(tx, whom.contacts[0], **theirs))
    clock.at = START + WAITED

    assert await held_back(database) == [SIGNED_OUT]


async def test_it_goes_to_the_account_that_was_signed_in_instead(database: Database, clock: SetClock) -> None:
    whom = await database.write(lambda tx: family(tx, "telegram"))
    await database.write(lambda tx: told(tx, whom))

    def moves(tx: Transaction) -> None:
        accounts.sign_out(tx, whom.contacts[0], whom.parent_id)
        entered = conversations.enter(tx, "webchat", "the new one")
        conversations.update_contact(tx, entered.contact_id, parent_id=whom.parent_id)

    await database.write(moves)
    clock.at = START + WAITED

    await held_back(database)

    assert (await database.write(went))[1:] == [("hold_gone", "webchat", "pending")]


async def test_where_another_account_is_told_nothing_more_follows(
    database: Database, clock: SetClock
) -> None:
    whom = await database.write(lambda tx: family(tx, "telegram", "webchat"))
    await database.write(lambda tx: told(tx, whom))
    await database.write(lambda tx: accounts.sign_out(tx, whom.contacts[0], whom.parent_id))
    clock.at = START + WAITED

    await held_back(database)

    assert sorted(await database.write(went)) == [
        ("hold_gone", "telegram", "given_up"),
        ("hold_gone", "webchat", "pending"),
    ]


@pytest.mark.parametrize("kind", [Told.PHONE_CHANGE_UNDONE, Told.PHONE_ADDING_UNDONE])
async def test_an_account_is_told_itself_that_it_was_signed_out(
    database: Database, clock: SetClock, kind: Told
) -> None:
    whom = await database.write(lambda tx: family(tx, "telegram"))
    ends: dict[str, Any] = {"old": "41", "new": "43"}
    await database.write(lambda tx: tell(tx, whom.parent_id, kind, tx.now, on_screens={"here": True}, **ends))
    await database.write(lambda tx: accounts.sign_out(tx, whom.contacts[0], whom.parent_id))
    clock.at = START + WAITED

    assert await held_back(database) == []


async def test_what_went_by_sms_for_not_being_read_follows_the_number(
    database: Database, clock: SetClock
) -> None:
    whom = await database.write(lambda tx: family(tx, "webchat"))
    await database.write(lambda tx: told(tx, whom))
    await database.write(lambda tx: arrives(tx, "webchat"))
    clock.at = START + timedelta(minutes=30)
    await database.write(unread)
    await database.write(lambda tx: changes_number(tx, whom))
    clock.advance(WAITED)

    assert await held_back(database) == [ANOTHER_NUMBER]

    assert [to for _, to, _ in await database.read(lambda tx: payloads(tx, "sms"))] == [FIRST.e164, NEW.e164]
