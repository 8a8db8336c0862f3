"""A step in which a code that came by SMS is typed: sent, sent again, judged.

Whoever knows an IIN or a phone learns nothing here: the answers are the same whether a code was really
sent or not.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.conversation.actions import Outdated
from bot.conversation.form import Again, Question, always, answer
from bot.conversation.incoming import Content, Press, Text
from bot.conversation.reply import Button, Keys, Row, Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.code_counts import TYPED, Count, forgive_codes
from bot.flows.instead import Instead, Others, nothing
from bot.flows.sms_codes import Wording, judge, latest, send, usual_words
from domain.codes import require_repeat
from domain.errors import CodeLapsed
from domain.phone import Phone
from domain.separators import without_separators
from storage.codes import StoredCode

_AGAIN = "again"


@dataclass(frozen=True, slots=True)
class CodeStep:
    """One such step of a form.

    `ask` makes the screen without its buttons. `phones` are the phones that the code can go to: the
    first, or on demand the second; empty: nobody gets it, and nobody can tell. `iin` is whose code it is.
    `instead` are other answers than a code, each by a button, where the draft allows one. `then` is done
    at once after the right code, which is used up whatever comes of it. `count_as` is the count on which
    the codes go; the right one takes them off it.
    """

    form: str
    key: str
    purpose: str
    ask: Callable[[Turn, Draft], Screen]
    phones: Callable[[Turn, Draft], Sequence[Phone]]
    iin: Callable[[Draft], str | None] = lambda _draft: None
    words: Wording = usual_words
    other_phone: bool = False
    instead: tuple[Instead, ...] = ()
    then: Callable[[Turn, Draft], None] = nothing
    count_as: Count = TYPED

    def question(self, when: Callable[[Draft], bool] = always) -> Question:
        """The question of the form; its answer is the phone (E.164) whose code was typed."""
        return Question(
            self.key,
            self.screen,
            self.read,
            sensitivity=Sensitivity.SECRET,
            when=when,
            numbers=True,
            digits=True,
        )

    def send(self, turn: Turn, draft: Draft, which: int = 0) -> None:
        """Send the code: when the step begins. Raises TooManyTries."""
        phones = self.phones(turn, draft)
        phone = phones[min(which, len(phones) - 1)] if phones else None
        send(turn, self.purpose, phone, iin=self.iin(draft), words=self.words, count_as=self.count_as)

    def screen(self, turn: Turn, draft: Draft) -> Screen:
        """The question with the ways to a new code."""
        t = turn.t
        rows: list[Row] = [(Button(t("Send a new code"), answer(self.form, self.key, _AGAIN, 0)),)]
        if self.other_phone:
            rows.append((Button(t("To my other phone"), answer(self.form, self.key, _AGAIN, 1)),))
        rows += self._others.rows(t, draft)
        return replace(self.ask(turn, draft), keys=Keys.DIGITS).with_rows(rows)

    def read(self, turn: Turn, draft: Draft, content: Content) -> str:
        """The phone whose code was typed, or what is answered instead.

        Raises CodeWrong, CodeLapsed, CodeTooSoon, TooManyTries, Again.
        """
        match content:
            case Press(action=pressed):
                if (other := self._others.chosen(turn, draft, pressed)) is not None:
                    return other
                self._send_again(turn, draft, pressed.split(":"))
                raise Again(self.screen(turn, draft).with_note(turn.t("A new code is on its way.")))
            case Text(text=text) if (typed := without_separators(text)).isascii() and typed.isdigit():
                phone = self.judge(turn, draft, typed)
                forgive_codes(turn, self.count_as, phone, self.iin(draft))
                self.then(turn, draft)
                return phone.e164
            case _:
                raise Again(self.screen(turn, draft).with_note(turn.t("Please type it in digits.")))

    def judge(self, turn: Turn, draft: Draft, typed: str) -> Phone:
        """The phone whose code was typed.

        Raises CodeWrong, TooManyTries; CodeLapsed also when the phone counts no longer: it was replaced.
        """
        used = judge(turn, self.newest(turn, draft), typed)
        for phone in self.phones(turn, draft):
            if used.phone_index in turn.tx.vault.blinds("phone", phone.e164):
                return phone
        raise CodeLapsed

    def newest(self, turn: Turn, draft: Draft) -> StoredCode | None:
        """The newest code of this step: another one can be sent a while after it."""
        return latest(turn, self.purpose)

    @property
    def _others(self) -> Others:
        return Others(self.form, self.key, self.instead)

    def _send_again(self, turn: Turn, draft: Draft, pressed: list[str]) -> None:
        if pressed not in ([_AGAIN, "0"], [_AGAIN, "1"]):
            raise Outdated
        sent = self.newest(turn, draft)
        require_repeat(sent.sent_at if sent else None, turn.now)
        self.send(turn, draft, int(pressed[1]))
