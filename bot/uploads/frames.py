"""What goes between the service and the process that looks at a file: a line of JSON, then bytes."""

from typing import cast

import orjson

from bot.uploads.verdict import FAULTS, PURPOSES, Fault, Fit, Purpose, Unfit

_DRAWN = frozenset({"image/jpeg", "application/pdf"})
_MOST_PAGES = 1000


class Garbled(Exception):
    """Not what we would have written: the process was not in its right mind any more."""


def question(content: bytes, name: str, purpose: Purpose) -> bytes:
    """A file to be looked at."""
    return orjson.dumps({"name": name, "purpose": purpose}) + b"\n" + content


def read_question(raw: bytes) -> tuple[bytes, str, Purpose]:
    """The file, its name, and what it is for. Raises Garbled."""
    asked, content = _head_and_rest(raw)
    name, purpose = asked.get("name"), asked.get("purpose")
    if not isinstance(name, str) or purpose not in PURPOSES:
        raise Garbled
    return content, name, cast(Purpose, purpose)


def answer(verdict: Fit | Unfit) -> bytes:
    """What the look ended with."""
    if isinstance(verdict, Unfit):
        return orjson.dumps({"fault": verdict.fault}) + b"\n"
    size = len(verdict.content)
    head = {"content_type": verdict.content_type, "pages": verdict.pages, "size": size}
    return orjson.dumps(head) + b"\n" + verdict.content


def read_answer(raw: bytes) -> Fit:
    """The file drawn anew. Raises Unfit, Garbled: nothing of the answer is believed unseen."""
    told, content = _head_and_rest(raw)
    match told:
        case {"fault": str(fault)} if fault in FAULTS:
            raise Unfit(cast(Fault, fault))
        case {"content_type": str(content_type), "pages": int(pages), "size": int(size)} if (
            content_type in _DRAWN and 0 < pages <= _MOST_PAGES and 0 < size == len(content)
        ):
            return Fit(content, content_type, pages)
    raise Garbled


def _head_and_rest(raw: bytes) -> tuple[dict[str, object], bytes]:
    head, newline, rest = raw.partition(b"\n")
    try:
        told = orjson.loads(head)
    except orjson.JSONDecodeError:
        raise Garbled from None
    if not newline or not isinstance(told, dict):
        raise Garbled
    return told, rest
