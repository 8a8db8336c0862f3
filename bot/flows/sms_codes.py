"""Codes by SMS in a turn: one is sent, the newest is looked up, what was typed is judged.

Whoever knows an IIN or a phone learns nothing here: everything is the same whether a code was really
sent or not.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from bot.conversation.turn import Turn
from bot.flows.tries import count, count_network, count_shared
from bot.texts import Texts
from domain import codes as code_rules
from domain.codes import DIGITS, SentCode
from domain.phone import Phone
from domain.tries import (
    CODES_PER_ADDRESS,
    CODES_PER_CONTACT,
    CODES_PER_PHONE,
    UNDO_CODES_PER_ASKER,
    UNDO_CODES_PER_PHONE,
    TryLimit,
)
from storage import codes
from storage.codes import StoredCode

Wording = Callable[[Texts, str], str]


@dataclass(frozen=True, slots=True)
class Count:
    """On which count the codes to a phone go; `per_asker`: how many of them one account or address gets."""

    kind: str
    per_phone: TryLimit
    per_asker: TryLimit = CODES_PER_CONTACT


USUAL = Count("code", CODES_PER_PHONE)
UNDOING = Count("undo_code", UNDO_CODES_PER_PHONE, UNDO_CODES_PER_ASKER)


def usual_words(t: Texts, code: str) -> str:
    """The SMS of a code that its own owner asked for."""
    return t("Kezek: your code is {code}. Tell it to nobody.", code=code)


def send(
    turn: Turn,
    purpose: str,
    phone: Phone | None,
    *,
    iin: str | None = None,
    words: Wording = usual_words,
    count_as: Count = USUAL,
) -> None:
    """Send a code to a phone; to nobody where there is none, and everything looks the same.

    Counted by contact, network address, IIN and phone. Raises TooManyTries.
    """
    count(turn, "code_contact", str(turn.person.contact_id), CODES_PER_CONTACT)
    count_network(turn, "code_address", CODES_PER_ADDRESS)
    if iin is not None:
        # Counted by the IIN, too, known or not: or the last try would tell how many phones it has.
        count_shared(turn, f"{count_as.kind}_iin", iin, count_as.per_phone)
    if phone is not None:
        for asker in (turn.person.contact_id, turn.incoming.network_address):
            if asker is not None:
                count_shared(turn, f"{count_as.kind}_asker", f"{asker}:{phone.e164}", count_as.per_asker)
        count_shared(turn, f"{count_as.kind}_phone", phone.e164, count_as.per_phone)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    contact = turn.person.contact_id
    codes.create(turn.tx, contact, phone, code, purpose, turn.now, code_rules.TRIES, code_rules.LIFE)
    if phone is not None:
        turn.text_message(phone.e164, words(turn.t, code))


def latest(turn: Turn, purpose: str) -> StoredCode | None:
    """The newest code that this account asked for."""
    return codes.latest(turn.tx, turn.person.contact_id, purpose)


def judge(turn: Turn, stored: StoredCode | None, typed: str) -> StoredCode:
    """The code, used up by the right answer. Raises CodeWrong or CodeLapsed; a wrong try is counted."""
    sent = SentCode(stored.sent_at, stored.tries_left, stored.used) if stored else None
    usable = code_rules.require_usable(sent, turn.now)
    assert stored is not None
    right = stored.to_a_phone and codes.matches(turn.tx, stored, typed)
    if not right:
        codes.spend_try(turn.tx, stored.id)
    code_rules.check(usable, right=right)
    codes.mark_used(turn.tx, stored.id, turn.now)
    return stored
