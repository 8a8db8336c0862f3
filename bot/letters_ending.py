"""The end of letters to a parent, by one click in one of them (RFC 8058)."""

from bot.channels.mail.links import LetterLinks
from domain.notice import Deed
from domain.ways import BY_MAIL, BY_SMS, MESSENGER
from storage import conversations, journal, mailboxes, people, profiles
from storage.transaction import Transaction


def end_letters(tx: Transaction, links: LetterLinks, token: str) -> bool:
    """End them: the parent is told in the messenger again, or by SMS where there is none.

    Only what is critical goes to the mailbox still, where no other way is left. Done again it changes
    nothing. False for a link that is forged, or of an address that is the parent's no more.
    """
    parent_id = _whose(tx, links, token)
    if parent_id is None:
        return False
    mailboxes.end_letters(tx, parent_id)
    chosen = people.notices_of(tx, parent_id)
    if chosen.way == BY_MAIL:
        way = MESSENGER if conversations.of_parent(tx, parent_id) else BY_SMS
        profiles.set_notices(tx, parent_id, way=way, language=chosen.language)
        actor, data = journal.by_parent(parent_id), {"way": way}
        journal.note(tx, parent_id, actor, Deed.NOTICES_CHANGED, tx.now, channel=BY_MAIL, data=data)
    return True


def is_known(tx: Transaction, links: LetterLinks, token: str) -> bool:
    """Whether the link ends somebody's letters."""
    return _whose(tx, links, token) is not None


def _whose(tx: Transaction, links: LetterLinks, token: str) -> int | None:
    parent_id = links.parent_in(token)
    mailbox = None if parent_id is None else mailboxes.of_each(tx, [parent_id]).get(parent_id)
    return parent_id if mailbox is not None and links.fits(token, mailbox.address) else None
