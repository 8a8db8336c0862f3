"""Kindergartens listed, found and described."""

from storage import kindergartens, loading
from storage.database import Database
from storage.tables import child_group, kindergarten
from storage.transaction import Transaction
from tests.integration.gardens import add_garden, add_group
from tests.integration.rows import add_territory

NAMES = ("Қуаныш", "Балапан", '"Әлия" балабақшасы', "Ақбота", "№ 12 бөбекжай", "Ханзада", "Алтын бесік")
IN_ORDER = ("№ 12 бөбекжай", "Ақбота", '"Әлия" балабақшасы', "Алтын бесік", "Балапан", "Ханзада", "Қуаныш")


def town(tx: Transaction) -> int:
    """A territory with these, one that is closed, and a neighbour with another."""
    here, there = add_territory(tx), add_territory(tx, "neighbour")
    for name in NAMES:
        add_garden(tx, here, name)
    closed = add_garden(tx, here, "Жабық")
    tx.conn.execute(kindergarten.update().where(kindergarten.c.id == closed).values(closed_at=tx.now))
    add_garden(tx, there, "Бөтен")
    return here


async def test_pages_follow_one_another_by_name_and_leave_nobody_out(database: Database) -> None:
    here = await database.write(town)

    def leaf(tx: Transaction) -> list[str]:
        found: list[str] = []
        page = kindergartens.page(tx, here, 3)
        while page:
            found += [each.name for each in page]
            page = kindergartens.page(tx, here, 3, page[-1].id)
        return found

    assert tuple(await database.read(leaf)) == IN_ORDER
    assert await database.read(lambda tx: kindergartens.count(tx, here)) == len(NAMES)


async def test_names_alike_are_told_apart_by_the_page_they_end(database: Database) -> None:
    def fill(tx: Transaction) -> int:
        here = add_territory(tx)
        for number in range(5):
            add_garden(tx, here, "Балапан", code=f"balapan-{number}")
        return here

    def leaf(tx: Transaction, here: int) -> list[int]:
        found = [each.id for each in kindergartens.page(tx, here, 2)]
        while page := kindergartens.page(tx, here, 2, found[-1]):
            found += [each.id for each in page]
        return found

    here = await database.write(fill)

    assert len(set(await database.read(lambda tx: leaf(tx, here)))) == 5


async def test_after_what_is_not_there_or_elsewhere_comes_nothing(database: Database) -> None:
    here = await database.write(town)

    def pages(tx: Transaction) -> list[int]:
        foreign = loading.kindergarten_ids(tx)["Бөтен"]
        return [len(kindergartens.page(tx, here, 9, edge)) for edge in (7, foreign)]

    assert await database.read(pages) == [0, 0]


async def test_the_nearest_come_first_and_what_has_no_place_is_left_out(database: Database) -> None:
    def fill(tx: Transaction) -> int:
        here = add_territory(tx)
        add_garden(tx, here, "north", latitude=43.31, longitude=68.25)
        # A degree of longitude is shorter than one of latitude: this one is nearer.
        add_garden(tx, here, "east", latitude=43.30, longitude=68.263)
        add_garden(tx, here, "here", latitude=43.30, longitude=68.25)
        add_garden(tx, here, "nowhere")
        return here

    here = await database.write(fill)

    def near(tx: Transaction, limit: int, skipped: int = 0) -> list[str]:
        return [each.name for each in kindergartens.nearest(tx, here, 43.30, 68.25, limit, skipped)]

    assert await database.read(lambda tx: near(tx, 9)) == ["here", "east", "north"]
    assert await database.read(lambda tx: near(tx, 1, 1)) == ["east"]
    assert await database.read(lambda tx: near(tx, 9, 3)) == []


async def test_names_are_kept_as_they_sound_and_change_with_the_name(database: Database) -> None:
    def renamed(tx: Transaction) -> list[str]:
        here = add_territory(tx)
        garden = add_garden(tx, here, "Қуаныш балабақшасы")
        before = kindergartens.names(tx, here)[garden]
        add_garden(tx, here, "Шұғыла", code="Қуаныш балабақшасы")
        return [before, *kindergartens.names(tx, here).values()]

    assert await database.write(renamed) == ["kuanish", "shugila"]


async def test_a_passport_tells_what_is_known(database: Database) -> None:
    told = {
        "ownership": "private",
        "address": "Тәуке хан, 7",
        "phone": "+7 725 335 51 01",
        "hours": "08:00–18:30",
        "website": "https://amina.example/",
        "description": {"kk": "Жақсы", "ru": "Хороший", "en": "Good"},
        "languages": ["kk", "ru"],
        "latitude": 43.3,
        "longitude": 68.25,
    }

    def fill(tx: Transaction) -> kindergartens.Passport | None:
        garden = add_garden(tx, add_territory(tx), "Амина", **told)
        add_group(tx, garden, "Ересек", birth_years=[2021, 2020], capacity=20)
        add_group(tx, garden, "Кіші", birth_years=[2023, 2024])
        gone = add_group(tx, garden, "Жабық")
        tx.conn.execute(child_group.update().where(child_group.c.id == gone).values(closed_at=tx.now))
        return kindergartens.passport(tx, garden)

    passport = await database.write(fill)

    assert passport is not None
    assert {name: getattr(passport, name) for name in told.keys() - {"latitude", "longitude"}} == {
        name: value for name, value in told.items() if name not in ("latitude", "longitude")
    }
    assert passport.point == (43.3, 68.25)
    assert [(each.name, each.capacity) for each in passport.groups] == [("Кіші", 25), ("Ересек", 20)]
    assert passport.capacity == 45


async def test_of_what_nobody_has_told_a_passport_says_nothing(database: Database) -> None:
    def fill(tx: Transaction) -> kindergartens.Passport | None:
        return kindergartens.passport(tx, add_garden(tx, add_territory(tx), "Амина"))

    passport = await database.write(fill)

    assert passport is not None
    known = (passport.address, passport.point, passport.picture_file_id, passport.closed_at)
    assert (known, passport.description, list(passport.groups)) == ((None,) * 4, {}, [])


async def test_there_is_no_passport_of_what_never_was(database: Database) -> None:
    assert await database.read(lambda tx: kindergartens.passport(tx, 7)) is None


async def test_some_come_in_the_order_they_were_asked_for(database: Database) -> None:
    here = await database.write(town)

    def asked(tx: Transaction) -> bool:
        ids = [each.id for each in kindergartens.page(tx, here, 9)][::-1]
        return [each.id for each in kindergartens.some(tx, [*ids, 7])] == ids

    assert await database.read(asked)
