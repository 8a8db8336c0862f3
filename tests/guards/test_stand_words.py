"""Wherever the bot can stand, operators read it in words."""

import pytest

from bot.centre import stands
from bot.conversation import form as forms
from bot.conversation.book import Book
from bot.flows.library import book
from bot.texts import LANGUAGES, texts_in


@pytest.fixture(scope="module")
def whole() -> Book:
    """Everything that can be talked about."""
    return book(lambda *_: "", lambda *_: "", "https://kezek.example")


def test_every_form_has_a_name_for_operators(whole: Book) -> None:
    assert set(stands.FORMS) == set(whole.forms)


def test_every_question_is_named(whole: Book) -> None:
    asked = {question.key for form in whole.forms.values() for question in form.questions}

    assert set(stands.QUESTIONS) == {*asked, forms.REVIEW}


def test_every_errand_that_is_waited_for_is_named(whole: Book) -> None:
    waited = {kind for form in whole.forms.values() for each in form.questions for kind in each.errands}

    assert set(stands.ERRANDS) == {*waited, *whole.errands}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stand_is_said_in_each_language(language: str) -> None:
    t = texts_in(language)

    said = stands.in_words(t, "apply.child~register")

    assert all(words(t) in said for words in (stands.FORMS["apply"], stands.QUESTIONS["child"]))
    assert "register" not in said or language == "en"


@pytest.mark.parametrize(
    ("stand", "said"),
    [
        (None, ""),
        ("", ""),
        ("gone.anything", "gone.anything"),
        ("apply.gone", "Joining the queue: gone"),
        ("apply.phone", "Joining the queue: the phone"),
        ("~register", "waits for the state register"),
        ("signin.iin~gone", "Signing in: the IIN, gone"),
        ("apply.chil", "Joining the queue: chil"),
    ],
)
def test_what_is_not_known_is_shown_as_it_is_written(stand: str | None, said: str) -> None:
    assert stands.in_words(texts_in("en"), stand) == said
