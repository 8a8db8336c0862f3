"""Sessions, forms that come twice, the reach of rights and the audit, on both databases."""

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from bot import second_step
from bot.clock import real_now
from bot.tidying import forget_old_sessions
from domain.sign_in_lock import FIRST
from storage import (
    audit,
    half_sessions,
    open_sessions,
    staff,
    staff_forms,
    staff_locks,
    staff_logins,
    staff_reach,
    staff_sessions,
)
from storage.database import Database
from storage.staff_reach import Reach
from storage.staff_sessions import IDLE, LONGEST
from storage.tables import audit as audit_rows
from storage.tables import bulletin, child_group, kindergarten, staff_session
from storage.tables import staff as staff_rows
from storage.transaction import Transaction
from tests.fakes.authenticator import Authenticator
from tests.integration.rows import add_bulletin, add_territory

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def somebody(tx: Transaction, login: str = "amina", role: str = "kindergarten", **rights: Any) -> int:
    own: dict[str, Any] = {"territories": [], "kindergartens": []} | rights
    return staff.add(tx, login=login, password_hash="hash", role=role, language="kk", at=NOW, **own)


def house_in(tx: Transaction, territory_id: int) -> int:
    group = (
        select(child_group.c.kindergarten_id)
        .join(bulletin, bulletin.c.group_id == child_group.c.id)
        .where(bulletin.c.id == add_bulletin(tx, territory_id))
    )
    return int(tx.conn.execute(group).scalar_one())


async def test_a_session_is_found_by_its_token_alone_and_the_token_is_not_kept(database: Database) -> None:
    def begin(tx: Transaction) -> str:
        return staff_sessions.start(tx, somebody(tx), NOW, "10.0.0.1")

    token = await database.write(begin)

    found = await database.read(lambda tx: staff_sessions.find(tx, token, NOW))
    nobody = await database.read(lambda tx: staff_sessions.find(tx, token[:-1] + "_", NOW))
    kept = await database.read(lambda tx: tx.conn.execute(select(staff_session)).mappings().one())
    assert found is not None
    assert (found.login, found.role, found.language) == ("amina", "kindergarten", "kk")
    assert nobody is None
    assert token not in repr(dict(kept))


@pytest.mark.parametrize(
    ("seen_after", "asked_after", "is_there"),
    [
        (timedelta(), IDLE - SECOND, True),
        (timedelta(), IDLE, False),
        (IDLE / 2, IDLE, True),
        (LONGEST - SECOND, LONGEST - SECOND, True),
        (LONGEST - SECOND, LONGEST, False),
    ],
)
async def test_a_session_ends_after_an_idle_hour_and_after_twelve_hours_of_work(
    database: Database, seen_after: timedelta, asked_after: timedelta, is_there: bool
) -> None:
    def work(tx: Transaction) -> bool:
        token = staff_sessions.start(tx, somebody(tx), NOW, None)
        session = staff_sessions.find(tx, token, NOW)
        assert session is not None
        staff_sessions.seen(tx, session, NOW + seen_after)
        return staff_sessions.find(tx, token, NOW + asked_after) is not None

    assert await database.write(work) is is_there


async def test_a_session_ends_with_signing_out_and_with_the_login(database: Database) -> None:
    def work(tx: Transaction) -> tuple[bool, bool, bool]:
        who = somebody(tx)
        out, disabled = (staff_sessions.start(tx, who, NOW, None) for _ in range(2))
        staff_sessions.end(tx, out)
        before = staff_sessions.find(tx, disabled, NOW) is not None
        tx.conn.execute(staff_rows.update().values(disabled_at=NOW))
        after = (
            staff_sessions.find(tx, disabled, NOW) is not None or staff_logins.find(tx, "amina") is not None
        )
        return staff_sessions.find(tx, out, NOW) is not None, before, after

    assert await database.write(work) == (False, True, False)


async def test_sessions_and_forms_that_are_over_are_forgotten(database: Database) -> None:
    def work(tx: Transaction) -> tuple[int, int, bool]:
        who = somebody(tx)
        staff_sessions.start(tx, who, NOW, None)
        fresh = staff_sessions.start(tx, who, NOW + IDLE, None)
        staff_forms.begin(tx, b"old", NOW)
        staff_forms.begin(tx, b"new", NOW + IDLE)
        gone = staff_sessions.forget_over(tx, NOW + IDLE), staff_forms.forget_before(tx, NOW + IDLE)
        return *gone, staff_sessions.find(tx, fresh, NOW + IDLE) is not None

    assert await database.write(work) == (1, 1, True)


async def test_of_two_equal_forms_at_once_one_has_its_effect(database: Database) -> None:
    def send(number: int, tx: Transaction) -> str | None:
        key = staff_forms.key_of(b"session", "a form")
        led_to = staff_forms.begin(tx, key, NOW)
        if led_to is None:
            staff_forms.finish(tx, key, f"/console/{number}")
        return led_to

    answers = await asyncio.gather(*(database.write(partial(send, number)) for number in range(4)))

    first = answers.index(None)
    assert sorted(each or "" for each in answers) == ["", *[f"/console/{first}"] * 3]


