"""Wrong settings in plain words: one line each, naming the variable and never its value."""

from collections.abc import Iterator

from pydantic import ValidationError
from pydantic_core import ErrorDetails

PREFIX = "KEZEK_"
OTHER_KEY = f"{PREFIX}SECRET_KEY is not the one that the data was encrypted with"


class WrongSettings(Exception):
    """The service can't start like this. `lines`: one for each thing that is wrong."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__(*lines)
        self.lines = lines


class NotTogether(ValueError):
    """Settings that are right each by itself and wrong together; `faults` = variable, what is wrong."""

    def __init__(self, faults: tuple[tuple[str, str], ...]) -> None:
        super().__init__(faults)
        self.faults = faults


def lines_of(error: ValidationError) -> tuple[str, ...]:
    """One line for each fault that pydantic found, without repeats."""
    return tuple(dict.fromkeys(line for fault in error.errors() for line in _lines(fault)))


def _lines(fault: ErrorDetails) -> Iterator[str]:
    cause = fault.get("ctx", {}).get("error")
    if isinstance(cause, NotTogether):
        for field, what in cause.faults:
            yield f"{_variable(field)}: {what}"
        return
    field = str(fault["loc"][0]) if fault["loc"] else ""
    yield f"{_variable(field)}: {cause if cause is not None else _lower(fault['msg'])}"


def _variable(field: str) -> str:
    return f"{PREFIX}{field.upper()}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
