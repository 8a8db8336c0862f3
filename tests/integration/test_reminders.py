"""Reminders: each at its minute and once, whoever looks, however late, and whatever changed meanwhile."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from bot import reminding
from bot.clock import real_now
from bot.clockwork import Clockwork
from bot.notifiers.second_look import second_look
from domain.local_time import instant_at
from domain.phone import Phone
from domain.policy import Policy
from domain.ways import READ_WITHIN
from storage import conversations, deliveries, file_rows, phones
from storage.database import Database
from storage.deliveries import Found
from storage.file_rows import NewFile
from storage.ids import new_id
from storage.notices_to_send import LOST_SENSE
from storage.seats import confirming, ending, extending, holding
from storage.shares import Room
from storage.tables import access, delivery, message, notice, referral
from storage.transaction import Transaction
from tests.fakes.clock import SetClock
from tests.integration.inboxes import facts
from tests.integration.seat_town import Town

MONDAY_07_00 = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
NUMBER = Phone("+77010000041")
MONDAY = date(2026, 11, 30)
"""The last day of what is taken on Monday the 23rd."""
SOON, TODAY = "referral_ends_soon", "referral_ends_today"


def on(day: date, hour: int, minute: int = 0) -> datetime:
    return instant_at(day, time(hour, minute))


LADDER = (
    on(date(2026, 11, 26), 10),
    on(date(2026, 11, 29), 19),
    on(MONDAY, 8),
    on(MONDAY, 16),
)


@dataclass(frozen=True)
class Family:
    """A parent with a messenger, and a referral for each of the children."""

    town: Town
    claims: Sequence[int]
    referrals: Sequence[int]


def settle(tx: Transaction, children: int) -> tuple[Town, list[int], int]:
    town = Town.found(tx)
    entered = conversations.enter(tx, "webchat", "1")
    conversations.update_contact(tx, entered.contact_id, parent_id=town.people.parent_id, language="en")
    applied = [town.applies(tx).application_id for _ in range(children)]
    return town, applied, town.reports(tx, children).bulletin_id


async def holds(database: Database, clock: SetClock, children: int = 1) -> Family:
    town, applied, bulletin = await database.write(lambda tx: settle(tx, children))
    clock.at = MONDAY_07_00
    await look(database)

    def take(tx: Transaction) -> list[int]:
        return [holding.take(tx, each, bulletin).claim_id for each in applied]

    return Family(town, await database.write(take), ())


async def refers(database: Database, clock: SetClock, children: int = 1) -> Family:
    """Taken and confirmed on Monday at 07:00: good through the Monday after."""
    held = await holds(database, clock, children)

    def confirm(tx: Transaction) -> list[int]:
        issued = [confirming.confirm(tx, each)[0].issued for each in held.claims]
        return [each.id for each in issued if each is not None]

    return Family(held.town, held.claims, await database.write(confirm))


async def look(database: Database, times: int = 1) -> None:
    await asyncio.gather(*(Clockwork(database).look() for _ in range(times)))


async def kinds(database: Database) -> list[str]:
    """The reminders in the inbox, the oldest first."""
    found = select(notice.c.kind).where(notice.c.kind.in_([SOON, TODAY, "hold_ends", "access_ends"]))
    ordered = found.order_by(notice.c.at, notice.c.id)
    return list(await database.read(lambda tx: tx.conn.execute(ordered).scalars().all()))


async def sent(database: Database) -> list[tuple[datetime, str]]:
    """What went out of the reminders, when, and in which words."""
    found = (
        select(message.c.at, message.c.text)
        .join_from(delivery, message, message.c.id == delivery.c.message_id)
        .join(notice, notice.c.id == delivery.c.notice_id)
        .where(notice.c.kind.in_([SOON, TODAY, "hold_ends", "access_ends"]))
        .order_by(message.c.id)
    )
    return await database.read(lambda tx: [(row.at, row.text) for row in tx.conn.execute(found)])


async def moves(database: Database, clock: SetClock, *instants: datetime) -> None:
    """The clock goes on, and somebody looks at each of these."""
    for at in instants:
        clock.at = at
        await look(database)


async def test_each_rung_goes_out_at_its_second_and_once(database: Database, clock: SetClock) -> None:
    await refers(database, clock)

    for rung in LADDER:
        await moves(database, clock, rung - SECOND, rung, rung, rung + SECOND)

    assert [at for at, _ in await sent(database)] == list(LADDER)
    assert await kinds(database) == [SOON, SOON, TODAY, TODAY]


async def test_the_clockwork_knows_the_next_rung(database: Database, clock: SetClock) -> None:
    await refers(database, clock)
    await moves(database, clock, on(date(2026, 11, 26), 8))
    far = LADDER[0] + timedelta(minutes=1)

    assert await Clockwork(database).next_before(far) == LADDER[0]


async def test_two_clockworks_send_one_message(database: Database, clock: SetClock) -> None:
    await refers(database, clock)

    for rung in LADDER:
        clock.at = rung
        await look(database, times=3)

    assert len(await sent(database)) == 4


@pytest.mark.parametrize(
    ("woken", "kind"),
    [
        (LADDER[1] + timedelta(hours=1), SOON),
        (LADDER[2] + timedelta(hours=1), TODAY),
        (LADDER[3] + timedelta(hours=1), TODAY),
    ],
    ids=["over 19:00", "over 08:00", "over 16:00"],
)
async def test_down_over_several_rungs_it_sends_the_newest_that_is_true(
    database: Database, clock: SetClock, woken: datetime, kind: str
) -> None:
    await refers(database, clock)
    await look(database)

    await moves(database, clock, woken)

    assert ([at for at, _ in await sent(database)], await kinds(database)) == ([woken], [kind])


async def test_down_over_the_end_it_reminds_of_nothing(database: Database, clock: SetClock) -> None:
    await refers(database, clock)

    await moves(database, clock, on(date(2026, 12, 1), 0))

    assert await kinds(database) == []


async def test_what_is_caught_up_in_the_night_waits_for_the_morning_and_then_has_lost_its_sense(
    database: Database, clock: SetClock
) -> None:
    await refers(database, clock)

    await moves(database, clock, on(date(2026, 11, 29), 23), on(MONDAY, 7), LADDER[2])

    why = select(notice.c.unsent).where(notice.c.kind == SOON)
    assert await kinds(database) == [SOON, TODAY]
    assert [at for at, _ in await sent(database)] == [LADDER[2]]
    assert await database.read(lambda tx: tx.conn.execute(why).scalar_one()) == "lost_sense"


def extend(tx: Transaction, referral_id: int, days: int) -> None:
    paper, named = new_id(), {"kind": "document", "name": "", "content_type": "image/jpeg", "size": 1}
    file_rows.add(tx, NewFile(id=paper, **named, sha256=b"", stored_as=str(paper), key_id="1"))  # type: ignore[arg-type]
    extending.extend(tx, referral_id, days, [paper])


async def test_an_extension_begins_the_ladder_anew_for_the_new_end(
    database: Database, clock: SetClock
) -> None:
    family = await refers(database, clock)
    await moves(database, clock, *LADDER[:2])
    await database.write(lambda tx: extend(tx, family.referrals[0], 7))
    anew = (
        on(date(2026, 12, 3), 10),
        on(date(2026, 12, 6), 19),
        on(date(2026, 12, 7), 8),
        on(date(2026, 12, 7), 16),
    )

    await moves(database, clock, *LADDER[2:], *anew)

    said = await sent(database)
    assert [at for at, _ in said] == [*LADDER[:2], *anew]
    assert ["Extend it" in text for _, text in said] == [True, True, False, False, False, False]


async def test_a_revoked_extension_reminds_of_the_day_that_is_left(
    database: Database, clock: SetClock
) -> None:
    family = await refers(database, clock)
    [which] = family.referrals
    await database.write(lambda tx: extend(tx, which, 30))
    clock.at = on(MONDAY, 20)
    await database.write(lambda tx: extending.revoke(tx, which, "no"))
    tomorrow = date(2026, 12, 1)

    await moves(database, clock, on(MONDAY, 20), on(tomorrow, 8), on(tomorrow, 16))

    assert [at for at, _ in await sent(database)] == [on(tomorrow, 8), on(tomorrow, 16)]


async def test_who_gave_up_is_not_reminded(database: Database, clock: SetClock) -> None:
    family = await refers(database, clock)
    await moves(database, clock, LADDER[0])
    await database.write(lambda tx: ending.give_up(tx, family.referrals[0]))

    await moves(database, clock, *LADDER[1:])

    assert [at for at, _ in await sent(database)] == [LADDER[0]]


async def test_what_was_given_up_while_it_waited_is_kept_and_not_sent(
    database: Database, clock: SetClock
) -> None:
    family = await refers(database, clock)
    clock.at = LADDER[0]
    await database.write(reminding.referrals)
    await database.write(reminding.referrals)
    await database.write(lambda tx: ending.give_up(tx, family.referrals[0]))

    await look(database)

    assert (await kinds(database), await sent(database)) == ([SOON], [])


def lease(tx: Transaction) -> Found:
    soon = real_now() + SECOND
    found = deliveries.lease_due(tx, {"webchat": Room(9, 9)}, "w", soon, soon)
    return second_look(tx, found, "w")


@pytest.mark.parametrize("extended", [True, False])
async def test_a_reminder_that_still_waits_to_be_delivered_does_not_arrive_after_the_extension(
    database: Database, clock: SetClock, extended: bool
) -> None:
    family = await refers(database, clock)
    await moves(database, clock, LADDER[2])
    clock.advance(timedelta(minutes=10))
    if extended:
        await database.write(lambda tx: extend(tx, family.referrals[0], 7))

    found = [await database.write(lease) for _ in range(2)]

    assert sum(len(each.leased) for each in found) == (0 if extended else 1)
    assert (LOST_SENSE in [lost.error for each in found for lost in each.lost]) is extended


@pytest.mark.parametrize("extended", [True, False])
async def test_an_unread_reminder_goes_by_sms_only_as_long_as_it_is_so(
    database: Database, clock: SetClock, extended: bool
) -> None:
    family = await refers(database, clock)
    parent_id = family.town.people.parent_id
    await database.write(lambda tx: phones.confirm_phone(tx, parent_id, 1, NUMBER, clock.at))
    await moves(database, clock, LADDER[2])
    if extended:
        await database.write(lambda tx: extend(tx, family.referrals[0], 7))

    await moves(database, clock, LADDER[2] + READ_WITHIN)

    by_sms = select(notice.c.kind).join(delivery, delivery.c.notice_id == notice.c.id)
    found = await database.read(
        lambda tx: tx.conn.execute(by_sms.where(delivery.c.channel == "sms")).scalars().all()
    )
    assert list(found) == ([] if extended else [TODAY])


async def test_two_children_on_the_same_morning_make_one_message_with_the_buttons_of_each(
    database: Database, clock: SetClock
) -> None:
    family = await refers(database, clock, children=2)

    await moves(database, clock, LADDER[2])

    [(_, text)] = await sent(database)
    assert text.startswith("1. Today, 30.11.2026,")
    assert "\n\n2. Today, 30.11.2026," in text
    labels = text.rpartition("\n")[2]
    assert [label in labels for label in ("1. Extend it", "2. Extend it", "1. On the map", "All messages")]
    assert await kinds(database) == [TODAY, TODAY]
    led = select(notice.c.sent_with).where(notice.c.kind == TODAY).order_by(notice.c.at, notice.c.id)
    with_whom = await database.read(lambda tx: tx.conn.execute(led).scalars().all())
    assert sorted(each is None for each in with_whom) == [False, True]
    assert len(family.referrals) == 2


async def test_a_day_off_declared_later_moves_the_ladder_that_runs(
    database: Database, clock: SetClock
) -> None:
    family = await refers(database, clock)
    await look(database)
    closed = Policy(days_off=frozenset({date(2026, 11, 27)}))
    clock.at = on(date(2026, 11, 25), 9)

    await database.write(lambda tx: family.town.decide(tx, closed, clock.at))
    await look(database)
    await moves(database, clock, LADDER[0], on(date(2026, 11, 27), 10), on(date(2026, 11, 30), 19))

    # Through 01.12 now: two working days before it are the 26th, for the 27th is none any more.
    [(at, text), (evening, _)] = await sent(database)
    assert (at, evening) == (LADDER[0], on(date(2026, 11, 30), 19))
    assert "01.12.2026" in text


async def test_a_rung_that_moved_back_behind_now_is_told_at_once(database: Database, clock: SetClock) -> None:
    """The last day stays, but fewer working days are left before it."""
    family = await refers(database, clock)
    await database.write(lambda tx: extend(tx, family.referrals[0], 4))
    await look(database)
    closed = Policy(days_off=frozenset({date(2026, 12, 2), date(2026, 12, 3)}))
    clock.at = on(date(2026, 12, 1), 12)

    await database.write(lambda tx: family.town.decide(tx, closed, clock.at))
    await look(database)

    assert [at for at, _ in await sent(database)] == [clock.at]


async def test_a_referral_of_before_there_were_reminders_is_reminded_from_now_on(
    database: Database, clock: SetClock
) -> None:
    await refers(database, clock)
    old = update(referral).values(remind_at=None, reminded_at=None)
    await database.write(lambda tx: tx.conn.execute(old))
    clock.at = LADDER[1] + SECOND

    await moves(database, clock, clock.at, LADDER[2])

    assert [at for at, _ in await sent(database)] == [LADDER[2]]


@pytest.mark.parametrize(
    ("late", "goes"),
    [(-SECOND, False), (timedelta(0), True), (119 * SECOND, True), (120 * SECOND, False)],
    ids=["a second early", "in time", "a second left", "over"],
)
async def test_a_hold_is_told_of_two_minutes_before_its_end_and_never_after_it(
    database: Database, clock: SetClock, late: timedelta, goes: bool
) -> None:
    await holds(database, clock)

    await moves(database, clock, MONDAY_07_00 + timedelta(minutes=8) + late)

    assert len(await sent(database)) == goes


async def test_a_hold_that_is_confirmed_is_not_told_of(database: Database, clock: SetClock) -> None:
    await refers(database, clock)

    await moves(database, clock, MONDAY_07_00 + timedelta(minutes=8))

    assert await kinds(database) == []


async def test_the_word_of_a_hold_is_of_use_until_its_end(database: Database, clock: SetClock) -> None:
    await holds(database, clock)

    await moves(database, clock, MONDAY_07_00 + timedelta(minutes=8), MONDAY_07_00 + timedelta(minutes=9))

    rows = select(delivery.c.useful_until).join(notice, notice.c.id == delivery.c.notice_id)
    found = await database.read(
        lambda tx: tx.conn.execute(rows.where(notice.c.kind == "hold_ends")).scalars().all()
    )
    assert found == [MONDAY_07_00 + timedelta(minutes=10)]


async def test_who_has_access_is_reminded_on_its_last_evening(database: Database, clock: SetClock) -> None:
    await database.write(lambda tx: settle(tx, 2))
    evening = on(date(2026, 11, 25), 19)

    await moves(database, clock, MONDAY_07_00, evening - SECOND, evening, evening + SECOND)

    [(at, text)] = await sent(database)
    assert at == evening
    assert "26.11.2026\N{NO-BREAK SPACE}07:00" in text


async def test_who_has_taken_a_seat_or_whose_access_is_over_is_not(
    database: Database, clock: SetClock
) -> None:
    await refers(database, clock)

    await moves(database, clock, on(date(2026, 11, 25), 19))

    assert await kinds(database) == []
    seen = await database.read(lambda tx: tx.conn.execute(select(access.c.reminded_at)).scalar_one())
    assert seen == clock.at


async def test_the_facts_name_the_day_the_extension_and_until_when_it_is_of_use(
    database: Database, clock: SetClock
) -> None:
    family = await refers(database, clock)

    await moves(database, clock, LADDER[0])

    told = await facts(database, family.town.people.parent_id)
    assert (told["extend"], told["through"]) == (family.referrals[0], MONDAY.isoformat())
    assert datetime.fromisoformat(told["until"]) == LADDER[1]
