"""The demo's front page lists everybody one can be, in three languages."""

from datetime import UTC, datetime

import pytest

from bot.demo.city import DemoCity
from bot.demo.country import city_policy
from bot.demo.entries import Entry
from bot.demo.guide import guide, terminal_lines
from bot.demo.plan import make_plan
from domain.age import may_join
from domain.applicants import require_child
from domain.errors import IinRefused, LooksLikeAdult, TooOld
from domain.iin import Iin
from domain.local_time import local_date
from domain.phone import Phone

AT = datetime(2019, 6, 26, 10, 19, tzinfo=UTC)
CITY = DemoCity("sqlite+aiosqlite:///demo.db", "a secret of the demo", make_plan(AT, city_policy(AT)), AT)


JOIN, SEATS, CHECK, SIGN_IN, _CABINET, WRONG = range(6)
"""The sections of the page."""


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_family_is_listed_with_number_and_child_and_every_parent_with_a_phone(language: str) -> None:
    page = guide(CITY, language)

    applications = [(str(each.number), (each.child.digits,)) for each in _entries()]
    parents = [
        (parent.iin.digits, (parent.phones[0].e164,))
        for family in CITY.plan.families
        for parent in family.parents
    ]
    assert [(row.value, row.details) for row in page.sections[CHECK].rows] == applications
    assert [(row.value, row.details) for row in page.sections[SIGN_IN].rows] == parents


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_newcomer_is_listed_with_the_children_and_there_are_phones_for_them(language: str) -> None:
    *rows, phones = guide(CITY, language).sections[JOIN].rows

    newcomers = [
        (parent.digits, tuple(child.digits for child in family.children))
        for family in CITY.plan.newcomers.values()
        for parent in family.parents
    ]
    taken = {phone for family in CITY.plan.families for parent in family.parents for phone in parent.phones}
    assert [(row.value, row.details) for row in rows] == newcomers
    assert taken.isdisjoint({Phone.parse(phones.value), *map(Phone.parse, phones.details)})


def test_the_languages_say_it_differently() -> None:
    said = {language: guide(CITY, language).sections[CHECK].rows[0].what for language in ("kk", "ru", "en")}

    assert len(set(said.values())) == 3


def test_the_mistyped_are_refused_each_for_its_own_reason() -> None:
    refusals = []
    for row in guide(CITY, "en").sections[WRONG].rows[:3]:
        with pytest.raises(IinRefused) as refused:
            Iin.parse(row.value)
        refusals.append(type(refused.value).__name__)

    assert refusals == ["IinBadCheckDigit", "IinBadDate", "IinBadCentury"]


def test_who_is_too_old_or_grown_up_is_refused_as_a_child() -> None:
    too_old, grown_up = (Iin.parse(row.value) for row in guide(CITY, "en").sections[WRONG].rows[3:])

    with pytest.raises(TooOld):
        may_join(too_old.birth_date, local_date(AT))
    with pytest.raises(LooksLikeAdult):
        require_child(grown_up, None, local_date(AT))


def test_the_terminal_names_the_addresses() -> None:
    lines = terminal_lines(CITY, "http://localhost:8080")

    assert lines[2].split() == ["web", "chat", "http://localhost:8080/chat/"]


def _entries() -> list[Entry]:
    return [entry for family in CITY.plan.families for entry in CITY.plan.of_family[family.story.key]]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_seat_can_be_taken_now_another_when_its_list_has_come_out(language: str) -> None:
    now, coming, elsewhere = guide(CITY, language).sections[SEATS].rows

    assert now.value == '"Амина" балабақшасы'
    assert [each for each in ("18:00", "07:00") if each not in coming.what] == []
    assert len({now.what, coming.what, elsewhere.what}) == 3
