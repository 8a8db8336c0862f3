"""A city with one full queue, and confirmed parents in it, each of whom writes from a chat of their own."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Table, insert

from benchmarks.telegram import CHATS, FIRST_CHAT
from bot.flows.consent import VERSION
from domain.application import QueueClass, QueueKind
from domain.iin import Iin, Sex, make_iin
from domain.policy import Policy
from domain.policy_data import to_data
from storage.bulk import fill_queue
from storage.ids import new_id
from storage.queues import queue_for
from storage.submitting import NewApplication
from storage.tables import child, contact, conversation, guardian, parent, policy, territory
from storage.transaction import Transaction

APPLICATIONS = 10_000
BIRTH_YEAR = 2023
LANGUAGES = ("kk", "ru", "en")
_NAMES = ("Айару", "Нұрислам", "Аяна", "Алихан", "Раяна", "Санжар")
Row = dict[str, Any]


def settle_in(tx: Transaction, chats: int = CHATS) -> None:
    """Write the city, the families and their queue. So many of the parents have a chat with us."""
    city = new_id()
    names = {"name_kk": "Қала", "name_ru": "Город", "name_en": "City"}
    _insert(tx, territory, [{"id": city, "code": "city", "kind": "city", **names}])
    _insert(tx, policy, [{"id": new_id(), "territory_id": city, **_usual_rules()}])
    parents = [_parent(tx, number) for number in range(APPLICATIONS)]
    children = [_child(tx, number) for number in range(APPLICATIONS)]
    _insert(tx, parent, parents)
    _insert(tx, child, children)
    guardians = [
        {"parent_id": whose["id"], "child_id": of["id"], "how": "applied", "since": tx.now}
        for whose, of in zip(parents, children, strict=True)
    ]
    _insert(tx, guardian, guardians)
    told = parents[:: APPLICATIONS // chats]
    contacts = [_contact(tx, city, number, whose["id"]) for number, whose in enumerate(told)]
    _insert(tx, contact, contacts)
    _insert(tx, conversation, [_conversation(each["id"]) for each in contacts])
    queue = queue_for(tx, city, QueueKind.GENERAL, BIRTH_YEAR)
    fill_queue(tx, queue, _applications(tx, city, parents, children))


def _usual_rules() -> Row:
    return {"in_force_from": datetime(2026, 1, 1, tzinfo=UTC), "data": to_data(Policy())}


def _insert(tx: Transaction, table: Table, rows: Sequence[Row]) -> None:
    tx.conn.execute(insert(table), rows)


def _parent(tx: Transaction, number: int) -> Row:
    return _person(tx, "parent", date(1990, 1, 1), number) | {
        "language": LANGUAGES[number % 3],
        "notice_way": "messenger",
        "verified_at": tx.now,
    }


def _child(tx: Transaction, number: int) -> Row:
    return _person(tx, "child", date(BIRTH_YEAR, 1, 1), number) | {"birth_year": BIRTH_YEAR}


def _person(tx: Transaction, table: str, first_day: date, number: int) -> Row:
    row_id, born = new_id(), first_day + timedelta(days=number % 365)
    sex = (Sex.FEMALE, Sex.MALE)[number % 2]
    fields = {
        "iin": _iin(born, sex, number).digits,
        "surname": "Серік",
        "name": _NAMES[number % len(_NAMES)],
        "birth_date": born.isoformat(),
    }
    sealed = {name: tx.vault.seal(table, row_id, name, value) for name, value in fields.items()}
    return {
        "id": row_id,
        "iin_index": tx.vault.blind("iin", fields["iin"]),
        **sealed,
        "sex": sex.value,
        "created_at": tx.now,
    }


def _iin(born: date, sex: Sex, number: int) -> Iin:
    """The first IIN there is: no two numbers share a day, a sex and a stretch of serials."""
    first = number // 365 * 3
    return next(iin for serial in range(first, first + 3) if (iin := make_iin(born, sex, serial)))


def _contact(tx: Transaction, city: int, number: int, parent_id: int) -> Row:
    return {
        "id": new_id(),
        "channel": "telegram",
        "address": str(FIRST_CHAT + number),
        "parent_id": parent_id,
        "language": LANGUAGES[number % 3],
        "territory_id": city,
        "consent_version": VERSION,
        "consent_at": tx.now,
        "created_at": tx.now,
    }


def _conversation(contact_id: int) -> Row:
    return {"id": new_id(), "contact_id": contact_id, "step_token": 0}


def _applications(
    tx: Transaction, city: int, parents: Sequence[Row], children: Sequence[Row]
) -> Iterator[NewApplication]:
    """One for each child, a minute after the other; one in forty with each privilege."""
    privileged = {0: QueueClass.OUT_OF_QUEUE, 1: QueueClass.FIRST_PRIORITY}
    for number, (whose, of) in enumerate(zip(parents, children, strict=True)):
        yield NewApplication(
            child_id=of["id"],
            parent_id=whose["id"],
            territory_id=city,
            kind=QueueKind.GENERAL,
            birth_year=BIRTH_YEAR,
            queue_class=privileged.get(number % 40, QueueClass.GENERAL),
            submitted_at=tx.now - timedelta(minutes=APPLICATIONS - number),
        )
