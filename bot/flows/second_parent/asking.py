"""Asking the parent who is there whether somebody may join: once, and not again for a while after a no."""

from bot.conversation.turn import Turn
from bot.flows.parent_names import short_name
from bot.flows.telling import noted, tell
from domain.joining import ANSWER_WITHIN, Joining, JoiningState, may_ask
from domain.notice import Deed, Told
from storage import guardians, joinings, people


def ask_first_parent(turn: Turn, child_id: int, parent_id: int) -> Joining:
    """Ask the parent who is there, once; the request as it stands now.

    Asking again changes nothing while an answer is waited for, and for so long after a no, too: what the
    newcomer is told of the request that is returned, `domain.joining.refuse_for_now` says.
    """
    there = guardians.lock(turn.tx, child_id)
    last = joinings.latest(turn.tx, child_id, parent_id)
    if last is not None and not may_ask(last, turn.now):
        return last
    if last is not None:
        joinings.decide(turn.tx, last.id, JoiningState.LAPSED, None, turn.now)
    ends_at = turn.now + ANSWER_WITHIN
    asked = joinings.add(turn.tx, child_id, parent_id, JoiningState.ASKED, turn.now, ends_at)
    for each in there:
        tell(
            turn.tx,
            each.parent_id,
            Told.SECOND_PARENT_ASKS,
            turn.now,
            joining=asked.id,
            name=short_name(turn.tx, parent_id),
            child=people.name_of_child(turn.tx, child_id),
            until=ends_at.isoformat(),
        )
        noted(turn, Deed.ASKED_TO_JOIN, of=each.parent_id)
    noted(turn, Deed.ASKED_TO_JOIN, of=parent_id)
    return asked
