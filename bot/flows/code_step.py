"""A step in which a code that came by SMS is typed: sent, sent again, judged.

Whoever knows an IIN or a phone learns nothing here: the answers are the same whether a code was really
sent or not.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.conversation.actions import Outdated
from bot.conversation.form import Again, Question, answer
from bot.conversation.incoming import Content, Press, Text
from bot.conversation.reply import Button, Row, Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.tries import count, count_network
from bot.texts import Texts
from domain import codes as code_rules
from domain.codes import DIGITS, SentCode
from domain.phone import Phone
from domain.separators import without_separators
from domain.tries import CODES_PER_ADDRESS, CODES_PER_CONTACT, CODES_PER_PHONE
from storage import codes
from storage.codes import StoredCode

_AGAIN = "again"
Wording = Callable[[Texts, str], str]


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
) -> None:
    """Send a code to a phone; to nobody where there is none, and everything looks the same.

    Counted by contact, network address, IIN and phone. Raises TooManyTries.
    """
    count(turn, "code_contact", str(turn.person.contact_id), CODES_PER_CONTACT)
    count_network(turn, "code_address", CODES_PER_ADDRESS)
    if iin is not None:
        # Counted by the IIN, too, known or not: or the last try would tell how many phones it has.
        count(turn, "code_iin", iin, CODES_PER_PHONE)
    if phone is not None:
        count(turn, "code_phone", phone.e164, CODES_PER_PHONE)
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


@dataclass(frozen=True, slots=True)
class CodeStep:
    """One such step of a form.

    `ask` makes the screen without its buttons. `phones` are the phones that the code can go to: the
    first, or on demand the second; empty: nobody gets it, and nobody can tell. `iin` is whose code it is.
    """

    form: str
    key: str
    purpose: str
    ask: Callable[[Turn, Draft], Screen]
    phones: Callable[[Turn, Draft], Sequence[Phone]]
    iin: Callable[[Draft], str | None] = lambda _draft: None
    words: Wording = usual_words
    other_phone: bool = False

    def question(self, when: Callable[[Draft], bool] = lambda _draft: True) -> Question:
        """The question of the form; its answer is True."""
        return Question(
            self.key, self.screen, self.read, sensitivity=Sensitivity.SECRET, when=when, numbers=True
        )

    def send(self, turn: Turn, draft: Draft, which: int = 0) -> None:
        """Send the code: when the step begins. Raises TooManyTries."""
        phones = self.phones(turn, draft)
        phone = phones[min(which, len(phones) - 1)] if phones else None
        send(turn, self.purpose, phone, iin=self.iin(draft), words=self.words)

    def screen(self, turn: Turn, draft: Draft) -> Screen:
        """The question with the ways to a new code."""
        t = turn.t
        rows: list[Row] = [(Button(t("Send a new code"), answer(self.form, self.key, _AGAIN, 0)),)]
        if self.other_phone:
            rows.append((Button(t("To my other phone"), answer(self.form, self.key, _AGAIN, 1)),))
        return self.ask(turn, draft).with_rows(rows)

    def read(self, turn: Turn, draft: Draft, content: Content) -> bool:
        """True for the right code. Raises CodeWrong, CodeLapsed, CodeTooSoon, TooManyTries, Again."""
        match content:
            case Press(action=pressed):
                self._send_again(turn, draft, pressed.split(":"))
                raise Again(self.screen(turn, draft).with_note(turn.t("A new code is on its way.")))
            case Text(text=text) if (typed := without_separators(text)).isascii() and typed.isdigit():
                judge(turn, latest(turn, self.purpose), typed)
                return True
            case _:
                raise Again(self.screen(turn, draft).with_note(turn.t("Please type it in digits.")))

    def _send_again(self, turn: Turn, draft: Draft, pressed: list[str]) -> None:
        if pressed not in ([_AGAIN, "0"], [_AGAIN, "1"]):
            raise Outdated
        sent = latest(turn, self.purpose)
        code_rules.require_repeat(sent.sent_at if sent else None, turn.now)
        self.send(turn, draft, int(pressed[1]))
