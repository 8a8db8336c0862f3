"""Coming into a parent's cabinet with this account, once it was shown who it is."""

from bot.conversation.turn import Turn
from bot.flows import lock
from bot.flows.circumstances import here
from bot.flows.doing import is_assisted
from bot.flows.second_parent import arrive
from bot.flows.telling import noted
from domain.notice import Deed, Told
from storage import conversations


def come_in(turn: Turn, parent_id: int) -> None:
    """The account is the parent's from here on; the other accounts are told, invitations are taken up."""
    known = turn.person.parent_id == parent_id
    turn.change_person(parent_id=parent_id)
    turn.owned_by(parent_id)
    # A code to the confirmed phone would also set a new password, so none is asked for beside it.
    lock.keep_open(turn)
    if known:
        return
    conversations.update_contact(turn.tx, turn.person.contact_id, signed_in_at=turn.now)
    # By the account an erasure finds what was said here, long after somebody signed out.
    noted(turn, Deed.SIGNED_IN, account=turn.person.contact_id)
    if is_assisted(turn):
        noted(turn, Deed.ASSISTED)
    if _has_other_accounts(turn, parent_id):
        case = here(turn, parent_id)
        case.tell(Told.SIGNED_IN, channel=case.channel, when=case.at.isoformat())
    arrive(turn)


def _has_other_accounts(turn: Turn, parent_id: int) -> bool:
    """Who comes in for the first time needs no notice of it."""
    me = turn.person.contact_id
    return any(each.contact_id != me for each in conversations.of_parent(turn.tx, parent_id))