async def test_rights_reach_own_houses_or_everything_below_a_territory(database: Database) -> None:
    def work(tx: Transaction) -> None:
        region = add_territory(tx, "region")
        city, village = add_territory(tx, "city", region), add_territory(tx, "village", region)
        elsewhere = add_territory(tx, "elsewhere")
        in_city, in_village, other = (house_in(tx, each) for each in (city, village, elsewhere))
        secretary = somebody(tx, kindergartens=[in_city], territories=[elsewhere])
        officer = somebody(tx, "officer", "department", territories=[region])
        admin = somebody(tx, "admin", "admin", territories=[region], kindergartens=[in_city])

        assert staff_reach.of(tx, secretary, "kindergarten") == Reach(frozenset({in_city}))
        assert staff_reach.of(tx, officer, "department") == Reach(
            frozenset({in_city, in_village}), frozenset({region, city, village})
        )
        assert staff_reach.of(tx, admin, "admin") == Reach(
            frozenset({in_city, in_village}), frozenset({region, city, village})
        )
        everywhere = staff_reach.of(tx, somebody(tx, "operator", "operator"), "operator")
        assert everywhere.territories == {region, city, village, elsewhere}
        assert staff_reach.of(tx, somebody(tx, "nobody", "department"), "department") == Reach()
        assert other in set(tx.conn.execute(select(kindergarten.c.id)).scalars())

    await database.write(work)


async def test_entries_of_the_audit_follow_one_another_also_when_written_at_once(database: Database) -> None:
    def note(number: int, tx: Transaction) -> None:
        about = f"claim:{number}"
        audit.append(tx, at=NOW, actor="staff:1", what="activated", about=about, data={"number": number})

    await asyncio.gather(*(database.write(partial(note, number)) for number in range(6)))

    rows = await database.read(
        lambda tx: tx.conn.execute(select(audit_rows).order_by(audit_rows.c.id)).mappings().all()
    )
    before = audit.FIRST
    for row in rows:
        entry = {key: row[key] for key in ("at", "actor", "what", "about", "data", "from_where")}
        assert row["previous_hash"] == before
        assert row["hash"] == audit.hash_of(before, entry)
        before = row["hash"]
    assert len(rows) == 6


async def test_what_is_over_is_tidied_away_however_much_there_is(database: Database) -> None:
    long_ago = real_now() - 3 * LONGEST

    def begin(tx: Transaction) -> None:
        who = somebody(tx)
        for number in range(201):
            staff_sessions.start(tx, who, long_ago, None)
            staff_forms.begin(tx, number.to_bytes(2), long_ago)

    await database.write(begin)

    assert await forget_old_sessions(database) == 402


async def test_who_is_halfway_in_has_no_session_and_is_not_listed(database: Database) -> None:
    def work(tx: Transaction) -> tuple[bool, bool, int, bool, bool]:
        who = somebody(tx)
        half, whole = half_sessions.start(tx, who, NOW, "10.0.0.1"), staff_sessions.start(tx, who, NOW, None)
        found = half_sessions.find(tx, half, NOW)
        assert found is not None
        return (
            staff_sessions.find(tx, half, NOW) is None,
            half_sessions.find(tx, whole, NOW) is None,
            len(open_sessions.of_staff(tx, who, NOW)),
            half_sessions.end(tx, found),
            half_sessions.end(tx, found),
        )

    assert await database.write(work) == (True, True, 1, True, False)


async def test_the_sessions_of_one_are_ended_but_for_one_of_them(database: Database) -> None:
    def work(tx: Transaction) -> tuple[int, int, int]:
        who, other = somebody(tx), somebody(tx, "other")
        staff_sessions.start(tx, other, NOW, None)
        half_sessions.start(tx, who, NOW, "10.0.0.1")
        staff_sessions.start(tx, who, NOW, None)
        kept = staff_sessions.hash_of(staff_sessions.start(tx, who, NOW + SECOND, None))
        ended = open_sessions.end_all(tx, who, but=kept)
        [left] = open_sessions.of_staff(tx, who, NOW + SECOND)
        assert left.id_hash == kept
        return ended, open_sessions.end_all(tx, who), len(open_sessions.of_staff(tx, other, NOW))

    assert await database.write(work) == (2, 1, 1)


async def test_of_two_who_type_one_code_at_once_one_is_let_in(database: Database) -> None:
    def set_up(tx: Transaction) -> tuple[int, str]:
        who, session = somebody(tx), b"session"
        second_step.begin(tx, who, session)
        found = second_step.being_set_up(tx, who, session)
        assert found is not None
        app = Authenticator(found.secret)
        second_step.confirm(tx, who, session, app.shows(NOW), NOW)
        return who, app.shows(later)

    later = NOW + timedelta(seconds=30)
    who, code = await database.write(set_up)

    made = await asyncio.gather(
        *(database.write(partial(second_step.is_made, staff_id=who, typed=code, now=later)) for _ in range(4))
    )

    assert sorted(made) == [False, False, False, True]


async def test_of_many_wrong_passwords_at_once_each_counts(database: Database) -> None:
    who = await database.write(somebody)

    def wrong(tx: Transaction) -> None:
        staff_locks.write(tx, who, staff_locks.held(tx, who).after_wrong(NOW))

    await asyncio.gather(*(database.write(wrong) for _ in range(10)))
    lock = await database.write(lambda tx: staff_locks.held(tx, who))

    assert (lock.wrong, lock.until) == (10, NOW + FIRST)
