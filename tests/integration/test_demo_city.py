"""The demo's city as it stands in its database."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.demo.build import BuildClock, build
from bot.demo.city import NOTE, DemoBroken, DemoCity, prepare
from bot.demo.country import CITY, city_policy
from bot.demo.families import Family
from bot.demo.options import DemoOptions
from bot.demo.plan import DemoPlan, make_plan
from bot.demo.process import settings_of
from bot.settings import Role
from domain.application import QueueClass, QueueKind, Status
from domain.iin import Sex, make_iin
from domain.policy_terms import ContactHours, PublishOn, ReferralMode
from storage import applications, bulk_people, look_up, people, place_journal, policies, recount, territories
from storage.applications import Application
from storage.database import Database
from storage.keyring import Keyring
from storage.queue_places import PlaceNow, place_of
from storage.register_words import RegisterWords
from storage.submitting import NewApplication, submit
from storage.tables import access, staff
from storage.transaction import Transaction
from storage.url import file_of, parse_url
from storage.vault import Vault

AT = datetime(2019, 6, 26, 10, 19, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo of these tests lies."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture
async def city(folder: Path) -> DemoCity:
    """The demo on the day of the document, made once."""
    return await prepare(folder, AT)


@pytest.fixture
async def demo(city: DemoCity) -> AsyncIterator[Database]:
    """Its database."""
    vault = Vault(Keyring.from_secret(city.secret_key))
    database = await Database.open(city.url, vault, BuildClock(city.starts_at))
    yield database
    await database.close()


def family_of(plan: DemoPlan, story: str) -> Family:
    """The family of that story."""
    return next(family for family in plan.families if family.story.key == story)


async def stands(demo: Database, plan: DemoPlan, story: str) -> tuple[Application, PlaceNow]:
    """The first application of the family of that story, and where it stands."""
    number = plan.of_family[story][0].number

    def read(tx: Transaction) -> tuple[Application, PlaceNow]:
        row = applications.find_by_number(tx, number)
        assert row is not None
        place = place_of(tx, row.id)
        assert place is not None
        return row, place

    return await demo.read(read)


async def test_the_next_child_gets_place_391(demo: Database, city: DemoCity) -> None:
    def apply(tx: Transaction) -> int:
        newcomers = city.plan.newcomers["worked_case"]
        father, child = newcomers.parents[0], newcomers.children[0]
        territory_id = territories.find_by_code(tx, CITY)
        assert territory_id is not None
        words = RegisterWords("", "", "", child.birth_date, child.sex)
        submitted = submit(
            tx,
            NewApplication(
                child_id=people.child_for(tx, child, at=tx.now, words=words),
                parent_id=people.parent_for(tx, father, at=tx.now, language="kk", notice_way="messenger"),
                territory_id=territory_id,
                kind=QueueKind.GENERAL,
                birth_year=child.birth_date.year,
            ),
        )
        raise Undo(submitted.place)

    with pytest.raises(Undo) as undone:
        await demo.write(apply)

    assert undone.value.args == (391,)


async def test_what_the_environment_says_of_another_service_is_not_the_demos(
    city: DemoCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEZEK_ROLES", "delivery")
    monkeypatch.setenv("KEZEK_PUBLIC_URL", "https://elsewhere.example")
    monkeypatch.setenv("KEZEK_REDIS_URL", "redis://elsewhere")
    monkeypatch.setenv("KEZEK_DATABASE_URL", "postgresql+asyncpg://elsewhere/kezek")
    monkeypatch.setenv("KEZEK_FILES_URL", "s3://elsewhere")

    settings = settings_of(DemoOptions(at=None, port=8090, keep=None), city)

    assert (settings.roles, settings.redis_url, settings.database) == (frozenset(Role), None, city.url)
    assert settings.public == "http://localhost:8090"
    assert settings.files == (file_of(parse_url(city.url)).parent / "files").as_uri()


class Undo(Exception):
    """Ends a transaction without leaving anything of it."""


async def test_counters_and_journal_agree_with_a_plain_recount(demo: Database) -> None:
    assert await recount.recount(demo, repair=False) == []


async def test_a_place_has_moved_back_because_privileged_children_came(
    demo: Database, city: DemoCity
) -> None:
    row, _ = await stands(demo, city.plan, "moved")

    move = await demo.read(lambda tx: place_journal.explain(tx, row.id, row.told_sequence))

    assert move is not None
    assert move.before is not None
    assert move.after is not None
    assert move.after > move.before
    assert sum(reason.places for reason in move.reasons) == move.after - move.before
    privileged = {reason.queue_class for reason in move.reasons if reason.places > 0}
    assert privileged == {QueueClass.OUT_OF_QUEUE, QueueClass.FIRST_PRIORITY}


async def test_each_family_is_as_its_story_says(demo: Database, city: DemoCity) -> None:
    found = {
        story: (await stands(demo, city.plan, story))[0]
        for story in ("paused", "suspended", "large_family", "serviceman", "unknown_to_register")
    }

    assert found["paused"].pause_reason == "by_parent"
    assert found["suspended"].status is Status.SUSPENDED
    assert found["suspended"].suspended_until is not None
    assert found["suspended"].suspended_until > AT
    assert found["large_family"].queue_class is QueueClass.FIRST_PRIORITY
    assert found["serviceman"].queue_class is QueueClass.OUT_OF_QUEUE
    assert found["unknown_to_register"].unverified


async def test_both_parents_see_their_child_and_twins_are_two(demo: Database, city: DemoCity) -> None:
    parents = family_of(city.plan, "two_parents").parents
    mother_of_twins = family_of(city.plan, "twins").parents[0]

    def seen(tx: Transaction) -> list[int]:
        return [
            len(look_up.by_iin(tx, iin, None))
            for iin in (parents[0].iin, parents[1].iin, mother_of_twins.iin)
        ]

    assert await demo.read(seen) == [1, 1, 2]


async def test_every_listed_parent_can_be_sent_a_code(demo: Database, city: DemoCity) -> None:
    parents = [parent for family in city.plan.families for parent in family.parents]

    def phones(tx: Transaction) -> list[bool]:
        return [
            tuple(people.confirmed_phones(tx, people.find_parent_by_iin(tx, parent.iin) or 0))
            == parent.phones
            for parent in parents
        ]

    assert await demo.read(phones) == [True] * len(parents)


async def test_its_contact_centre_has_hours_and_operators_of_two_and_three_languages(
    demo: Database, city: DemoCity
) -> None:
    speak = select(staff.c.login, staff.c.languages).where(staff.c.role == "operator").order_by(staff.c.login)

    def hours(tx: Transaction) -> ContactHours | None:
        place = territories.find_by_code(tx, CITY)
        assert place is not None
        return policies.in_force(tx, place, city.starts_at).contact_centre.hours

    assert await demo.read(lambda tx: [tuple(row) for row in tx.conn.execute(speak)]) == [
        ("operator", "kk,ru,en"),
        ("operator-two", "kk,ru"),
    ]
    assert await demo.read(hours) == ContactHours(PublishOn.WORKING_DAYS, time(9), time(18))


async def test_a_kept_demo_is_gone_on_with(city: DemoCity, folder: Path) -> None:
    again = await prepare(folder, AT - timedelta(days=400))

    assert (again.url, again.secret_key, again.plan) == (city.url, city.secret_key, city.plan)
    assert again.starts_at >= AT


@pytest.mark.parametrize("note", ["{}", "", "[]", '{"at": "2026-11-20", "secret_key": "short"}', '{"at": 5}'])
async def test_a_folder_with_a_note_that_is_none_is_refused_and_left_alone(tmp_path: Path, note: str) -> None:
    (tmp_path / NOTE).write_text(note)

    with pytest.raises(DemoBroken) as broken:
        await prepare(tmp_path, AT)

    assert broken.value.note == tmp_path / NOTE
    assert [file.name for file in tmp_path.iterdir()] == [NOTE]


async def test_referrals_are_there_at_once_in_a_city_that_is_made_so(tmp_path: Path) -> None:
    made = await prepare(tmp_path, AT, ReferralMode.INSTANT)
    again = await prepare(tmp_path, AT)

    vault = Vault(Keyring.from_secret(again.secret_key))
    database = await Database.open(again.url, vault, BuildClock(AT))
    try:
        rules = await database.read(lambda tx: policies.in_force(tx, city_of(tx), AT))
    finally:
        await database.close()
    assert (made.url, rules.referral_mode) == (again.url, ReferralMode.INSTANT)


def city_of(tx: Transaction) -> int:
    """The city's id."""
    found = territories.find_by_code(tx, CITY)
    assert found is not None
    return found


