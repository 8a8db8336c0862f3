"""A small made-up world, written with the stores: a tree of territories, rules, queues, families.

The queue of the town for those born in 2024 has 1 of class 0, 4 of class 1 and 41 of class 2; the
places of the families stand in made_up.py and follow from [003] by counting on one's fingers.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from bot.ports.state_register import Person
from domain.application import Happening, QueueClass, QueueKind
from domain.iin import Sex
from domain.policy import Policy
from domain.policy_data import to_data
from domain.policy_terms import ContactCentre, ContactHours, PublishOn
from storage import applications, guardians, loading, people
from storage.application_changes import set_status
from storage.bulk import fill_queue
from storage.people import RegisterWords
from storage.queues import queue_for, read_queue
from storage.submitting import NewApplication, submit
from storage.tables.queues import COUNTED, application
from storage.transaction import Transaction
from tests.conversation.made_up import ALDABEKOVS, FAMILIES, OSPANOVS, TIKHONOVS, Child, Family, iin_of

START = datetime(2026, 11, 20, 11, 20, tzinfo=UTC)
"""Friday, 20.11.2026 16:20 in Kazakhstan."""
TOWN = "turkistan"
CROWD = iin_of(date(1985, 1, 1), Sex.FEMALE, 9000)
"""Whose children all the others are."""
CENTRE = ContactCentre(
    phone="+77253300300",
    whatsapp="+77015550900",
    hours=ContactHours(PublishOn.WORKING_DAYS, time(9), time(18, 30)),
    pages=("https://balabaqsha.example",),
)
# code, kind, parent, Kazakh, Russian, English, latitude, longitude
_PLACES = (
    ("region", "region", None, "Түркістан облысы", "Туркестанская область", "Turkistan region", None),
    (TOWN, "city", "region", "Түркістан", "Туркестан", "Turkistan", (43.297, 68.251)),
    ("kentau", "city", "region", "Кентау", "Кентау", "Kentau", (43.517, 68.505)),
    ("arys", "city", "region", "Арыс", "Арысь", "Arys", (42.430, 68.808)),
    ("saryagash", "district", "region", "Сарыағаш ауданы", "Сарыагашский район", "Saryagash district", None),
    ("saryagash-town", "city", "saryagash", "Сарыағаш", "Сарыагаш", "Saryagash", (41.459, 69.171)),
    ("saryagash-spring", "village", "saryagash", "Ақбұлақ", "Акбулак", "Akbulak", (41.52, 69.30)),
    ("sairam", "district", "region", "Сайрам ауданы", "Сайрамский район", "Sairam district", None),
    ("sairam-spring", "village", "sairam", "Ақбұлақ", "Акбулак", "Akbulak", (42.29, 69.90)),
    ("karabulak", "village", "sairam", "Қарабұлақ", "Карабулак", "Karabulak", (42.523, 69.81)),
    ("karabulaq-2", "village", "sairam", "Қарабұлан", "Карабулан", "Karabulan", (42.40, 69.70)),
    ("sozak", "district", "region", "Созақ ауданы", "Сузакский район", "Sozak district", None),
    ("sholak", "village", "sozak", "Шолаққорған", "Шолаккорган", "Sholakkorgan", (43.76, 69.17)),
    ("otyrar", "district", "region", "Отырар ауданы", "Отрарский район", "Otyrar district", None),
    ("shauildir", "village", "otyrar", "Шәуілдір", "Шаульдер", "Shauildir", (42.78, 68.36)),
    ("baidibek", "district", "region", "Бәйдібек ауданы", "Байдибекский район", "Baidibek district", None),
    (
        *("long", "village", "baidibek", "Алғабас-Жаңаталап-Бірлік", "Алгабас-Жанаталап-Бирлик"),
        *("Algabas-Zhanatalap-Birlik", (42.9, 69.9)),
    ),
    ("jetisai", "city", "region", "Жетісай", "Жетысай", "Zhetisai", (40.775, 68.327)),
)


@dataclass(frozen=True)
class World:
    """The ids of what was written."""

    territories: dict[str, int] = field(default_factory=dict)
    parents: dict[str, int] = field(default_factory=dict)
    applications: dict[int, int] = field(default_factory=dict)

    @property
    def town(self) -> int:
        """The town with the filled queues."""
        return self.territories[TOWN]

    def parent_of(self, family: Family) -> int:
        """The id of a family's parent."""
        return self.parents[family.parent.iin.digits]

    def application_of(self, child: Child) -> int:
        """The id of a child's application."""
        return self.applications[child.number]


