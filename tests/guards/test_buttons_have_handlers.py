"""Every action that a button, a command or a label can name is handled; every question can be answered."""

import ast
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from bot.channels.telegram.setup import commands
from bot.conversation.actions import action, parse
from bot.conversation.book import FORM_ACTIONS
from bot.conversation.limits import PROFILES
from bot.conversation.reply import Ask, Button, Screen
from bot.flows import menu
from bot.flows.words import WORDS
from bot.texts import texts_in
from domain import errors
from tests.conversation.measuring import faults_of, handled, the_book

ROOT = Path(__file__).resolve().parents[2]
FLOWS = sorted([*ROOT.glob("bot/flows/**/*.py"), *ROOT.glob("bot/conversation/*.py")])
MAKERS = ("action", "answer")


def named_actions() -> Iterator[tuple[str, str]]:
    """Each action that is put on a button somewhere in the flows: where, and what, its values left out."""
    for file in FLOWS:
        module = import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS:
                fixed = [_value(each, vars(module)) for each in node.args[:3]]
                if fixed and fixed[0] is not None:
                    yield f"{file.name}:{node.lineno}", _spelt(node.func.id, fixed)


def _value(node: ast.expr, names: dict[str, object]) -> str | None:
    """What stands there, when it is a text or a name of the module."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    value = names.get(node.id) if isinstance(node, ast.Name) else None
    return value if isinstance(value, str) else None


def _spelt(maker: str, fixed: list[str | None]) -> str:
    known = [each for each in fixed if each is not None]
    return action(*known) if maker == "action" else action("answer", *known[:2])


def test_every_action_in_the_flows_has_a_handler() -> None:
    named = dict(named_actions())

    assert len(named) > 20
    # A form's own buttons name whichever form it is: those are seen only when it is played.
    of_any_form = FORM_ACTIONS
    assert {at: each for at, each in named.items() if not handled(each) and each not in of_any_form} == {}


def test_every_item_of_the_menu_has_a_handler_and_words_of_its_own() -> None:
    assert [item for item in menu.ITEMS if not handled(item)] == []
    for language in ("kk", "ru", "en"):
        labels = [menu.label(texts_in(language), item) for item in menu.ITEMS]
        assert len(set(labels)) == len(labels)


def test_every_command_has_a_handler() -> None:
    book = the_book()

    assert [each for each in book.commands.values() if not handled(each)] == []
    assert [each for each in commands(texts_in("kk")) if each not in book.commands] == []


def test_every_label_that_can_be_typed_has_a_handler() -> None:
    assert [each for each in the_book().labels.values() if not handled(each)] == []


def test_what_goes_before_the_gate_and_what_keeps_a_form_exist() -> None:
    book = the_book()

    assert book.before_gate - book.actions.keys() - book.forms.keys() == set()
    assert book.keeps_form - book.actions.keys() == set()
    assert FORM_ACTIONS & book.actions.keys() == set()


@pytest.mark.parametrize("name", list(the_book().forms))
def test_the_questions_of_a_form_can_be_told_apart_on_buttons(name: str) -> None:
    form = the_book().forms[name]

    keys = [question.key for question in form.questions]
    assert form.name == name
    assert Counter(keys).most_common(1)[0][1] == 1
    # An answer on a button leaves room for the id of a row.
    assert [key for key in keys if len(f"answer:{name}:{key}:".encode()) > 44 or ":" in key] == []


def test_every_refusal_that_a_flow_names_has_words() -> None:
    named = {
        alias.name
        for file in FLOWS
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module == "domain.errors"
        for alias in node.names
    }
    kinds = [getattr(errors, name) for name in sorted(named)]

    refusals = [kind for kind in kinds if issubclass(kind, errors.Refused) and kind is not errors.Refused]
    caught_by_the_flow = {errors.NoPolicyInForce, errors.ProofNeeded}
    # A root of several is caught as such; each of those below it is a refusal of its own.
    leaves = [kind for kind in refusals if not kind.__subclasses__()]
    wordless = [kind for kind in leaves if not WORDS.keys() & set(kind.__mro__)]
    assert set(wordless) - caught_by_the_flow == set()


def test_the_measuring_finds_what_is_wrong() -> None:
    label = "a label that is far too long for WhatsApp"
    wrong = Screen(
        "",
        rows=((Button(label, "nobody:1"), Button("x", "menu")), (Button("x", "menu"),)),
        ask=Ask.PHONE,
    )

    found = {fault.partition("\n")[0] for fault in faults_of(wrong, PROFILES.values())}

    assert found == {
        "telegram: a message without text",
        "webchat: a message without text",
        "assisted: a message without text",
        "whatsapp: a message without text",
        f"whatsapp: a label of 41 characters, 20 allowed: {label}",
        "nobody handles 'nobody:1'",
        "2 buttons say 'x'",
    }
    assert parse("own:1").name in the_book().actions
