"""The demo's plan fits its date, whatever the date."""

from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest

from bot.demo.country import city_policy
from bot.demo.entries import What
from bot.demo.plan import MAIN, DemoPlan, make_plan
from bot.ports.embedded_register import EmbeddedRegister
from bot.ports.state_register import RegisterDown
from domain.age import ages_out_at, may_join
from domain.application import QueueClass
from domain.errors import TooOld
from domain.local_time import local, local_date
from domain.queue_order import place
from domain.seat_list import ListState

OF_THE_DOCUMENT = datetime(2019, 6, 26, 10, 19, tzinfo=UTC)
DATES = [datetime(2019, 1, 3, 9, tzinfo=UTC) + timedelta(days=61, hours=7) * n for n in range(48)]


@cache
def plan_at(at: datetime) -> DemoPlan:
    """The plan of a demo that starts then."""
    return make_plan(at, city_policy(at))


def test_the_next_child_on_a_general_basis_gets_place_391() -> None:
    sizes = MAIN.changed(QueueClass.GENERAL, 1)

    assert place(QueueClass.GENERAL, MAIN.general, sizes) == 391


def test_on_the_documents_day_the_first_bulletin_is_the_documents() -> None:
    plan = plan_at(OF_THE_DOCUMENT)

    first = plan.bulletins[0]
    shown = [
        local(instant).isoformat(timespec="minutes")
        for instant in (
            first.seat_list.publish_at,
            first.seat_list.opens_at,
            first.seat_list.priority_ends_at,
        )
    ]
    assert shown == ["2019-06-20T18:00+06:00", "2019-06-21T07:00+06:00", "2019-06-26T07:00+06:00"]
    assert (first.kindergarten, first.group) == ('"Амина" балабақшасы', "Солнце")
    assert (first.seats, first.taken, first.language, first.birth_years) == (23, 1, "ru", (2017,))


def test_on_the_documents_day_the_other_lists_come_out_on_their_own_days() -> None:
    plan = plan_at(OF_THE_DOCUMENT)

    days = [local(each.seat_list.publish_at).date() for each in plan.bulletins[1:7]]
    assert days == [date(2019, 6, 14)] + [date(2019, 6, 13)] * 5


def test_on_the_documents_day_there_is_a_list_for_18_00_too() -> None:
    plan = plan_at(OF_THE_DOCUMENT)

    [first, second] = [each for each in plan.bulletins if each.seat_list.publish_at > OF_THE_DOCUMENT]
    planned = first.seat_list
    instants = (planned.publish_at, planned.opens_at, planned.priority_ends_at)
    shown = [local(each).isoformat(timespec="minutes") for each in instants]
    assert shown == ["2019-06-26T18:00+06:00", "2019-06-27T07:00+06:00", "2019-07-02T07:00+06:00"]
    assert (first.seats, first.taken, second.seat_list) == (22, 0, planned)


def test_on_another_day_birth_years_move_along() -> None:
    plan = plan_at(datetime(2026, 11, 20, 11, 20, tzinfo=UTC))

    assert plan.days.main_year == 2024
    assert [each.birth_years for each in plan.bulletins[:4]] == [(2024,), (2023,), (2023,), (2022, 2021)]


@pytest.mark.parametrize("at", DATES, ids=str)
def test_on_any_day_everything_lies_in_the_past_and_in_order(at: datetime) -> None:
    plan = plan_at(at)

    instants = [each.at for each in plan.occurrences]
    assert instants == sorted(instants)
    assert (plan.loaded_at < instants[0], instants[-1] < at) == (True, True)
    assert [each for each in plan.entries if each.child.birth_date >= each.submitted_at.date()] == []
    assert [year for year in {each.birth_year for each in plan.entries} if ages_out_at(year) <= at] == []


@pytest.mark.parametrize("at", DATES, ids=str)
def test_on_any_day_the_main_bulletin_is_open_to_everyone(at: datetime) -> None:
    plan = plan_at(at)

    first = plan.bulletins[0].seat_list
    opened = first.with_access(first.opens_at, plan.days.policy)
    # Before seven in the morning the last priority day is not over yet.
    assert opened.state(max(at, first.priority_ends_at)) is ListState.OPEN_TO_EVERYONE
    assert first.priority_ends_at - at < timedelta(hours=24)


def test_nobody_is_there_twice() -> None:
    plan = plan_at(OF_THE_DOCUMENT)

    children = [each.child for each in plan.entries]
    numbers = [each.number for each in plan.entries]
    assert (len(set(children)), len(set(numbers))) == (len(children), len(numbers))


@pytest.mark.parametrize("at", DATES, ids=str)
def test_on_any_day_the_newcomers_may_join_and_stand_nowhere(at: datetime) -> None:
    plan = plan_at(at)

    children = [child for family in plan.newcomers.values() for child in family.children]
    for child in children:
        may_join(child.birth_date, local_date(at))
    assert {each.child for each in plan.entries}.isdisjoint(children)
    with pytest.raises(TooOld):
        may_join(plan.too_old.birth_date, local_date(at))


def test_the_register_names_the_parents_and_children_of_a_family_for_each_other() -> None:
    plan = plan_at(OF_THE_DOCUMENT)

    (father, mother), (daughter,) = (
        plan.newcomers["worked_case"].parents,
        plan.newcomers["worked_case"].children,
    )
    listed = plan.register.people
    assert (father.birth_date, daughter.birth_date) == (date(1991, 3, 14), date(2017, 10, 9))
    assert listed[daughter].parents == (father, mother)
    assert (listed[father].children, listed[mother].children) == ((daughter,), (daughter,))
    assert listed[daughter].patronymic[:4] == listed[father].name[:4]
    assert len({listed[each].address for each in (father, mother, daughter)}) == 1


async def test_the_register_answers_about_some_from_the_next_day_on() -> None:
    plan = plan_at(OF_THE_DOCUMENT)
    (mother,), (son,) = plan.newcomers["answered_later"].parents, plan.newcomers["answered_later"].children
    times = iter((OF_THE_DOCUMENT, OF_THE_DOCUMENT + timedelta(days=1)))
    register = EmbeddedRegister(plan.register, lambda: next(times))

    with pytest.raises(RegisterDown):
        await register.lookup(son)
    assert (await register.lookup(son)).parents == (mother,)


def test_the_same_day_gives_the_same_demo() -> None:
    assert plan_at(OF_THE_DOCUMENT) == plan_at(OF_THE_DOCUMENT)


def test_something_of_every_sort_has_happened() -> None:
    plan = plan_at(OF_THE_DOCUMENT)

    assert {each.what for each in plan.occurrences} == set(What)
