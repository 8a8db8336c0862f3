"""Reading a file: syntax, each entry by itself, then the entries together."""

import re
import tomllib
from collections.abc import Iterator, Sequence

from pydantic import ValidationError

from bot.loading.entries import FileEntries, policy_fault
from bot.loading.faults import Fault, FileRefused
from bot.loading.lines import Lines
from domain.errors import PolicyInvalid

_SYNTAX = re.compile(r"(?P<reason>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)")


def read(raw: bytes) -> tuple[FileEntries, Lines]:
    """The entries of a file, and where they stand in it. Raises FileRefused."""
    text = _text(raw)
    lines = Lines(text)
    try:
        entries = FileEntries.model_validate(_tables(text))
    except ValidationError as error:
        raise FileRefused(tuple(sorted(set(_faults(error, lines))))) from None
    faults = tuple(sorted((*_policy_faults(entries, lines), *_repeated(entries, lines))))
    if faults:
        raise FileRefused(faults)
    return entries, lines


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise FileRefused((Fault(line, "", "is not UTF-8"),)) from None


def _tables(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = _SYNTAX.fullmatch(str(error))
        last = text.count("\n") + 1
        line = int(match["line"] or last) if match else last
        raise FileRefused((Fault(line, "", (match["reason"] if match else str(error)).lower()),)) from None


def _faults(error: ValidationError, lines: Lines) -> Iterator[Fault]:
    for fault in error.errors():
        path = fault["loc"]
        reason = fault["msg"].removeprefix("Value error, ")
        yield Fault(lines.of(path), _shown(path), reason[:1].lower() + reason[1:])


def _shown(path: Sequence[str | int]) -> str:
    """`kindergarten.group.capacity`: which of many, the line tells."""
    return ".".join(part for part in path if isinstance(part, str))


def _policy_faults(entries: FileEntries, lines: Lines) -> Iterator[Fault]:
    for index, entry in enumerate(entries.policy):
        try:
            entry.policy()
        except PolicyInvalid as error:
            keys = re.split(r"[.\[]", error.field)
            yield Fault(lines.of(("policy", index, *keys)), "policy", policy_fault(error))


def _repeated(entries: FileEntries, lines: Lines) -> Iterator[Fault]:
    """A second entry of the same code would silently win."""
    named: list[tuple[tuple[str | int, ...], object]] = [
        (("territory", i, "code"), each.code) for i, each in enumerate(entries.territory)
    ]
    named += [(("policy", i, "since"), (each.territory, each.since)) for i, each in enumerate(entries.policy)]
    for i, each in enumerate(entries.kindergarten):
        named.append((("kindergarten", i, "code"), each.code))
        named += [
            (("kindergarten", i, "group", j, "code"), (each.code, group.code))
            for j, group in enumerate(each.group)
        ]
    seen: dict[object, int] = {}
    for path, name in named:
        key = (_shown(path), name)
        if key in seen:
            yield Fault(lines.of(path), _shown(path), f"stands in line {seen[key]} already")
        seen.setdefault(key, lines.of(path))
