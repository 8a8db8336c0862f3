"""Coming into a parent's cabinet with this account, once it was shown who it is."""

from bot.conversation.turn import Turn
from bot.flows import lock
from bot.flows.second_parent import arrive
from bot.flows.telling import noted, tell
from domain.notice import Deed, Told
from storage import conversations


def come_in(turn: Turn, parent_id: int) -> None:
    """The account is the parent's from here on; the other accounts are told, invitations are taken up."""
    known = turn.person.parent_id == parent_id
    turn.change_person(parent_id=parent_id)
    # A code to the confirmed phone would also set a new password, so none is asked for beside it.
    lock.keep_open(turn)
    if known:
        return
    conversations.update_contact(turn.tx, turn.person.contact_id, signed_in_at=turn.now)
    noted(turn, Deed.SIGNED_IN)
    channel = turn.incoming.address.channel
    tell(
        turn.tx, parent_id, Told.SIGNED_IN, turn.now, but_not_in=turn.person.conversation_id, channel=channel
    )
    arrive(turn)
