"""What is said of a place that moved, as facts of a notice."""

from collections.abc import Sequence
from typing import Any

from bot.flows.telling import News
from domain.notice import Told
from domain.place_history import Reason
from storage import people
from storage.place_digests import Moved
from storage.transaction import Transaction


def news_of(kind: Told, parent_id: int, items: Sequence[dict[str, Any]]) -> News:
    """What one parent is told of several applications, in one message."""
    return News(parent_id=parent_id, kind=kind, facts={"items": items})


def of_move(tx: Transaction, moved: Moved) -> dict[str, Any]:
    """From where to where one application came, since when, and why."""
    return {
        **whose(tx, moved.application_id, moved.number, moved.child_id),
        "before": moved.move.before,
        "after": moved.move.after,
        "since": moved.untold.since.isoformat(),
        "reasons": [of_reason(each) for each in moved.move.reasons],
    }


def whose(tx: Transaction, application_id: int, number: int, child_id: int) -> dict[str, Any]:
    """Of which application it is said."""
    child = people.name_of_child(tx, child_id) or ""
    return {"application": application_id, "number": number, "child": child}


def of_reason(reason: Reason) -> dict[str, Any]:
    """A reason as plain data."""
    return {
        "kind": reason.kind.value,
        "class": int(reason.queue_class),
        "count": reason.count,
        "places": reason.places,
        "own": reason.own,
    }
