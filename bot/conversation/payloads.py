"""What is to be delivered, as the log keeps it until then."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from bot.conversation.reply import (
    Ask,
    Button,
    Held,
    Keys,
    Letter,
    Operation,
    Outgoing,
    Pin,
    Screen,
    Sensitivity,
)


@dataclass(frozen=True, slots=True)
class About:
    """What a message tells, for whoever looks whether it is still so before it goes.

    `things`: how many things that was when it was written. `for_helper_of`: the notice, where it goes to
    the helper of the parent whose notice it is. `to`: whom, when that is not the conversation's own address.
    """

    things: int = 1
    for_helper_of: int | None = None
    to: str | None = None


ONE_THING = About()


def about(raw: bytes) -> About | None:
    """Out of what `encode` has made; None where that can't be read."""
    try:
        data = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(data, dict):
        return None
    return About(data.get("things", 1), data.get("for_helper_of"), data.get("to"))


def encode(outgoing: Outgoing, to: str | None = None, tells: About = ONE_THING) -> bytes:
    """What is to be delivered, as it is kept until then."""
    data: dict[str, Any] = {"operation": outgoing.operation, "language": outgoing.language}
    if tells.things != 1:
        data["things"] = tells.things
    if tells.for_helper_of is not None:
        data["for_helper_of"] = tells.for_helper_of
    if outgoing.remove_keyboard:
        data["remove_keyboard"] = True
    if outgoing.target:
        data["target"] = outgoing.target
    if outgoing.screen is not None:
        data["screen"] = outgoing.screen
    if outgoing.letter is not None:
        data["letter"] = outgoing.letter
    if to:
        data["to"] = to
    return orjson.dumps(data)


def decode(raw: bytes) -> tuple[Outgoing, str | None]:
    """What is to be delivered, and to whom when that is not the conversation's own address."""
    data = orjson.loads(raw)
    outgoing = Outgoing(
        Operation(data["operation"]),
        decode_screen(data["screen"]) if "screen" in data else None,
        data.get("target"),
        data["language"],
        data.get("remove_keyboard", False),
        Letter(**data["letter"]) if "letter" in data else None,
    )
    return outgoing, data.get("to")


def decode_screen(data: dict[str, Any]) -> Screen:
    """A screen out of its plain data."""
    rows = tuple(tuple(Button(**button) for button in row) for row in data["rows"])
    known = {
        "ask": Ask(data["ask"]) if data["ask"] else None,
        "keys": Keys(data.get("keys", Keys.LETTERS)),
        "sensitivity": Sensitivity(data["sensitivity"]),
        "pin": Pin(**data["pin"]) if data.get("pin") else None,
    }
    return Screen(**{**data, **known, "rows": rows, "held": _held(data.get("held"))})


def _held(data: dict[str, Any] | None) -> Held | None:
    if data is None:
        return None
    return Held(data["claim_id"], datetime.fromisoformat(data["until"]), tuple(data["actions"]))
