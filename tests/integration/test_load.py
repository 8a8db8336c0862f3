"""A file describes territories, policies, kindergartens and groups; loading it twice is loading it once."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.loading.apply import Loaded, load_file
from bot.loading.faults import FileRefused
from domain.policy import Policy
from domain.policy_data import from_data
from domain.policy_terms import ReferralMode
from storage.database import Database
from storage.tables import child_group, kindergarten, policy, territory
from storage.transaction import Transaction

GOOD = """\
[[territory]]
code = "city"
parent = "region"
kind = "city"
names = { kk = "Қала", ru = "Город", en = "City" }
latitude = 43.3
longitude = 68.27

[[territory]]
code = "region"
kind = "region"
names = { kk = "Облыс", ru = "Область", en = "Region" }

[[policy]]
territory = "region"
since = 2019-01-01
referral_mode = "activated"
publish_at = 17:30:00

[policy.contact_centre]
phone = "+7 725 330 00 00"

[[kindergarten]]
code = "city-amina"
territory = "city"
name = "Амина"
ownership = "private"
address = "Көше 1"

[[kindergarten.group]]
code = "sun"
name = "Солнце"
language = "ru"
birth_years = [2021, 2022]
capacity = 23
"""


def written(tx: Transaction) -> dict[str, list[dict[str, Any]]]:
    """Everything that a file can bring, as it stands in the database."""
    tables = (territory, policy, kindergarten, child_group)
    return {
        table.name: [dict(row) for row in tx.conn.execute(select(table).order_by(table.c.id)).mappings()]
        for table in tables
    }


async def test_a_file_is_loaded(database: Database) -> None:
    loaded = await load_file(database, GOOD.encode())

    assert loaded == Loaded(territories=2, policies=1, kindergartens=1, groups=1)
    found = await database.read(written)
    by_code = {row["code"]: row for row in found["territory"]}
    assert by_code["city"]["parent_id"] == by_code["region"]["id"]
    assert found["kindergarten"][0]["languages"] == ["ru"]
    assert found["child_group"][0]["birth_years"] == [2022, 2021]


async def test_rules_that_are_left_out_are_the_usual_ones(database: Database) -> None:
    await load_file(database, GOOD.encode())

    found = await database.read(written)
    rules = from_data(found["policy"][0]["data"])
    assert (rules.referral_mode, rules.publish_at.isoformat()) == (ReferralMode.ACTIVATED, "17:30:00")
    assert rules.hold == Policy().hold


async def test_loading_twice_is_loading_once(database: Database) -> None:
    await load_file(database, GOOD.encode())
    before = await database.read(written)

    await load_file(database, GOOD.encode())

    assert await database.read(written) == before


async def test_loading_again_changes_what_is_different_and_keeps_what_is_left_out(database: Database) -> None:
    await load_file(database, GOOD.encode())

    await load_file(database, GOOD.partition("[[policy]]")[0].replace("Город", "Город Туркестан").encode())

    found = await database.read(written)
    assert sorted(row["name_ru"] for row in found["territory"]) == ["Город Туркестан", "Область"]
    assert len(found["kindergarten"]) == 1


@pytest.mark.parametrize(
    ("wrong", "right", "fault"),
    [
        ("capacity = 23", "capacity = 0",
         "line 35: kindergarten.group.capacity: input should be greater than or equal to 1"),
        ('language = "ru"\nbirth', "birth",
         "line 30: kindergarten.group.language: field required"),
        ('kind = "city"', 'kind = "town"',
         "line 4: territory.kind: input should be 'region', 'district', 'city', 'city_district', "
         "'settlement' or 'village'"),
        ("latitude = 43.3\n", "", "line 1: territory: latitude and longitude go together"),
        ("latitude = 43.3", 'latitude = "43.3"',
         "line 6: territory.latitude: input should be a valid number"),
        ('address = "', 'adress = "', "line 28: kindergarten.adress: extra inputs are not permitted"),
        ('mode = "activated"', 'mode = "later"', "line 17: policy: referral_mode: not a choice"),
        ("[policy.contact_centre]\nphone", "[policy.contact_centre]\nfax",
         "line 21: policy: contact_centre.fax: unknown field"),
        ('parent = "region"', 'parent = "rayon"', "line 3: territory.parent: there is no territory rayon"),
        ('parent = "region"', 'parent = "city"', "line 3: territory.parent: city would lie in itself"),
        ('territory = "city"', 'territory = "town"',
         "line 25: kindergarten.territory: there is no territory town"),
        ('territory = "city"', 'territory = "region"',
         "line 25: kindergarten.territory: other territories lie in region: only a leaf has kindergartens"),
        ('code = "region"', 'code = "city"', "line 10: territory.code: stands in line 2 already"),
        ("capacity = 23", "capacity = ", "line 35: invalid value"),
    ],
)  # fmt: skip
async def test_a_bad_file_changes_nothing_and_says_line_and_reason(
    sqlite: Database, wrong: str, right: str, fault: str
) -> None:
    bad = GOOD.replace(wrong, right)

    with pytest.raises(FileRefused) as refused:
        await load_file(sqlite, bad.encode())

    assert [str(each) for each in refused.value.faults] == [fault]
    assert await sqlite.read(written) == {
        "territory": [],
        "policy": [],
        "kindergarten": [],
        "child_group": [],
    }


async def test_every_fault_is_told_at_once(sqlite: Database) -> None:
    bad = GOOD.replace("capacity = 23", "capacity = 0").replace("latitude = 43.3", "latitude = 143.3")

    with pytest.raises(FileRefused) as refused:
        await load_file(sqlite, bad.encode())

    assert [fault.line for fault in refused.value.faults] == [6, 35]


async def test_what_is_not_text_is_told_with_its_line(sqlite: Database) -> None:
    with pytest.raises(FileRefused) as refused:
        await load_file(sqlite, b"# one\n# two \xff\n")

    assert [str(fault) for fault in refused.value.faults] == ["line 2: is not UTF-8"]


async def test_nothing_can_be_put_inside_a_territory_that_has_kindergartens(sqlite: Database) -> None:
    await load_file(sqlite, GOOD.encode())
    more = '[[territory]]\ncode = "block"\nparent = "city"\nkind = "city_district"\n'
    more += 'names = { kk = "а", ru = "б", en = "c" }\n'

    with pytest.raises(FileRefused) as refused:
        await load_file(sqlite, more.encode())

    assert [str(fault) for fault in refused.value.faults] == [
        "line 3: territory.parent: city has kindergartens: nothing can lie inside it"
    ]


async def test_a_big_file_is_loaded_whole(database: Database) -> None:
    groups = "".join(
        f'[[kindergarten.group]]\ncode = "g{n}"\nname = "Топ"\nlanguage = "kk"\n'
        "birth_years = [2022]\ncapacity = 20\n"
        for n in range(450)
    )

    await load_file(database, (GOOD + groups).encode())

    assert len((await database.read(written))["child_group"]) == 451
