"""Codes to a number for which anybody may have asked: whoever holds the telephone types any that came lately.

A stranger can neither use such a code up nor keep its owner from one: who asked does not matter.
"""

from bot.conversation.turn import Turn
from bot.flows.tries import count, count_network, left
from domain.errors import CodeLapsed, CodeWrong
from domain.phone import Phone
from domain.tries import WRONG_CODES_PER_ADDRESS, WRONG_CODES_PER_CONTACT
from storage import codes, phones
from storage.codes import StoredCode

_TRY, _TRY_ADDRESS = "code_try", "code_try_address"


def newest_to(turn: Turn, purpose: str, phone: Phone) -> StoredCode | None:
    """The newest code to a phone that is still good."""
    return next(iter(codes.live_to(turn.tx, phone, purpose, turn.now)), None)


def judge_any(turn: Turn, purpose: str, phone: Phone, typed: str) -> StoredCode:
    """The code to that phone, used up by the right answer. Wrong ones are counted for the account that types.

    Raises CodeLapsed where none is good any more, CodeWrong, TooManyTries.
    """
    live = codes.live_to(turn.tx, phone, purpose, turn.now)
    if not live:
        raise CodeLapsed
    who = f"{purpose}:{turn.person.contact_id}:{phone.e164}"
    before = left(turn, _TRY, who, WRONG_CODES_PER_CONTACT)
    count_network(turn, _TRY_ADDRESS, WRONG_CODES_PER_ADDRESS)
    for stored in live:
        if codes.matches(turn.tx, stored, typed):
            codes.mark_used(turn.tx, stored.id, turn.now)
            phones.found_alive(turn.tx, turn.tx.vault.blinds("phone", phone.e164))
            return stored
    count(turn, _TRY, who, WRONG_CODES_PER_CONTACT)
    if before == 1:
        left(turn, _TRY, who, WRONG_CODES_PER_CONTACT)
    raise CodeWrong(tries_left=before - 1)
