"""The register of the demo: every valid IIN is somebody, and always the same one."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.ports.embedded_register import EmbeddedRegister, Listing, made_up_person
from bot.ports.state_register import Person, PersonUnknown, RegisterDown, RegisterErrand
from domain.iin import Iin, Sex, make_iin


def iin_of(serial: int, sex: Sex = Sex.FEMALE) -> Iin:
    """An IIN of somebody born on 9 May 2022; where a serial has no IIN, the next that has."""
    candidates = (make_iin(date(2022, 5, 9), sex, each) for each in range(serial * 10, serial * 10 + 10))
    return next(iin for iin in candidates if iin)


async def test_a_person_is_the_same_at_every_lookup() -> None:
    first = await EmbeddedRegister().lookup(iin_of(7))
    second = await EmbeddedRegister().lookup(iin_of(7))

    assert first == second
    assert (first.birth_date, first.sex) == (date(2022, 5, 9), Sex.FEMALE)


@pytest.mark.parametrize("serial", range(40))
def test_names_fit_the_sex(serial: int) -> None:
    woman, man = made_up_person(iin_of(serial)), made_up_person(iin_of(serial, Sex.MALE))

    assert (woman.surname.endswith("а"), woman.patronymic.endswith(("қызы", "вна"))) == (True, True)
    assert (man.surname.endswith("а"), man.patronymic.endswith(("ұлы", "вич"))) == (False, True)


async def test_a_listed_person_is_as_listed() -> None:
    child = Person(
        iin_of(1), "Есенова", "Дана", "", date(2022, 5, 9), Sex.FEMALE, privileges=("large_family",)
    )
    register = EmbeddedRegister(Listing(people={child.iin: child}))

    assert await register.lookup(iin_of(1)) == child


async def test_the_missing_are_unknown() -> None:
    register = EmbeddedRegister(Listing(missing=frozenset({iin_of(1)})))

    with pytest.raises(PersonUnknown):
        await register.lookup(iin_of(1))


async def test_an_outage_lasts_until_it_is_over() -> None:
    over = datetime(2026, 11, 21, tzinfo=UTC)
    times = iter((over - timedelta(seconds=1), over))
    register = EmbeddedRegister(Listing(outages={iin_of(2): over}), lambda: next(times))

    with pytest.raises(RegisterDown):
        await register.lookup(iin_of(2))
    assert await register.lookup(iin_of(2)) == made_up_person(iin_of(2))


async def test_a_person_survives_being_written_down() -> None:
    person = await EmbeddedRegister().lookup(iin_of(3))

    assert Person.from_data(person.to_data()) == person


async def test_an_errand_brings_the_person_as_data() -> None:
    errand = RegisterErrand(EmbeddedRegister(Listing(missing=frozenset({iin_of(1)}))))

    known = await errand.run({"iin": iin_of(2).digits})
    unknown = await errand.run({"iin": iin_of(1).digits})

    assert known == {"known": True, **made_up_person(iin_of(2)).to_data()}
    assert unknown == {"known": False}


def test_a_person_shown_by_accident_tells_nothing() -> None:
    person = made_up_person(iin_of(5))

    shown = repr(person)

    assert [word for word in (person.surname, person.name, person.iin.digits, "2022") if word in shown] == []


def test_a_child_is_named_after_its_father() -> None:
    father = made_up_person(iin_of(5, Sex.MALE))

    daughter = made_up_person(iin_of(6), father)

    assert daughter.surname == f"{father.surname}а"
    assert daughter.patronymic[:4] == father.name[:4]


def test_a_child_lives_where_its_parent_does() -> None:
    father = made_up_person(iin_of(5, Sex.MALE))

    son = made_up_person(iin_of(6, Sex.MALE), father)

    assert father.address != ""
    assert son.address == father.address
