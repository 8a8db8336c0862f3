"""Applying once more with what an earlier application says: for a twin, for a second child."""

from bot.conversation.actions import Outdated
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.apply.draft import entered
from storage import applications


def copy_of(turn: Turn, application_id: int) -> Draft:
    """A draft for another child with place, queue, address, languages and notices of an own application."""
    me = turn.person.parent_id
    own = applications.live_of_parent(turn.tx, me) if me is not None else []
    found = next((each for each in own if each.id == application_id), None)
    if found is None or me is None:
        raise Outdated
    draft: Draft = {
        "t": found.territory_id,
        "kind": found.kind.value,
        "langs": list(found.languages),
        "told": {"way": found.notice_way, "language": found.language},
    }
    address = applications.address_of(turn.tx, found.id)
    if address is not None:
        draft["address"] = address
    entered(turn, draft, me)
    return draft
