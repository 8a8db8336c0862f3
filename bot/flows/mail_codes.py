"""A step in which a code that came by e-mail is typed: only that shows that an address is right."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from bot.conversation.actions import Outdated
from bot.conversation.form import Again, Question, always, answer
from bot.conversation.incoming import Content, Press, Text
from bot.conversation.reply import Button, Keys, Row, Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.instead import Instead, Others
from bot.flows.sms_codes import judge, latest
from bot.flows.tries import count, count_network, count_shared, forgive
from domain.codes import DIGITS, LIFE_BY_MAIL, TRIES, require_repeat
from domain.errors import CodeLapsed
from domain.separators import without_separators
from domain.tries import CODES_PER_ADDRESS, CODES_PER_CONTACT, CODES_PER_MAILBOX
from storage import codes

PURPOSE = "mail"
_CONTACT, _MAILBOX, _NETWORK = "mail_code_contact", "mail_code", "code_address"
_AGAIN = "again"


def send(turn: Turn, address: str) -> None:
    """Send a code to an address. Raises TooManyTries."""
    count(turn, _CONTACT, str(turn.person.contact_id), CODES_PER_CONTACT)
    count_network(turn, _NETWORK, CODES_PER_ADDRESS)
    count_shared(turn, _MAILBOX, address, CODES_PER_MAILBOX)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    contact = turn.person.contact_id
    codes.create(turn.tx, contact, address, code, PURPOSE, turn.now, TRIES, LIFE_BY_MAIL)
    t = turn.t
    text = t(
        "Kezek: {code} is the code that confirms this e-mail address. Tell it to nobody.\n\n"
        "If you did not ask for it, somebody has mistyped an address: do nothing.",
        code=code,
    )
    turn.letter(address, t("Kezek: a code for you"), text, LIFE_BY_MAIL)


@dataclass(frozen=True, slots=True)
class MailStep:
    """One such step of a form. `address` is where the code went, `instead` are other answers by a button."""

    form: str
    key: str
    address: Callable[[Draft], str]
    instead: tuple[Instead, ...] = ()

    def question(self, when: Callable[[Draft], bool] = always) -> Question:
        """The question of the form; its answer is the address whose code was typed."""
        return Question(
            self.key,
            self._screen,
            self._read,
            sensitivity=Sensitivity.SECRET,
            when=when,
            numbers=True,
            digits=True,
        )

    def _screen(self, turn: Turn, draft: Draft) -> Screen:
        t = turn.t
        text = t(
            "A letter with a code of 6 digits was sent to {address}. Type the code here. It is good for "
            "20 minutes. If the letter is not there, look among the unwanted ones, too.",
            address=turn.private(self.address(draft)),
        )
        rows: list[Row] = [(Button(t("Send a new code"), answer(self.form, self.key, _AGAIN)),)]
        rows += self._others.rows(t, draft)
        hint = t("Code from the letter")
        return Screen(text, title=t("E-mail"), rows=tuple(rows), typing=True, hint=hint, keys=Keys.DIGITS)

    def _read(self, turn: Turn, draft: Draft, content: Content) -> str:
        """Raises CodeWrong, CodeLapsed, CodeTooSoon, TooManyTries, Again."""
        t = turn.t
        match content:
            case Press(action=pressed):
                if (other := self._others.chosen(turn, draft, pressed)) is not None:
                    return other
                self._send_again(turn, draft, pressed)
                raise Again(self._screen(turn, draft).with_note(t("A new code is on its way.")))
            case Text(text=text) if (typed := without_separators(text)).isascii() and typed.isdigit():
                return self._judged(turn, draft, typed)
            case _:
                raise Again(self._screen(turn, draft).with_note(t("Please type it in digits.")))

    def _judged(self, turn: Turn, draft: Draft, typed: str) -> str:
        address = self.address(draft)
        used = judge(turn, latest(turn, PURPOSE), typed, LIFE_BY_MAIL)
        if used.phone_index not in codes.blinds_of(turn.tx, address):
            raise CodeLapsed
        forgive(turn, _MAILBOX, address)
        return address

    def _send_again(self, turn: Turn, draft: Draft, pressed: str) -> None:
        if pressed != _AGAIN:
            raise Outdated
        sent = latest(turn, PURPOSE)
        require_repeat(sent.sent_at if sent else None, turn.now)
        send(turn, self.address(draft))

    @property
    def _others(self) -> Others:
        return Others(self.form, self.key, self.instead)
