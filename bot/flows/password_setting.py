"""What becomes of a cabinet's password: set or removed, and told."""

from bot.conversation.turn import Turn
from bot.flows import lock
from bot.flows.telling import noted, tell
from domain.notice import Deed, Told
from storage import accounts, passwords, people


def set_password(turn: Turn, hashed: str, deed: Deed) -> None:
    """Set the signed-in parent's password. The other accounts need it for their next step."""
    parent_id = _parent(turn)
    passwords.write(turn.tx, parent_id, hashed, turn.now)
    accounts.lock_others(turn.tx, parent_id, turn.person.contact_id)
    lock.keep_open(turn)
    _told(turn, parent_id, Told.PASSWORD_SET, deed)


def remove_password(turn: Turn) -> None:
    """The signed-in parent's cabinet has no password any more."""
    parent_id = _parent(turn)
    passwords.remove(turn.tx, parent_id)
    _told(turn, parent_id, Told.PASSWORD_REMOVED, Deed.PASSWORD_REMOVED)


def _parent(turn: Turn) -> int:
    parent_id = turn.person.parent_id
    assert parent_id is not None
    people.lock_parent(turn.tx, parent_id)
    return parent_id


def _told(turn: Turn, parent_id: int, kind: Told, deed: Deed) -> None:
    noted(turn, deed)
    tell(turn.tx, parent_id, kind, turn.now, but_not_in=turn.person.conversation_id)
