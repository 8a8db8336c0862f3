"""What can't be delivered goes by the next way, once, and the dead way is asked about by another."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.clock import real_now
from bot.conversation.payloads import decode
from bot.flows.telling import tell
from bot.notifiers.falling_back import fall_back, unread
from domain.notice import Told
from domain.phone import Phone
from storage import accounts, conversations, mailboxes, notices, people, phones, profiles, receipts, sendings
from storage.database import Database
from storage.kept import said
from storage.settling import Settled, settle
from storage.tables import contact, delivery, notice, parent, phone
from storage.transaction import Transaction
from tests.fakes.clock import START, SetClock
from tests.integration.rows import add

FIRST, SECOND, MAILBOX = Phone("+77010000041"), Phone("+77010000042"), "ana@pochta.example"
FACTS: dict[str, Any] = {"number": 7, "application": 5, "child": "Айару", "kindergarten": "K", "group": "1"}
FACTS |= {"starts_on": "2026-11-27"}
HOLD_GONE = Told.HOLD_GONE
NIGHT = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
"""22:00 in Almaty."""
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Family:
    """A parent with some ways to be reached."""

    parent_id: int
    contacts: tuple[int, ...]


def family(
    tx: Transaction,
    *channels: str,
    numbers: tuple[Phone, ...] = (FIRST,),
    mailbox: str = "",
    way: str = "messenger",
) -> Family:
    parent_id = add(tx, parent, language="ru", notice_way=way, created_at=START)
    contacts = []
    for channel in channels:
        entered = conversations.enter(tx, channel, f"{parent_id % 10**9}")
        conversations.update_contact(tx, entered.contact_id, parent_id=parent_id, language="kk")
        contacts.append(entered.contact_id)
    for position, number in enumerate(numbers, start=1):
        people.confirm_phone(tx, parent_id, position, number, START)
    if mailbox:
        profiles.set_contact(tx, parent_id, "email", mailbox, confirmed_at=START)
    return Family(parent_id, tuple(contacts))


def told(tx: Transaction, whom: Family, kind: Told = HOLD_GONE) -> None:
    tell(tx, whom.parent_id, kind, tx.now, **FACTS)


def fails(tx: Transaction, channel: str, *, unreachable: bool = True) -> None:
    """What waits in a channel will not arrive."""
    waiting = delivery.c.channel == channel, delivery.c.state == "pending"
    ids = tx.conn.execute(select(delivery.c.message_id).where(*waiting)).scalars().all()
    assert ids
    tx.conn.execute(update(delivery).where(*waiting).values(leased_by="w"))
    fall_back(tx, settle(tx, [Settled.failed(each, "w", "said so", unreachable) for each in ids]))


def arrives(tx: Transaction, channel: str) -> None:
    waiting = delivery.c.channel == channel, delivery.c.state == "pending"
    tx.conn.execute(update(delivery).where(*waiting).values(state="sent", sent_at=tx.now, external_id="1"))


def went(tx: Transaction) -> list[Row]:
    """What was sent, how, and what became of it."""
    asked = select(notice.c.kind, delivery.c.channel, delivery.c.state).join_from(
        delivery, notice, notice.c.id == delivery.c.notice_id
    )
    return [tuple(row) for row in tx.conn.execute(asked.order_by(delivery.c.message_id))]


def payloads(tx: Transaction, channel: str) -> list[tuple[str, str | None, Any]]:
    """Text, address and letter of what went by a channel."""
    ids = tx.conn.execute(select(delivery.c.message_id).where(delivery.c.channel == channel)).scalars().all()
    found = []
    for each in sendings.read(tx, ids):
        outgoing, to = decode(each.payload)
        assert outgoing.screen is not None
        found.append((outgoing.screen.text, to, outgoing.letter))
    return found


async def test_who_blocked_the_bot_gets_the_same_by_sms_and_is_asked(database: Database) -> None:
    def happens(tx: Transaction) -> tuple[list[Row], list[Any]]:
        told(tx, family(tx, "telegram"))
        fails(tx, "telegram")
        return went(tx), payloads(tx, "sms")

    rows, sms = await database.write(happens)

    assert rows == [
        ("hold_gone", "telegram", "failed"),
        ("hold_gone", "sms", "pending"),
        ("account_lost", "sms", "pending"),
    ]
    [(first, to, _), (second, *_)] = sms
    assert to == FIRST.e164
    assert "Айару" not in first
    assert "Telegram" in second


async def test_the_next_goes_straight_to_the_way_that_works_and_nothing_is_asked_twice(
    database: Database,
) -> None:
    def happens(tx: Transaction) -> list[Row]:
        whom = family(tx, "telegram")
        told(tx, whom)
        told(tx, whom)
        fails(tx, "telegram")
        before = len(went(tx))
        told(tx, whom)
        assert [each[0] for each in went(tx)].count("account_lost") == 1
        return went(tx)[before:]

    assert await database.write(happens) == [("hold_gone", "sms", "pending")]


async def test_each_way_is_tried_once_and_never_in_a_circle(database: Database) -> None:
    def happens(tx: Transaction) -> list[Row]:
        told(tx, family(tx, "telegram", mailbox=MAILBOX))
        for channel in ("telegram", "sms", "email"):
            fails(tx, channel)
        return went(tx)

    rows = await database.write(happens)

    assert [channel for kind, channel, _ in rows if kind == "hold_gone"] == ["telegram", "sms", "email"]
    assert [state for *_, state in rows if state != "failed"] == []
    assert ("number_lost", "email", "failed") in rows


async def test_a_dead_number_gives_way_to_the_second(database: Database) -> None:
    def happens(tx: Transaction) -> tuple[list[Row], list[str | None]]:
        told(tx, family(tx, "telegram", numbers=(FIRST, SECOND), mailbox=MAILBOX, way="sms"))
        fails(tx, "sms")
        return went(tx), [to for _, to, _ in payloads(tx, "sms")]

    rows, numbers = await database.write(happens)

    assert rows == [
        ("hold_gone", "sms", "failed"),
        ("hold_gone", "sms", "pending"),
        ("number_lost", "sms", "pending"),
    ]
    assert numbers == [FIRST.e164, SECOND.e164, SECOND.e164]


async def test_a_message_that_is_refused_for_its_own_sake_leaves_the_way_open(database: Database) -> None:
    def happens(tx: Transaction) -> list[Row]:
        whom = family(tx, "telegram")
        told(tx, whom)
        fails(tx, "telegram", unreachable=False)
        told(tx, whom)
        return went(tx)

    assert await database.write(happens) == [
        ("hold_gone", "telegram", "failed"),
        ("hold_gone", "sms", "pending"),
        ("hold_gone", "telegram", "pending"),
    ]


async def test_another_account_that_was_told_is_enough(database: Database) -> None:
    def happens(tx: Transaction) -> list[Row]:
        told(tx, family(tx, "telegram", "webchat"))
        fails(tx, "telegram")
        return went(tx)

    assert sorted(await database.write(happens)) == [
        ("account_lost", "webchat", "pending"),
        ("hold_gone", "telegram", "failed"),
        ("hold_gone", "webchat", "pending"),
    ]


async def test_the_last_account_that_fails_sends_it_on(database: Database) -> None:
    def happens(tx: Transaction) -> list[Row]:
        told(tx, family(tx, "telegram", "whatsapp"))
        fails(tx, "telegram")
        fails(tx, "whatsapp")
        return sorted(row for row in went(tx) if row[0] == "hold_gone")

    assert await database.write(happens) == [
        ("hold_gone", "sms", "pending"),
        ("hold_gone", "telegram", "failed"),
        ("hold_gone", "whatsapp", "failed"),
    ]


async def test_who_has_no_way_left_has_it_in_the_inbox(database: Database) -> None:
    def happens(tx: Transaction) -> tuple[list[Row], list[Told]]:
        whom = family(tx, "telegram", numbers=())
        told(tx, whom)
        fails(tx, "telegram")
        return went(tx), [each.kind for each in notices.page(tx, whom.parent_id, 9)]

    rows, inbox = await database.write(happens)

    assert rows == [("hold_gone", "telegram", "failed")]
    assert set(inbox) == {HOLD_GONE, Told.ACCOUNT_LOST}


async def test_a_letter_that_comes_back_gives_way_to_the_messenger(database: Database) -> None:
    def happens(tx: Transaction) -> tuple[list[Row], bool]:
        whom = family(tx, "telegram", mailbox=MAILBOX, way="email")
        told(tx, whom)
        fails(tx, "email")
        return went(tx), mailboxes.of_each(tx, [whom.parent_id]) == {}

    rows, dead = await database.write(happens)

    assert rows == [
        ("hold_gone", "email", "failed"),
        ("hold_gone", "telegram", "pending"),
        ("mailbox_lost", "telegram", "pending"),
    ]
    assert dead


async def test_a_letter_that_is_pressing_can_not_be_ended_and_another_can(database: Database) -> None:
    def happens(tx: Transaction) -> tuple[int, list[Any]]:
        whom = family(tx, "telegram", mailbox=MAILBOX, way="email")
        told(tx, whom)
        told(tx, whom, Told.REGISTERED)
        return whom.parent_id, payloads(tx, "email")

    parent_id, [(_, to, pressing), (_, _, other)] = await database.write(happens)

    assert to == MAILBOX
    assert (pressing.ends_for, other.ends_for) == (None, parent_id)


async def test_after_letters_were_ended_only_what_is_critical_goes_by_them(database: Database) -> None:
    def happens(tx: Transaction) -> list[Row]:
        whom = family(tx, "telegram", mailbox=MAILBOX, way="email", numbers=())
        mailboxes.end_letters(tx, whom.parent_id)
        told(tx, whom, Told.REGISTERED)
        told(tx, whom)
        return went(tx)

    assert await database.write(happens) == [
        ("registered", "telegram", "pending"),
        ("hold_gone", "email", "pending"),
    ]


async def test_a_referral_takes_its_paper_along(database: Database) -> None:
    def happens(tx: Transaction) -> tuple[int, Any]:
        whom = family(tx, "telegram", mailbox=MAILBOX, way="email")
        facts = FACTS | {"referral": 1000391, "through": "2026-11-27"}
        tell(tx, whom.parent_id, Told.REFERRAL_ISSUED, tx.now, **facts)
        return whom.parent_id, payloads(tx, "email")[0][2]

    parent_id, letter = await database.write(happens)

    assert (letter.referral, letter.reader) == (1000391, parent_id)


async def test_an_old_address_that_fails_says_nothing_of_the_new_one(database: Database) -> None:
    def happens(tx: Transaction) -> bool:
        whom = family(tx, "telegram", mailbox=MAILBOX, way="email")
        told(tx, whom)
        profiles.set_contact(tx, whom.parent_id, "email", "new@pochta.example", confirmed_at=tx.now)
        fails(tx, "email")
        return whom.parent_id in mailboxes.of_each(tx, [whom.parent_id])

    assert await database.write(happens)


async def test_a_number_that_answers_a_code_is_told_by_sms_again(database: Database) -> None:
    def happens(tx: Transaction) -> list[Phone]:
        whom = family(tx, "telegram", way="sms")
        told(tx, whom)
        fails(tx, "sms")
        assert phones.first_reached(tx, [whom.parent_id]) == {}
        phones.found_alive(tx, tx.vault.blinds("phone", FIRST.e164))
        return list(phones.first_reached(tx, [whom.parent_id]).values())

    assert await database.write(happens) == [FIRST]


async def test_what_is_of_no_use_any_more_goes_no_further(database: Database) -> None:
    def happens(tx: Transaction) -> list[Row]:
        until = (tx.now - timedelta(seconds=1)).isoformat()
        tell(tx, family(tx, "telegram").parent_id, Told.ACCESS_OPENED, tx.now, **FACTS, until=until)
        fails(tx, "telegram", unreachable=False)
        return went(tx)

    assert await database.write(happens) == [("access_opened", "telegram", "failed")]


async def test_what_is_critical_and_unread_after_half_an_hour_goes_by_sms(
    database: Database, clock: SetClock
) -> None:
    def begins(tx: Transaction) -> None:
        told(tx, family(tx, "webchat"))
        arrives(tx, "webchat")

    await database.write(begins)
    clock.at = START + timedelta(minutes=30) - timedelta(seconds=1)
    assert await database.write(unread) == 0
    clock.at = START + timedelta(minutes=30)

    assert await database.write(unread) == 1

    assert await database.write(unread) == 0
    assert await database.write(went) == [("hold_gone", "webchat", "sent"), ("hold_gone", "sms", "pending")]


async def test_what_was_read_or_answered_or_can_not_be_told_goes_no_further(
    database: Database, clock: SetClock
) -> None:
    def begins(tx: Transaction) -> None:
        told(tx, family(tx, "whatsapp"))
        arrives(tx, "whatsapp")
        receipts.receive(tx, "whatsapp", "1", "read", tx.now)
        in_the_inbox = family(tx, "webchat")
        told(tx, in_the_inbox)
        notices.mark_read(tx, [each.id for each in notices.page(tx, in_the_inbox.parent_id, 1)], tx.now)
        told(tx, family(tx, "telegram"))
        arrives(tx, "telegram")
        told(tx, family(tx, "webchat"), Told.REGISTERED)
        arrives(tx, "webchat")

    await database.write(begins)
    clock.at = START + timedelta(hours=1)

    assert await database.write(unread) == 3
    assert {channel for _, channel, _ in await database.write(went)} == {"whatsapp", "webchat", "telegram"}


async def test_what_is_still_not_sent_after_half_an_hour_goes_by_another_way(
    database: Database, clock: SetClock
) -> None:
    await database.write(lambda tx: told(tx, family(tx, "telegram")))
    clock.at = START + timedelta(minutes=30)

    await database.write(unread)

    assert ("hold_gone", "sms", "pending") in await database.write(went)


async def test_what_has_gone_by_the_next_way_at_once_does_not_go_by_a_third_for_not_being_read(
    database: Database, clock: SetClock
) -> None:
    def begins(tx: Transaction) -> None:
        told(tx, family(tx, "whatsapp", mailbox=MAILBOX))
        fails(tx, "whatsapp")
        arrives(tx, "sms")

    await database.write(begins)
    clock.at = START + timedelta(minutes=30)
    assert await database.write(unread) > 0

    assert {channel for _, channel, _ in await database.write(went)} == {"whatsapp", "sms"}


@pytest.mark.parametrize(
    ("kind", "at", "waits"),
    [
        (Told.ENROLLED, NIGHT - timedelta(seconds=1), timedelta(0)),
        (Told.ENROLLED, NIGHT, timedelta(hours=9)),
        (Told.ENROLLED, NIGHT + timedelta(hours=9), timedelta(0)),
        (HOLD_GONE, NIGHT, timedelta(0)),
    ],
)
async def test_what_is_not_critical_and_fails_at_night_goes_by_the_next_way_in_the_morning(
    database: Database, clock: SetClock, kind: Told, at: datetime, waits: timedelta
) -> None:
    await database.write(lambda tx: told(tx, family(tx, "telegram"), kind))
    clock.at = at
    before = real_now()

    await database.write(lambda tx: fails(tx, "telegram", unreachable=False))

    due_at = select(delivery.c.due_at).where(delivery.c.channel == "sms")
    [due] = await database.read(lambda tx: tx.conn.execute(due_at).scalars().all())
    assert before + waits <= due <= real_now() + waits


async def test_a_stranger_who_blocks_the_bot_is_only_marked(database: Database) -> None:
    def happens(tx: Transaction) -> tuple[int, list[Row]]:
        whom = family(tx, "telegram", numbers=())
        told(tx, whom)
        conversations.update_contact(tx, whom.contacts[0], parent_id=None)
        fails(tx, "telegram")
        marked = tx.conn.execute(select(contact.c.id).where(contact.c.unreachable_at.is_not(None))).all()
        return len(marked), went(tx)

    assert await database.write(happens) == (1, [("hold_gone", "telegram", "failed")])


async def test_every_parent_of_a_dead_number_is_asked(database: Database) -> None:
    def happens(tx: Transaction) -> list[Row]:
        told(tx, family(tx, "telegram", way="sms"))
        family(tx, "webchat")
        fails(tx, "sms")
        dead = tx.conn.execute(select(phone.c.id).where(phone.c.unreachable_at.is_not(None))).all()
        assert len(dead) == 2
        return sorted(row for row in went(tx) if row[0] == "number_lost")

    assert await database.write(happens) == [
        ("number_lost", "telegram", "pending"),
        ("number_lost", "webchat", "pending"),
    ]


async def test_what_a_page_of_the_web_chat_has_shown_is_read_and_goes_no_further(
    database: Database, clock: SetClock
) -> None:
    def shown(tx: Transaction) -> None:
        whom = family(tx, "webchat")
        told(tx, whom)
        told(tx, whom)
        arrives(tx, "webchat")
        rows = tx.conn.execute(select(delivery).order_by(delivery.c.message_id)).all()
        receipts.read_down_to(tx, "webchat", rows[0].conversation_id, rows[0].message_id, tx.now)

    await database.write(shown)
    clock.at = START + timedelta(minutes=30)
    await database.write(unread)

    assert await database.write(went) == [
        ("hold_gone", "webchat", "read"),
        ("hold_gone", "webchat", "sent"),
        ("hold_gone", "sms", "pending"),
    ]


@pytest.mark.parametrize(
    ("mailbox", "way", "channel"),
    [("", "messenger", "sms"), ("", "sms", "sms"), (MAILBOX, "email", "email")],
)
async def test_who_is_signed_in_nowhere_is_told_by_sms_or_e_mail(
    database: Database, mailbox: str, way: str, channel: str
) -> None:
    def happens(tx: Transaction) -> tuple[list[Row], int]:
        whom = family(tx, mailbox=mailbox, way=way)
        told(tx, whom)
        told(tx, whom)
        return went(tx), len(accounts.of_parent(tx, whom.parent_id))

    rows, listed = await database.write(happens)

    assert rows == [("hold_gone", channel, "pending")] * 2
    assert listed == 0


async def test_who_signs_in_again_is_told_in_the_messenger(database: Database) -> None:
    def happens(tx: Transaction) -> list[Row]:
        whom = family(tx)
        told(tx, whom)
        signed_in = conversations.enter(tx, "telegram", "7").contact_id
        conversations.update_contact(tx, signed_in, parent_id=whom.parent_id)
        told(tx, whom)
        accounts.sign_out_others(tx, whom.parent_id, signed_in)
        fails(tx, "telegram")
        return went(tx)

    assert await database.write(happens) == [
        ("hold_gone", "sms", "pending"),
        ("hold_gone", "telegram", "failed"),
        ("hold_gone", "sms", "pending"),
        ("account_lost", "sms", "pending"),
    ]


async def test_in_the_copy_of_ones_data_the_accounts_come_before_what_went_out_while_there_was_none(
    database: Database, clock: SetClock
) -> None:
    def told_by_sms(tx: Transaction) -> tuple[int, list[int]]:
        whom = family(tx)
        told(tx, whom)
        return whom.parent_id, said.conversations(tx, whom.parent_id)

    parent_id, nowhere = await database.write(told_by_sms)
    clock.advance(timedelta(days=1))

    def signs_in(tx: Transaction) -> int:
        entered = conversations.enter(tx, "telegram", "7")
        conversations.update_contact(tx, entered.contact_id, parent_id=parent_id)
        return entered.conversation_id

    account = await database.write(signs_in)

    assert len(nowhere) == 1
    assert await database.read(lambda tx: said.conversations(tx, parent_id)) == [account, *nowhere]
