"""The demo's front page lists everybody one can be, in three languages."""

from datetime import UTC, datetime

import pytest

from bot.demo.city import DemoCity
from bot.demo.country import city_policy
from bot.demo.entries import Entry
from bot.demo.guide import guide, terminal_lines
from bot.demo.plan import make_plan
from domain.errors import IinRefused
from domain.iin import Iin

AT = datetime(2019, 6, 26, 10, 19, tzinfo=UTC)
CITY = DemoCity("sqlite+aiosqlite:///demo.db", "a secret of the demo", make_plan(AT, city_policy(AT)), AT)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_family_is_listed_with_number_and_child_and_every_parent_with_a_phone(language: str) -> None:
    page = guide(CITY, language)

    applications = [(str(each.number), each.child.digits) for each in _entries()]
    parents = [
        (parent.iin.digits, parent.phones[0].e164)
        for family in CITY.plan.families
        for parent in family.parents
    ]
    assert [(row.value, row.detail) for row in page.sections[0].rows] == applications
    assert [(row.value, row.detail) for row in page.sections[1].rows] == parents


def test_the_languages_say_it_differently() -> None:
    said = {language: guide(CITY, language).sections[0].rows[0].what for language in ("kk", "ru", "en")}

    assert len(set(said.values())) == 3


def test_the_mistyped_are_refused_each_for_its_own_reason() -> None:
    refusals = []
    for row in guide(CITY, "en").sections[3].rows:
        with pytest.raises(IinRefused) as refused:
            Iin.parse(row.value)
        refusals.append(type(refused.value).__name__)

    assert refusals == ["IinBadCheckDigit", "IinBadDate", "IinBadCentury"]


def test_the_terminal_names_the_addresses() -> None:
    lines = terminal_lines(CITY, "http://localhost:8080")

    assert lines[2].split() == ["web", "chat", "http://localhost:8080/chat/"]


def _entries() -> list[Entry]:
    return [entry for family in CITY.plan.families for entry in CITY.plan.of_family[family.story.key]]
