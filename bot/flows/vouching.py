"""Numbers that are shared: what the messenger itself vouches for is remembered, and spares a code."""

from bot.conversation.incoming import SharedPhone
from bot.conversation.turn import Turn
from domain.errors import PhoneMalformed, PhoneNotMobile
from domain.phone import Phone
from domain.phone_confirmation import is_vouched
from storage import vouchings


def note(turn: Turn, shared: SharedPhone) -> Phone:
    """The number that was shared. Of a card of somebody else's nothing is remembered.

    Raises PhoneMalformed or PhoneNotMobile; such a number of the account's own ends what was vouched for.
    """
    contact_id = turn.person.contact_id
    try:
        number = Phone.parse(shared.number)
    except (PhoneMalformed, PhoneNotMobile):
        if shared.vouched:
            vouchings.forget(turn.tx, contact_id)
        raise
    if shared.vouched:
        vouchings.remember(turn.tx, contact_id, number, turn.now)
    return number


def vouched_phone(turn: Turn) -> Phone | None:
    """The number for which this account's messenger vouched within the last 90 days."""
    vouching = vouchings.of_contact(turn.tx, turn.person.contact_id)
    if vouching is None or not is_vouched(vouching.phone, vouching, turn.now):
        return None
    return vouching.phone
