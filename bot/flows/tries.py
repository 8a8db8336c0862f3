"""Limits on tries: counted in the same transaction, so that they hold across restarts and replicas."""

from datetime import datetime

from bot.conversation.turn import Turn
from domain.errors import TooManyFiles, TooManyTries
from domain.phone import Phone
from domain.tries import (
    CHECKS_PER_ADDRESS,
    CHECKS_PER_CONTACT,
    CHILDREN_PER_CONTACT,
    CHILDREN_PER_PARENT,
    FILES_PER_PARENT,
    PARENTS_PER_ADDRESS,
    PARENTS_PER_CONTACT,
    PARENTS_PER_PHONE,
    TryLimit,
    require_try,
    tries_left,
)
from storage import attempts

CHECK, CHECK_ADDRESS = "check", "check_address"
CHILD, CHILD_CONTACT = "child", "child_contact"
PARENT, PARENT_PHONE, PARENT_ADDRESS = "parent", "parent_phone", "parent_address"


def count_check(turn: Turn) -> None:
    """One more check of a place by a stranger. Raises TooManyTries, then nothing is shown."""
    count(turn, CHECK, str(turn.person.contact_id), CHECKS_PER_CONTACT)
    count_network(turn, CHECK_ADDRESS, CHECKS_PER_ADDRESS)


def count_parent(turn: Turn, phone: Phone | None) -> None:
    """The register is asked who a parent is: by one account, and by whoever has shown this phone.

    The register is no directory. Raises TooManyTries, then nothing is asked, and no try is used up.
    """
    contact, number = str(turn.person.contact_id), phone.e164 if phone is not None else None
    left(turn, PARENT, contact, PARENTS_PER_CONTACT)
    if number is not None:
        left(turn, PARENT_PHONE, number, PARENTS_PER_PHONE)
    count_network(turn, PARENT_ADDRESS, PARENTS_PER_ADDRESS)
    if number is not None:
        count_shared(turn, PARENT_PHONE, number, PARENTS_PER_PHONE)
    count(turn, PARENT, contact, PARENTS_PER_CONTACT)


def count_child(turn: Turn, parent_id: int) -> None:
    """The register is asked about a child: for a parent, and by one account. Raises TooManyTries."""
    left(turn, CHILD_CONTACT, str(turn.person.contact_id), CHILDREN_PER_CONTACT)
    count(turn, CHILD, str(parent_id), CHILDREN_PER_PARENT)
    count(turn, CHILD_CONTACT, str(turn.person.contact_id), CHILDREN_PER_CONTACT)


def count_network(turn: Turn, kind: str, limit: TryLimit) -> None:
    """The same by the network address, where the channel tells it: there an account costs nothing."""
    if turn.incoming.network_address is not None:
        count_shared(turn, kind, turn.incoming.network_address, limit)


def count(turn: Turn, kind: str, who: str, limit: TryLimit) -> None:
    """Let one more try of a kind through and remember it. Raises TooManyTries."""
    subject = _subject(turn, kind, who)
    require_try(limit, tried(turn, kind, subject, limit), turn.now)
    attempts.record(turn.tx, kind, subject, turn.now)


def count_file(turn: Turn, parent_id: int) -> None:
    """One more file to be looked at for a parent, whatever the messenger. Raises TooManyFiles."""
    try:
        count(turn, "file", str(parent_id), FILES_PER_PARENT)
    except TooManyTries as often:
        raise TooManyFiles(often.again_at) from None


def count_shared(turn: Turn, kind: str, who: str, limit: TryLimit) -> None:
    """The same for what several accounts may try at the very same moment. Raises TooManyTries."""
    attempts.hold(turn.tx, _subject(turn, kind, who))
    count(turn, kind, who, limit)


def left(turn: Turn, kind: str, who: str, limit: TryLimit) -> int:
    """How many tries of a kind there still are. Raises TooManyTries where there is none."""
    times = tried(turn, kind, _subject(turn, kind, who), limit)
    require_try(limit, times, turn.now)
    return tries_left(limit, times, turn.now)


def forgive(turn: Turn, kind: str, who: str) -> None:
    """What was tried counts no more: the right one was among it."""
    attempts.forget(turn.tx, kind, _subject(turn, kind, who))


def tried(turn: Turn, kind: str, subject: bytes, limit: TryLimit) -> list[datetime]:
    """When it was tried within the span that counts."""
    return attempts.since(turn.tx, kind, subject, turn.now - limit.span)


def _subject(turn: Turn, kind: str, who: str) -> bytes:
    return turn.tx.vault.blind("address", f"{kind}:{who}")
