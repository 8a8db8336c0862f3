"""How the databases find what the inbox shows: by the indexes made for it, however much else there is."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from storage.centre import inbox, inbox_people
from storage.centre.inbox import Filters, Found, Key
from storage.centre.inbox_people import Within
from storage.centre.inbox_rows import rows
from storage.database import Database
from storage.transaction import Transaction
from tests.fakes.clock import START
from tests.integration.made_up_chats import add_chat, add_operator, waits
from tests.integration.plans import Work, asked_by, plans, steps
from tests.integration.rows import add_territory

MANY = 400


def _filled(tx: Transaction) -> tuple[list[int], int]:
    places = [add_territory(tx, f"place {number}") for number in range(4)]
    me = add_operator(tx)
    for number in range(MANY):
        chat = add_chat(tx, places[number % 4], at=tx.now - timedelta(minutes=number))
        if number % 40 == 0:
            waits(tx, chat, minutes=number, assigned_to=me if number % 80 == 0 else None)
    return places, me


def _scans(dialect: str, plan: str) -> list[str]:
    """The tables that are read from end to end."""
    begins: tuple[str, ...] = (
        "SCAN conversation",
        "SCAN message",
        "SCAN contact",
        "SCAN delivery",
        "SCAN inner_conversation",
    )
    if dialect == "postgresql":
        begins = tuple(f"Seq Scan on {name}" for name in ("conversation", "message", "contact", "delivery"))
    return [each for each in begins if each in plan]


@pytest.mark.parametrize("filters", [Filters(), Filters(language="ru")], ids=["all", "russian"])
async def test_no_list_reads_a_whole_table(database: Database, filters: Filters) -> None:
    def work(tx: Transaction) -> dict[str, list[str]]:
        places, me = _filled(tx)
        if tx.dialect == "postgresql":
            tx.conn.execute(text("ANALYZE"))
            tx.conn.execute(text("SET LOCAL enable_seqscan = off"))  # the tables are small here
        within = Within(places)
        lists: dict[str, Work] = {
            "team": lambda tx: inbox.of_territories(tx, places, filters),
            "waiting": lambda tx: inbox_people.waiting(tx, within, filters),
            "mine": lambda tx: inbox_people.mine(tx, within, me, filters),
            "failed": lambda tx: inbox_people.failed(tx, within, filters),
            "count": lambda tx: inbox_people.how_many_wait(tx, within),
            "rows": lambda tx: rows(tx, inbox.of_territories(tx, places, filters).ids, START),
        }
        return {
            name: [scan for plan in plans(tx, each) for scan in _scans(tx.dialect, plan)]
            for name, each in lists.items()
        }

    found = await database.write(work)

    assert {name: scans for name, scans in found.items() if scans} == {}


async def test_the_newest_of_each_territory_are_walked_by_their_index(database: Database) -> None:
    def work(tx: Transaction) -> str:
        places, _ = _filled(tx)
        if tx.dialect == "postgresql":
            tx.conn.execute(text("ANALYZE"))
        [plan] = plans(tx, lambda tx: inbox.of_territories(tx, places, Filters()))
        return plan

    assert "ix_conversation_territory" in await database.write(work)


@pytest.mark.postgresql
async def test_postgresql_reads_no_more_of_a_territory_than_a_page(postgres: Database) -> None:
    def work(tx: Transaction) -> int:
        places, _ = _filled(tx)
        tx.conn.execute(text("ANALYZE"))
        [asked] = asked_by(tx, lambda tx: inbox.of_territories(tx, places, Filters(), most=5))
        every = steps(tx, *asked)
        scans = [each for each in every if each.get("Index Name") == "ix_conversation_territory"]
        return max(int(each["Actual Rows"]) for each in scans)

    assert await postgres.write(work) <= 6


async def test_a_filtered_page_looks_at_few_of_each_of_many_territories(postgres: Database) -> None:
    def work(tx: Transaction) -> tuple[int, list[float], float]:
        places = [add_territory(tx, f"place {number}") for number in range(40)]
        for number in range(10 * len(places)):
            add_chat(tx, places[number % 40], at=tx.now - timedelta(minutes=number), language="ru")
        tx.conn.execute(text("ANALYZE"))
        russian = Filters(language="ru")
        found: list[Found] = []
        asked = asked_by(tx, lambda tx: found.append(inbox.of_territories(tx, places, russian)))
        every = [step for each in asked for step in steps(tx, *each)]
        walked = [each for each in every if each.get("Index Name") == "ix_conversation_territory"]
        of_each = [each["Actual Rows"] for each in walked if each["Actual Loops"] > 1]
        contacts = [each["Actual Loops"] for each in every if each.get("Relation Name") == "contact"]
        return len(found[0].ids), of_each, max(contacts)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inbox, "LOOKED_AT", 100)
        patch.setattr(inbox, "AT_LEAST", 3)
        assert await postgres.write(work) == (inbox.SHOWN, [3], inbox.SHOWN + 1)


async def test_of_those_who_wait_no_more_are_read_than_a_page_has(postgres: Database) -> None:
    def work(tx: Transaction) -> tuple[list[str], list[float]]:
        place = add_territory(tx)
        for number in range(MANY):
            waits(tx, add_chat(tx, place), minutes=number)
        tx.conn.execute(text("ANALYZE"))
        behind = Key(tx.now - timedelta(minutes=MANY / 2), 0)
        [asked] = asked_by(
            tx, lambda tx: inbox_people.waiting(tx, Within([place]), Filters(), behind, most=5)
        )
        every = steps(tx, *asked)
        scans = [each for each in every if each.get("Index Name") == "ix_help_request_waiting"]
        kinds = [each["Node Type"] for each in every]
        return [each for each in kinds if each == "Sort"], [each["Actual Rows"] for each in scans]

    assert await postgres.write(work) == ([], [6])


async def test_sqlite_walks_those_who_wait_in_their_order(sqlite: Database) -> None:
    def work(tx: Transaction) -> str:
        [plan] = plans(tx, lambda tx: inbox_people.waiting(tx, Within([1]), Filters()))
        return plan

    plan = await sqlite.write(work)

    assert "USING COVERING INDEX ix_help_request_waiting ((waits_since,conversation_id)>(?,?))" in plan
    assert "TEMP B-TREE" not in plan
