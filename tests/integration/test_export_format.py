"""The export says what docs/export.md says that it does: the same names, of every kind of record."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import select

from bot.exports.errand import ExportErrand
from bot.flows.telling import tell
from domain.alerts import Alert
from domain.application import QueueClass, QueueKind
from domain.notice import Deed, Told
from domain.phone import Phone
from domain.policy import Policy
from storage import alerts, department_tasks, helpers, journal
from storage.database import Database
from storage.department_tasks import TaskKind
from storage.files import FileStore
from storage.sealed_files import SealedFiles
from storage.submitting import submit
from storage.tables import (
    access,
    bulletin,
    child_group,
    extension,
    help_request,
    joining,
    privilege,
    referral,
    review,
    suspension,
)
from storage.transaction import Transaction
from tests.fakes.clock import SetClock
from tests.integration.erased_family import Family
from tests.integration.rows import TERMS, add, add_bulletin, add_child, add_claim, add_parent, add_seat
from tests.integration.test_export_errand import opened, request, sends

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "export.md"


def documented() -> dict[str, list[str]]:
    """The names of each record, in their order, by its heading."""
    parts = re.split(r"^### (\w+)[^\n]*$", DOCUMENT.read_text(), flags=re.MULTILINE)[1:]
    tables = zip(parts[::2], parts[1::2], strict=True)
    return {heading: re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) for heading, table in tables}


def everything_there_can_be(tx: Transaction, family: Family) -> None:
    """One of each record."""
    me, now, mine = family.parent, tx.now, family.application_id
    helpers.name(tx, me, Phone("+77015550909"), "Әже", now)
    tell(tx, me, Told.REGISTERED, now, application_id=mine, number=family.number, place=1)
    journal.note(tx, me, journal.by_staff(7), Deed.LOOKED, now)
    department_tasks.add(tx, TaskKind.NO_IIN, now, parent_id=me)
    asked = {"child_id": family.child, "parent_id": add_parent(tx), "state": "asked"}
    add(tx, joining, asked_at=now, ends_at=now, **asked)
    bulletin_id = add_bulletin(tx, family.territory)
    listed = tx.conn.execute(select(bulletin).where(bulletin.c.id == bulletin_id)).one()
    group = tx.conn.execute(select(child_group).where(child_group.c.id == listed.group_id)).one()
    add(tx, review, kindergarten_id=group.kindergarten_id, parent_id=me, stars=5, state="new", created_at=now)
    houses = frozenset({group.kindergarten_id})
    alerts.add(tx, me, Alert(territory_id=family.territory, houses=houses))
    add(tx, help_request, conversation_id=family.conversation, at=now, state="open")
    add(
        tx,
        suspension,
        child_id=family.child,
        territory_id=family.territory,
        kind=QueueKind.GENERAL.value,
        starts_at=now,
        ends_at=now,
    )
    add(tx, privilege, application_id=mine, kind="orphan", proof="register", state="lost", created_at=now)
    tx.conn.execute(
        access.insert().values(list_id=listed.list_id, application_id=mine, made_at=now, ends_at=now)
    )
    claimed = add_claim(tx, add_seat(tx, bulletin_id, 1), mine, family.child)
    issued = add(
        tx,
        referral,
        number=77,
        claim_id=claimed,
        issued_at=now,
        valid_through=date(2026, 11, 27),
        ends_at=now,
        terms=TERMS,
        state="referred",
    )
    add(tx, extension, referral_id=issued, days=3, state="granted", asked_at=now)
    before_us = replace(
        family.application(family.territory), child_id=add_child(tx), parent_id=add_parent(tx)
    )
    submit(tx, replace(before_us, queue_class=QueueClass.OUT_OF_QUEUE))


async def test_every_record_has_the_names_that_the_document_gives_it(
    database: Database, tmp_path: Path, clock: SetClock
) -> None:
    files = SealedFiles(FileStore((tmp_path / "files").as_uri()), database.vault)
    family = await database.write(Family)
    await database.write(lambda tx: everything_there_can_be(tx, family))
    await sends(database, files, family, b"%PDF")
    runner = ExportErrand(database, files)
    await runner.run(request(family, clock))
    clock.advance(Policy().hold)
    await runner.run(request(family, clock))

    [part] = await opened(database, files, family)
    data, talk = orjson.loads(part.read("data.json")), orjson.loads(part.read("conversation.json"))

    found = dict(records(data)) | {"messages": list(talk["messages"][0])}
    both = list(data)[:5]
    found["both"], found["data"] = both, list(data)[5:]
    assert list(talk) == [*both, "messages"]
    assert {name: sorted(names) for name, names in found.items()} == {
        name: sorted(names) for name, names in documented().items()
    }


def records(data: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Every kind of record in it, with its names."""
    found: list[tuple[str, list[str]]] = []
    for name, value in data.items():
        one = value[0] if isinstance(value, list) and value else value
        if isinstance(one, dict):
            found += [(name, list(one)), *records(one)]
    return found


@pytest.mark.parametrize("heading", ["person", "applications", "messages"])
def test_the_document_is_read_as_it_is_meant(heading: str) -> None:
    assert len(documented()[heading]) > 5
