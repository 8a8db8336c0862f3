"""Numbers that are shared: what the messenger itself vouches for is kept in mind, and spares a code."""

from bot.conversation.incoming import SharedPhone
from bot.conversation.turn import Turn
from domain.errors import PhoneMalformed, PhoneNotMobile
from domain.phone import Phone
from domain.phone_confirmation import is_vouched
from storage import vouchings


def keep(turn: Turn, shared: SharedPhone) -> None:
    """Keep in mind what the messenger vouches for, whatever it was shared for.

    A card of somebody else's says nothing. A number of the account's own that no code could reach ends what
    was vouched for.
    """
    if not shared.vouched:
        return
    contact_id = turn.person.contact_id
    try:
        vouchings.remember(turn.tx, contact_id, Phone.parse(shared.number), turn.now)
    except (PhoneMalformed, PhoneNotMobile):
        vouchings.forget(turn.tx, contact_id)


def vouched_phone(turn: Turn) -> Phone | None:
    """The number for which this account's messenger vouched within the last 90 days."""
    vouching = vouchings.of_contact(turn.tx, turn.person.contact_id)
    if vouching is None or not is_vouched(vouching.phone, vouching, turn.now):
        return None
    return vouching.phone
