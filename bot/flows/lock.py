"""The lock of the cabinet [000, 004]: whether it is open to this account, and for how long."""

from bot.conversation.turn import Turn
from domain import cabinet_lock
from storage import passwords


def is_open(turn: Turn) -> bool:
    """Whether the signed-in parent may go on without the password."""
    return turn.person.parent_id is not None and (_unlocked(turn) or not has_password(turn))


def asker(turn: Turn) -> int | None:
    """The parent who asks. Behind a shut lock an account sees no more than a stranger's."""
    return turn.person.parent_id if is_open(turn) else None


def pass_through(turn: Turn) -> bool:
    """Whether the cabinet is open; if so, it stays open for a while after this step, too."""
    if turn.person.parent_id is not None and _unlocked(turn):
        keep_open(turn)
        return True
    return is_open(turn)


def keep_open(turn: Turn) -> None:
    """The password, or what is worth as much, was shown: it is not asked again for a while."""
    turn.change_person(unlocked_until=cabinet_lock.open_until(turn.now))


def shut(turn: Turn) -> None:
    """The next step in the cabinet asks for the password."""
    turn.change_person(unlocked_until=None)


def has_password(turn: Turn) -> bool:
    """Whether the signed-in parent's cabinet has one."""
    parent_id = turn.person.parent_id
    return parent_id is not None and passwords.of_parent(turn.tx, parent_id) is not None


def _unlocked(turn: Turn) -> bool:
    return cabinet_lock.is_open(turn.person.unlocked_until, turn.now, has_password=True)
