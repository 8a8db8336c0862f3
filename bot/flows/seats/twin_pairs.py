"""Twins take two seats or none (ours): whether a child's twin waits as well, and what stands in their way."""

from bot.conversation.turn import Turn
from bot.flows.mine.own import again, me
from bot.flows.mine.twins import twins_of
from domain.application import Status
from domain.errors import TakingRefused
from domain.twins import reasons_against_both
from storage import applications
from storage.look_up import Found
from storage.seats.standing import Standing


def twin_waiting(turn: Turn, found: Found) -> Found | None:
    """The twin's application that waits in the same queue, if both wait; a paused one lets others pass."""
    if found.status is not Status.AWAITING_PLACE or found.paused_at is not None:
        return None
    for twin in twins_of(turn.tx, me(turn), found.child_id):
        for each in applications.live_of_child(turn.tx, twin):
            waits = each.status is Status.AWAITING_PLACE and each.paused_at is None
            if waits and each.queue_id == found.queue_id:
                return again(turn, each.id)
    return None


def reasons_of_pair(one: Standing, other: Standing) -> tuple[TakingRefused, ...]:
    """What stands in the way of either, each reason once."""
    both = reasons_against_both(one.attempt, other.attempt, one.now)
    return tuple(dict.fromkeys((*both[0], *both[1])))