def build(tx: Transaction) -> World:
    """Write it all."""
    world = World(_territories(tx))
    rules = {"territory_id": world.territories["region"], "in_force_from": START - timedelta(days=1000)}
    loading.put_policies(tx, [rules | {"data": to_data(Policy(contact_centre=CENTRE))}])
    crowd = people.parent_for(tx, CROWD, at=tx.now, language="kk", notice_way="messenger")
    for family in FAMILIES:
        world.parents[family.parent.iin.digits] = _parent(tx, family)
    since = START - timedelta(days=200)
    _crowd(tx, world, crowd, 2024, {0: 1, 1: 4, 2: 30}, since)
    _crowd(tx, world, crowd, 2023, {2: 7}, since)
    _apply(tx, world, ALDABEKOVS, 0, START - timedelta(days=100))
    _crowd_joins(tx, world, crowd, 2024, 9, START - timedelta(days=90))
    _apply(tx, world, TIKHONOVS, 0, START - timedelta(days=50), QueueClass.FIRST_PRIORITY)
    _apply(tx, world, TIKHONOVS, 1, START - timedelta(days=50))
    _apply(tx, world, OSPANOVS, 0, START - timedelta(days=40))
    return world


def join_queue(tx: Transaction, world: World, queue_class: QueueClass, number: int, year: int = 2024) -> None:
    """Children of the crowd join the queue of those born in a year, now."""
    crowd = people.find_parent_by_iin(tx, CROWD)
    assert crowd is not None
    joined = queue_for(tx, world.town, QueueKind.GENERAL, year)
    there = read_queue(tx, joined)
    assert there is not None
    for each in range(number):
        child_id = child_born(tx, year, 300 + there.sizes.total + each)
        submit(tx, _application(world, crowd, child_id, year, queue_class=queue_class))


def leave_queue(tx: Transaction, world: World, queue_class: QueueClass, number: int) -> None:
    """So many of a class withdraw from the queue of those born in 2024, the newest first."""
    there = queue_for(tx, world.town, QueueKind.GENERAL, 2024)
    newest = (
        select(application.c.id)
        .where(application.c.queue_id == there, application.c.queue_class == queue_class, COUNTED)
        .order_by(application.c.submitted_at.desc(), application.c.number.desc())
        .limit(number)
    )
    for each in tx.conn.execute(newest).scalars().all():
        found = applications.lock(tx, each)
        assert found is not None
        set_status(tx, found, Happening.WITHDRAWN)


def child_born(tx: Transaction, year: int, number: int) -> int:
    """The id of the crowd's n-th child of a year."""
    born = date(year, 1 + number % 12, 1 + number % 28)
    return people.child_for(tx, iin_of(born, Sex.FEMALE, 3000 + 10 * number), at=tx.now)


def _territories(tx: Transaction) -> dict[str, int]:
    """Each after the one it lies in."""
    for code, kind, parent, kk, ru, en, point in _PLACES:
        latitude, longitude = point or (None, None)
        row = {"code": code, "kind": kind, "parent_id": loading.territory_ids(tx)[parent] if parent else None}
        row |= {"name_kk": kk, "name_ru": ru, "name_en": en}
        loading.put_territories(tx, [row | {"latitude": latitude, "longitude": longitude}])
    return loading.territory_ids(tx)


def _parent(tx: Transaction, family: Family) -> int:
    parent_id = people.parent_for(tx, family.parent.iin, at=tx.now, language="kk", notice_way="messenger")
    for position, phone in enumerate(family.phones, start=1):
        people.confirm_phone(tx, parent_id, position, phone, START - timedelta(days=200))
    for child in family.children:
        child_id = people.child_for(tx, child.person.iin, at=tx.now, words=_words(child.person))
        guardians.join(tx, parent_id, child_id, "applied", tx.now)
    return parent_id


def _words(person: Person) -> RegisterWords:
    return RegisterWords.from_data(person.to_data())


def _application(world: World, parent_id: int, child_id: int, year: int, **given: object) -> NewApplication:
    return NewApplication(
        child_id=child_id,
        parent_id=parent_id,
        territory_id=world.town,
        kind=QueueKind.GENERAL,
        birth_year=year,
        **given,  # type: ignore[arg-type]
    )


def _crowd(
    tx: Transaction, world: World, parent_id: int, year: int, sizes: dict[int, int], since: datetime
) -> None:
    places = [QueueClass(each) for each, size in sizes.items() for _ in range(size)]
    new = [
        _application(
            world,
            parent_id,
            child_born(tx, year, number),
            year,
            queue_class=queue_class,
            submitted_at=since + timedelta(hours=number),
        )
        for number, queue_class in enumerate(places)
    ]
    fill_queue(tx, queue_for(tx, world.town, QueueKind.GENERAL, year), new)


def _crowd_joins(
    tx: Transaction, world: World, parent_id: int, year: int, number: int, since: datetime
) -> None:
    for each in range(number):
        child_id = child_born(tx, year, 100 + each)
        at = since + timedelta(hours=each)
        submit(tx, _application(world, parent_id, child_id, year, submitted_at=at))


def _apply(
    tx: Transaction,
    world: World,
    family: Family,
    which: int,
    at: datetime,
    queue_class: QueueClass = QueueClass.GENERAL,
) -> None:
    child = family.children[which]
    child_id = people.find_child_by_iin(tx, child.person.iin)
    assert child_id is not None
    submitted = submit(
        tx,
        _application(
            world,
            world.parent_of(family),
            child_id,
            child.person.birth_date.year,
            submitted_at=at,
            number=child.number,
            queue_class=queue_class,
        ),
    )
    world.applications[child.number] = submitted.application_id
