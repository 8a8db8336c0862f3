"""Notices about an application, in words: what each names, and who did it."""

import pytest

from bot.flows.notice_words import in_words, screen_of
from bot.flows.notices.applications import NOTICES
from bot.texts import Texts
from domain.notice import Told

FACTS = {
    "number": 1200300401,
    "application": 7,
    "child": "Інжу",
    "privilege": "large_family",
    "class": 1,
    "place": 12,
    "until": "2026-12-20T11:20:00+00:00",
}
BY_A_PARENT = (Told.WITHDRAWN, Told.RESTORED, Told.PAUSED, Told.RESUMED, Told.PRIVILEGE_DROPPED)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("kind", sorted(set(NOTICES) - {Told.REGISTERED}))
def test_each_names_the_application_and_the_child(kind: Told, language: str) -> None:
    told = in_words(Texts(language), kind, FACTS)

    assert "1200300401" in told
    assert "Інжу" in told


@pytest.mark.parametrize("kind", BY_A_PARENT)
def test_the_other_parent_is_told_that_it_was_the_other(kind: Told) -> None:
    assert "other parent" in in_words(Texts("en"), kind, FACTS | {"other": True})
    assert "other parent" not in in_words(Texts("en"), kind, FACTS)


def test_until_when_is_told_to_the_minute() -> None:
    for kind in (Told.WITHDRAWN, Told.PRIVILEGE_LOST):
        assert "20.12.2026\N{NO-BREAK SPACE}16:20" in in_words(Texts("en"), kind, FACTS)


def test_what_came_back_to_the_stop_list_is_told_its_end_and_no_place() -> None:
    stopped = FACTS | {"place": None, "stopped_until": "2026-12-11T19:00:00+00:00", "keeps_date": True}

    told = in_words(Texts("en"), Told.RESTORED, stopped)

    assert "12.12.2026" in told
    assert "Place in the queue" not in told


def test_a_child_whose_name_is_not_known_is_left_out() -> None:
    assert "Child" not in in_words(Texts("en"), Told.PAUSED, FACTS | {"child": ""})


@pytest.mark.parametrize("kind", sorted(set(NOTICES) - {Told.REGISTERED}))
def test_each_has_a_way_to_what_it_is_about(kind: Told) -> None:
    first = screen_of(Texts("en"), kind, FACTS).buttons[0]

    expected = "privileges:7" if kind in (Told.PRIVILEGE_LOST, Told.PRIVILEGE_REFUSED) else "own:7"
    assert first.action == expected
