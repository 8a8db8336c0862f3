"""Telling many families at once: each what it would be told alone, in as many statements as one of them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import event, insert, select

from bot import clock_news
from bot.flows.telling import News, tell, tell_all
from domain.application import Happening, PauseCause
from domain.notice import Told
from domain.phone import Phone
from storage import applications, conversations, helpers, people
from storage.application_changes import pause, set_status
from storage.conversations import Entered
from storage.database import Database
from storage.submitting import submit
from storage.tables import access, delivery, message, notice, parent, seat_list
from storage.transaction import Transaction
from tests.fakes.clock import START
from tests.integration.queue_people import People
from tests.integration.rows import add, add_parent
from tests.integration.seat_town import Town

FACTS = {"number": 7, "application": 5, "child": "Айару", "until": (START + timedelta(days=3)).isoformat()}
Row = tuple[Any, ...]


def account(tx: Transaction, parent_id: int | None, address: str, language: str | None = None) -> Entered:
    """An account of a parent, or of nobody; the smaller its address, the older it is."""
    entered = conversations.enter(tx, "telegram", address)
    since = START + timedelta(microseconds=int(address) % 10)
    conversations.update_contact(
        tx, entered.contact_id, parent_id=parent_id, language=language, created_at=since
    )
    return entered


def with_two_accounts(tx: Transaction, number: int) -> News:
    parent_id = add_parent(tx)
    account(tx, parent_id, f"{number}1", "ru")
    account(tx, parent_id, f"{number}2")
    return News(parent_id=parent_id, kind=Told.ACCESS_OPENED, facts=FACTS, on_screens={"number": 8})


def by_sms(tx: Transaction, number: int) -> News:
    parent_id = add(tx, parent, language="ru", notice_way="sms", created_at=START)
    account(tx, parent_id, f"{number}3")
    for position in (1, 2):
        people.confirm_phone(tx, parent_id, position, Phone(f"+7701000{number}00{position}"), START)
    return News(parent_id=parent_id, kind=Told.HOLD_GONE, facts=FACTS | {"kindergarten": "K", "group": "1"})


def without_account(tx: Transaction, number: int) -> News:
    return News(parent_id=add_parent(tx), kind=Told.ACCESS_OPENED, facts=FACTS)


def signed_in_nowhere(tx: Transaction, number: int) -> News:
    parent_id = add_parent(tx)
    people.confirm_phone(tx, parent_id, 1, Phone(f"+7703000{number}001"), START)
    return News(parent_id=parent_id, kind=Told.ACCESS_OPENED, facts=FACTS)


def with_a_helper(tx: Transaction, number: int) -> News:
    parent_id = add_parent(tx)
    account(tx, parent_id, f"{number}4", "kk")
    helper_id = helpers.name(tx, parent_id, Phone(f"+7702000{number}001"), "Әже", START)
    assert helper_id is not None
    helpers.confirm(tx, helper_id, account(tx, None, f"{number}5", "en").contact_id, START)
    return News(parent_id=parent_id, kind=Told.ACCESS_OPENED, facts=FACTS)


def seen_on_the_screen(tx: Transaction, number: int) -> News:
    parent_id = add_parent(tx)
    here = account(tx, parent_id, f"{number}6").conversation_id
    account(tx, parent_id, f"{number}7")
    return News(parent_id=parent_id, kind=Told.WITHDRAWN, facts=FACTS, but_not_in=here)


FAMILIES: tuple[Callable[[Transaction, int], News], ...] = (
    with_two_accounts,
    by_sms,
    without_account,
    signed_in_nowhere,
    with_a_helper,
    seen_on_the_screen,
)


def one_by_one(tx: Transaction, many: list[News]) -> None:
    for each in many:
        further: dict[str, Any] = {"but_not_in": each.but_not_in, "on_screens": each.on_screens}
        tell(tx, each.parent_id, each.kind, tx.now, **further, **each.facts)


def inboxes(tx: Transaction, many: list[News]) -> list[Row]:
    """Of each family: what was told, and whether it counts as read."""
    found = select(notice.c.kind, notice.c.read_at)
    return [
        tuple(row)
        for each in many
        for row in tx.conn.execute(found.where(notice.c.parent_id == each.parent_id))
    ]


def sent(tx: Transaction) -> list[Row]:
    """What is to be delivered, in order."""
    found = (
        select(message.c.channel, message.c.kind, message.c.text, message.c.at, delivery.c.urgency)
        .join_from(message, delivery, delivery.c.message_id == message.c.id)
        .order_by(message.c.id)
    )
    return [tuple(row) for row in tx.conn.execute(found)]


async def test_told_together_each_is_told_as_if_alone(database: Database) -> None:
    def alone(tx: Transaction) -> tuple[list[Row], list[Row]]:
        families = [each(tx, 1) for each in FAMILIES]
        one_by_one(tx, families)
        return inboxes(tx, families), sent(tx)

    def together(tx: Transaction) -> tuple[list[Row], list[Row]]:
        families = [each(tx, 2) for each in FAMILIES]
        tell_all(tx, families, tx.now)
        return inboxes(tx, families), sent(tx)

    inboxes_alone, sent_alone = await database.write(alone)
    inboxes_together, sent_of_both = await database.write(together)

    assert inboxes_together == inboxes_alone
    assert sent_of_both == [*sent_alone, *sent_alone]
    assert [channel for channel, *_ in sent_alone] == ["telegram"] * 2 + ["sms"] * 2 + ["telegram"] * 3


async def test_several_things_for_one_family_come_in_their_order(database: Database) -> None:
    def work(tx: Transaction) -> list[str]:
        parent_id = add_parent(tx)
        account(tx, parent_id, "1", "en")
        numbers = (3, 1, 2)
        facts = [{**FACTS, "number": each} for each in numbers]
        many = [News(parent_id=parent_id, kind=Told.WITHDRAWN, facts=each) for each in facts]
        tell_all(tx, many, tx.now)
        return [row[2] for row in sent(tx)]

    texts = await database.write(work)

    assert [next(each for each in "123" if f"№\N{NO-BREAK SPACE}{each}" in text) for text in texts] == [
        "3",
        "1",
        "2",
    ]


def with_access(tx: Transaction, town: Town, many: int) -> None:
    """So many families, each with an account or a phone, of which none was told that a list is open."""
    opened = add(
        tx,
        seat_list,
        territory_id=town.territory_id,
        publish_at=START + timedelta(seconds=many),
        opens_at=START + timedelta(seconds=many),
        priority_ends_at=START + timedelta(days=3),
        access_made_at=START,
    )
    for number in range(many):
        parent_id = add_parent(tx)
        if number % 2:
            account(tx, parent_id, f"{opened}{number}")
        else:
            people.confirm_phone(tx, parent_id, 1, Phone(f"+7701{many:03}{number:04}"), START)
        new = town.people.application(tx, parent_id=parent_id)
        of = submit(tx, new).application_id
        row = {"list_id": opened, "application_id": of, "made_at": START}
        tx.conn.execute(insert(access).values(ends_at=START + timedelta(days=3), **row))


async def test_many_families_are_told_in_as_many_statements_as_two(database: Database) -> None:
    def statements(tx: Transaction, many: int) -> int:
        with_access(tx, Town(People.arrive(tx)), many)
        counted: list[str] = []
        event.listen(tx.conn, "before_cursor_execute", lambda *about: counted.append(about[2]))
        assert clock_news.access(tx) == many
        return len(counted)

    few = await database.write(lambda tx: statements(tx, 2))
    most = await database.write(lambda tx: statements(tx, clock_news.AT_ONCE))

    assert few == most < 20


async def test_only_who_still_waits_is_told_that_a_list_is_open(database: Database) -> None:
    def work(tx: Transaction) -> tuple[int, list[int], int]:
        with_access(tx, Town(People.arrive(tx)), 3)
        gone, paused, waits = tx.conn.execute(select(access.c.application_id)).scalars()
        set_status(tx, read(tx, gone), Happening.WITHDRAWN)
        pause(tx, read(tx, paused), PauseCause.BY_PARENT)
        taken = clock_news.access(tx)
        told = list(tx.conn.execute(select(notice.c.application_id)).scalars())
        return taken, told, waits

    taken, told, waits = await database.write(work)

    assert (taken, told) == (3, [waits])


def read(tx: Transaction, application_id: int) -> applications.Application:
    found = applications.find(tx, application_id)
    assert found is not None
    return found