async def test_a_demo_that_was_broken_off_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "kezek.db").write_bytes(b"half")

    city = await prepare(tmp_path, AT)

    assert city.starts_at == AT


@pytest.mark.postgresql
async def test_the_demo_fills_postgresql_too(postgresql_url: str, vault: Vault, tmp_path: Path) -> None:
    plan = make_plan(AT, city_policy(AT))

    await build(postgresql_url, vault, plan, (), tmp_path.as_uri())

    database = await Database.open(postgresql_url, vault, BuildClock(AT))
    assert await recount.recount(database, repair=False) == []
    await database.close()


async def test_people_written_at_once_are_found_like_any_other(database: Database) -> None:
    iin = make_iin(AT.date(), Sex.MALE, 5)
    assert iin is not None
    words = RegisterWords("Есенов", "Алмас", "", AT.date(), Sex.MALE)

    ids = await database.write(lambda tx: bulk_people.add_parents(tx, {iin: words}, tx.now))

    assert await database.read(lambda tx: people.find_parent_by_iin(tx, iin)) == ids[iin]


async def test_a_demo_that_begins_in_the_priority_of_its_list_has_the_first_and_told_them(
    tmp_path: Path,
) -> None:
    city = await prepare(tmp_path, datetime(2019, 6, 26, 0, 30, tzinfo=UTC))
    vault = Vault(Keyring.from_secret(city.secret_key))
    database = await Database.open(city.url, vault, BuildClock(city.starts_at))

    def read(tx: Transaction) -> list[tuple[datetime, datetime, datetime]]:
        found = select(access.c.made_at, access.c.ends_at, access.c.told_at)
        return [tuple(row) for row in tx.conn.execute(found)]

    first = await database.read(read)
    await database.close()
    opened = datetime(2019, 6, 21, 1, 0, tzinfo=UTC)
    assert set(first) == {(opened, datetime(2019, 6, 26, 1, 0, tzinfo=UTC), opened)}
