"""What the code writes into the audit: the names of deeds, read from the code itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLACES = {"Audited": 1, "_audited": 1, "_audit": 1, "note": 3}
"""Where in a call of each of these the name stands."""


def names_of_deeds() -> dict[str, str]:
    """By name a file that writes it."""
    found: dict[str, str] = {}
    for file in sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "storage").rglob("*.py")]):
        for call in _calls(ast.parse(file.read_text())):
            for name in _names(call):
                found.setdefault(name, file.relative_to(ROOT).as_posix())
    return found


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (each for each in ast.walk(tree) if isinstance(each, ast.Call))


def _names(call: ast.Call) -> Iterator[str]:
    called = call.func
    if isinstance(called, ast.Name) and called.id in PLACES and len(call.args) > PLACES[called.id]:
        yield from _texts(call.args[PLACES[called.id]])
    if isinstance(called, ast.Attribute) and called.attr == "append" and _is_audit(called.value):
        yield from (text for each in call.keywords if each.arg == "what" for text in _texts(each.value))


def _is_audit(value: ast.expr) -> bool:
    return isinstance(value, ast.Name) and value.id == "audit"


def _texts(value: ast.expr) -> Iterator[str]:
    """A text, or the two of a choice."""
    match value:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=other):
            yield from _texts(body)
            yield from _texts(other)
