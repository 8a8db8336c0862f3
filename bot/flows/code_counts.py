"""How many codes are sent, and to whom: each kind on a count of its own, so that none uses up another.

Codes for signing in and for undoing are asked for by strangers, those of the cabinet by who is in it.
"""

from dataclasses import dataclass

from bot.conversation.turn import Turn
from bot.flows.tries import count, count_network, count_shared, forgive
from domain.phone import Phone
from domain.tries import (
    CODES_PER_ADDRESS,
    CODES_PER_CONTACT,
    CODES_PER_PHONE,
    UNDO_CODES_PER_ASKER,
    UNDO_CODES_PER_PHONE,
    TryLimit,
)


@dataclass(frozen=True, slots=True)
class Count:
    """On which count the codes to a phone go.

    `per_contact`: how many one account gets, whatever the phones; `per_asker`: how many of those to one
    phone, the network address being an asker, too. None: as many as the phone gets.
    """

    kind: str
    per_phone: TryLimit = CODES_PER_PHONE
    per_contact: TryLimit | None = CODES_PER_CONTACT
    per_asker: TryLimit | None = None


TYPED = Count("code")
"""To a number that somebody types: the own, or another's."""
SIGN_IN = Count("sign_in_code")
"""To a phone of an IIN, whoever types that."""
CABINET = Count("cabinet_code", per_contact=None)
"""To a phone of the cabinet that the account is signed in to: never to a hundred numbers."""
UNDOING = Count("undo_code", UNDO_CODES_PER_PHONE, per_asker=UNDO_CODES_PER_ASKER)


def count_code(turn: Turn, count_as: Count, phone: Phone | None, iin: str | None) -> None:
    """One more code to a phone, or to nobody. Raises TooManyTries.

    Those of an IIN are counted by it and not by the phone, known or not: or the last try would tell how many
    phones it has, or who shares one.
    """
    kind = count_as.kind
    if count_as.per_contact is not None:
        count(turn, f"{kind}_contact", str(turn.person.contact_id), count_as.per_contact)
    count_network(turn, "code_address", CODES_PER_ADDRESS)
    if iin is not None:
        count_shared(turn, f"{kind}_iin", iin, count_as.per_phone)
    elif phone is not None:
        if count_as.per_asker is not None:
            for asker in _askers(turn, phone):
                count_shared(turn, f"{kind}_asker", asker, count_as.per_asker)
        count_shared(turn, f"{kind}_phone", phone.e164, count_as.per_phone)


def forgive_codes(turn: Turn, count_as: Count, phone: Phone, iin: str | None = None) -> None:
    """The right one was typed: who it was for asked for the others, too, and they count no more.

    What the account has asked for altogether still counts: one of its codes may go to a phone of its own.
    """
    kind = count_as.kind
    if iin is not None:
        forgive(turn, f"{kind}_iin", iin)
        return
    forgive(turn, f"{kind}_phone", phone.e164)
    if count_as.per_asker is not None:
        for asker in _askers(turn, phone):
            forgive(turn, f"{kind}_asker", asker)


def _askers(turn: Turn, phone: Phone) -> list[str]:
    """The account, and where the channel tells it the network address: there an account costs nothing."""
    askers = (turn.person.contact_id, turn.incoming.network_address)
    return [f"{asker}:{phone.e164}" for asker in askers if asker is not None]
