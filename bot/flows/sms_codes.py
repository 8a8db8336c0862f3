"""Codes by SMS in a turn: one is sent, the newest is looked up, what was typed is judged.

Whoever knows an IIN or a phone learns nothing here: everything is the same whether a code was really
sent or not.
"""

import secrets
from collections.abc import Callable
from datetime import timedelta

from bot.conversation.turn import Turn
from bot.flows.code_counts import TYPED, Count, count_code
from bot.flows.doing import is_assisted
from bot.texts import Texts
from domain import codes as code_rules
from domain.codes import DIGITS, SentCode
from domain.phone import Phone
from storage import codes, phones
from storage.codes import StoredCode

Wording = Callable[[Texts, str], str]


def usual_words(t: Texts, code: str) -> str:
    """The SMS of a code with which one comes in. In Kazakh 70 characters are one SMS."""
    return t("Kezek: {code} is the code for entering your cabinet. Tell it to nobody.", code=code)


def words_read_out(t: Texts, code: str) -> str:
    """The same, where the contact centre was asked for help on the telephone."""
    return t(
        "Kezek: {code} is the code for your cabinet. Read it to the operator who helps you now.", code=code
    )


def words_of_a_phone(t: Texts, code: str) -> str:
    """The SMS of a code by which a number is shown to be at hand."""
    return t("Kezek: {code} is the code that confirms this phone. Tell it to nobody.", code=code)


def send(
    turn: Turn,
    purpose: str,
    phone: Phone | None,
    *,
    iin: str | None = None,
    words: Wording = usual_words,
    count_as: Count = TYPED,
) -> None:
    """Send a code to a phone; to nobody where there is none, and everything looks the same.

    Counted as `count_as` says. Raises TooManyTries.
    """
    count_code(turn, count_as, phone, iin)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    contact = turn.person.contact_id
    codes.create(turn.tx, contact, phone, code, purpose, turn.now, code_rules.TRIES, code_rules.LIFE)
    if phone is not None:
        turn.text_message(phone.e164, _to_be_read_out(turn, words)(turn.t, code), code_rules.LIFE)


def _to_be_read_out(turn: Turn, words: Wording) -> Wording:
    """Whom the contact centre helps on the telephone must tell the code: nobody is taught two rules."""
    return words_read_out if is_assisted(turn) and words is usual_words else words


def latest(turn: Turn, purpose: str) -> StoredCode | None:
    """The newest code that this account asked for."""
    return codes.latest(turn.tx, turn.person.contact_id, purpose)


def judge(turn: Turn, stored: StoredCode | None, typed: str, life: timedelta = code_rules.LIFE) -> StoredCode:
    """The code, used up by the right answer. Raises CodeWrong or CodeLapsed; a wrong try is counted."""
    sent = SentCode(stored.sent_at, stored.tries_left, stored.used, life) if stored else None
    usable = code_rules.require_usable(sent, turn.now)
    assert stored is not None
    right = stored.to_a_phone and codes.matches(turn.tx, stored, typed)
    if not right:
        codes.spend_try(turn.tx, stored.id)
    code_rules.check(usable, right=right)
    codes.mark_used(turn.tx, stored.id, turn.now)
    if stored.phone_index is not None:
        phones.found_alive(turn.tx, [stored.phone_index])
    return stored
