"""What the code asks the catalogues for, read from its syntax trees."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parents[2]
BOT = ROOT / "bot"
_MAKERS = frozenset({"texts_in", "texts", "Texts"})


@dataclass(frozen=True, slots=True)
class Asked:
    """One call for a text: where, the sentences as they stand there, and the names of the values.

    `messages` is None when a sentence is put together by the code, `names` when the values are handed on.
    """

    where: str
    messages: tuple[str, ...] | None
    names: frozenset[str] | None
    on_button: bool = False
    in_f_string: bool = False
    without_name: bool = False


def asked_in_code() -> list[Asked]:
    """Every call in the Python files."""
    return [asked for path in sorted(BOT.rglob("*.py")) for asked in asked_in(path.read_text(), _name(path))]


def asked_in_templates() -> list[Asked]:
    """Every call in the pages."""
    return [each for path in sorted(BOT.rglob("templates/*.html")) for each in _asked_in_page(path)]


def asked_in(source: str, name: str) -> Iterator[Asked]:
    """Every call in one piece of Python code."""
    tree = ast.parse(source)
    labels = {id(part) for call in _calls(tree) for part in _label_of(call)}
    quoted = {
        id(part) for text in ast.walk(tree) if isinstance(text, ast.JoinedStr) for part in ast.walk(text)
    }
    for call in _calls(tree):
        count = _sentences(call)
        if count:
            yield Asked(
                where=f"{name}:{call.lineno}",
                messages=_literals(call, count),
                names=_names(call, {"number"} if count > 1 else set()),
                on_button=id(call) in labels,
                in_f_string=id(call) in quoted,
                without_name=isinstance(call.func, ast.Call),
            )


def _sentences(call: ast.Call) -> int:
    """How many sentences a call begins with, 0 when it asks for no text."""
    match _called(call), call.func:
        case "t", _:
            return 1
        case "many", ast.Attribute():
            return 2
        case _, ast.Call() as maker if _called(maker) in _MAKERS:
            return 1
    return 0


def _called(call: ast.Call) -> str | None:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return None


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _label_of(call: ast.Call) -> Iterator[ast.AST]:
    """What makes the label of a button: its first argument, and `ask_label` of a screen."""
    if _called(call) == "Button" and call.args:
        yield from ast.walk(call.args[0])
    for keyword in call.keywords:
        if keyword.arg == "ask_label":
            yield from ast.walk(keyword.value)


def _literals(call: ast.Call, count: int) -> tuple[str, ...] | None:
    found = [
        each.value
        for each in call.args[:count]
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]
    return tuple(found) if len(found) == count else None


def _names(call: ast.Call, given: set[str]) -> frozenset[str] | None:
    named = [keyword.arg for keyword in call.keywords]
    return None if None in named else frozenset(given.union(name for name in named if name))


def _asked_in_page(path: Path) -> Iterator[Asked]:
    page = Environment(autoescape=True).parse(path.read_text())
    for call in page.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "t":
            first = call.args[0]
            message = (str(first.value),) if isinstance(first, nodes.Const) else None
            names = frozenset(each.key for each in call.kwargs)
            yield Asked(f"{_name(path)}:{call.lineno}", message, names)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))
