"""Territories with contact centres, people who ask, operators who answer."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from bot.centre import line as deeds
from bot.department.officer import Officer
from domain.policy import Policy
from domain.policy_data import to_data
from domain.policy_terms import ContactCentre, ContactHours, PublishOn
from storage import conversations, staff, staff_sessions
from storage.centre import assigning, line
from storage.centre.line import HelpRequest
from storage.tables import policy, territory
from storage.transaction import Transaction
from tests.fakes.clock import START
from tests.integration.rows import add

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
REALLY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
HOURS = ContactHours(PublishOn.WORKING_DAYS, time(9), time(18))
FRIDAY_18_00 = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)
MONDAY_09_00 = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def build(tx: Transaction) -> dict[str, int]:
    """A region with a contact centre; one of its towns has a centre of its own."""
    ids: dict[str, int] = {}
    for code, above in (("region", None), ("town", "region"), ("village", "region"), ("city", "region")):
        row = {"code": code, "kind": "city", "name_kk": code, "name_ru": code, "name_en": code}
        ids[code] = add(tx, territory, **row, parent_id=ids[above] if above else None)
    for code in ("region", "city"):
        rules = to_data(Policy(contact_centre=ContactCentre(hours=HOURS)))
        add(tx, policy, territory_id=ids[code], in_force_from=START - timedelta(days=9), data=rules)
    return ids


def chat(tx: Transaction, address: str) -> int:
    return conversations.enter(tx, "telegram", address).conversation_id


def ask(tx: Transaction, address: str, place: int | None, language: str = "kk") -> HelpRequest:
    """Somebody asks; the question as it then stands."""
    conversation_id = chat(tx, address)
    line.open_request(tx, conversation_id, place, language, tx.now)
    locked = line.lock_live(tx, conversation_id)
    assert locked is not None
    return assigning.assign(tx, locked, REALLY)


def of(tx: Transaction, conversation_id: int) -> HelpRequest:
    found = line.live_of(tx, conversation_id)
    assert found is not None
    return found


def operator(
    tx: Transaction,
    login: str,
    territories: Sequence[int] = (),
    speaks: Sequence[str] = ("kk", "ru"),
    *,
    on: bool = True,
    role: str = "operator",
    signed_in: bool = True,
) -> Officer:
    """An operator who is signed in and on duty."""
    staff_id = staff.add(
        tx,
        login=login,
        password_hash="",
        role=role,
        language="kk",
        territories=territories,
        kindergartens=(),
        at=tx.now,
        speaks=speaks,
    )
    officer = Officer(staff_id, "operator")
    if signed_in:
        staff_sessions.start(tx, staff_id, REALLY, None)
    if on:
        deeds.on_duty(tx, officer, True)
    return officer
