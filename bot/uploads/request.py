"""Asking for a look at a file: the errand of kind "file", and what its answer means."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import timedelta
from typing import Any, Self, cast

from bot.conversation.incoming import SharedFile
from bot.conversation.turn import Turn
from bot.uploads.verdict import FAULTS, Fault, Purpose, Unfit
from storage.file_rows import NewFile, add
from storage.ids import new_id
from storage.transaction import Transaction

FILE = "file"
"""The errand's kind."""

PATIENCE = timedelta(minutes=2)
"""How long it is tried again while the channel or the file store is down."""

LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class FileRequest:
    """What is asked: fetch `ref` from `channel`, look at it for a `purpose`, keep it as `file_id`."""

    channel: str
    ref: str
    file_id: int
    name: str
    purpose: Purpose

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Out of an errand's request. Raises KeyError for that of another version."""
        return cls(*(data[each.name] for each in fields(cls)))


def ask_for_look(turn: Turn, shared: SharedFile, purpose: Purpose) -> int:
    """Ask for a look at what was sent; the id that the file will have. Several can be under way at once."""
    asked = FileRequest(
        channel=turn.incoming.address.channel,
        ref=shared.ref,
        file_id=new_id(),
        name=shared.name[:LONGEST_NAME],
        purpose=purpose,
    )
    turn.side_errand(FILE, patience=PATIENCE, **asdict(asked))
    return asked.file_id


def write_down(tx: Transaction, answer: Mapping[str, Any], kind: str) -> int:
    """Write down the file that an answer tells of, in the turn that takes it; its id.

    Raises Unfit with what is wrong with the file. Until something refers to it, it is kept 30 days.
    """
    fault = answer.get("fault")
    if fault is not None:
        raise Unfit(cast(Fault, fault) if fault in FAULTS else "broken")
    file = answer["file"]
    new = NewFile(
        id=answer["file_id"],
        kind=kind,
        name=answer["name"],
        content_type=file["content_type"],
        size=file["size"],
        sha256=bytes.fromhex(file["sha256"]),
        stored_as=file["stored_as"],
        key_id=file["key_id"],
    )
    add(tx, new)
    return new.id
