"""A step in which the cabinet's password is typed. It is compared outside of the turn, and kept nowhere."""

from collections.abc import Callable
from dataclasses import dataclass
from unicodedata import normalize

from bot.conversation.actions import Outdated
from bot.conversation.form import Again, Question, always
from bot.conversation.incoming import Content, ErrandDone, Press, Text
from bot.conversation.reply import Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.instead import Instead, Others, nothing
from bot.flows.tries import count, count_shared, forgive, left
from bot.ports.password_errand import COMPARE, PASSWORD
from domain.errors import PasswordWrong
from domain.tries import PASSWORDS, PASSWORDS_PER_CONTACT

TRIES = "password"
ERRANDS = frozenset({PASSWORD})


@dataclass(frozen=True, slots=True)
class PasswordStep:
    """One such step of a form; its answer is True, or what is answered instead.

    `hashed` is what it has to be right for: without one nothing is right, and nobody can tell. `whose` names
    the cabinet for which tries are counted. `then` is done at once after the right one.
    """

    form: str
    key: str
    ask: Callable[[Turn, Draft], Screen]
    hashed: Callable[[Turn, Draft], str | None]
    whose: Callable[[Turn, Draft], str]
    instead: tuple[Instead, ...] = ()
    then: Callable[[Turn, Draft], None] = nothing

    def question(self, when: Callable[[Draft], bool] = always) -> Question:
        """The question of the form."""
        return Question(
            self.key,
            self.screen,
            self.read,
            sensitivity=Sensitivity.SECRET,
            when=when,
            numbers=True,
            errands=ERRANDS,
        )

    def screen(self, turn: Turn, draft: Draft) -> Screen:
        """The question with what can be answered instead."""
        return self.ask(turn, draft).with_rows(self._others.rows(turn.t, draft))

    def read(self, turn: Turn, draft: Draft, content: Content) -> bool | str:
        """True for the right password. Raises PasswordWrong, TooManyTries, Again."""
        match content:
            case Press(action=pressed):
                other = self._others.chosen(turn, draft, pressed)
                if other is None:
                    raise Outdated
                return other
            case Text(text=text) if text.strip():
                self._count(turn, draft)
                compare(turn, text, self.hashed(turn, draft))
                raise Again(waiting(turn))
            case ErrandDone():
                return self._judge(turn, draft, is_right(content, self.hashed(turn, draft)))
            case _:
                raise Again(self.screen(turn, draft).with_note(turn.t("Please type it.")))

    def _count(self, turn: Turn, draft: Draft) -> None:
        """Before it is compared: or many accounts at once would have a try each."""
        count_work(turn)
        count_shared(turn, TRIES, self.whose(turn, draft), PASSWORDS)

    def _judge(self, turn: Turn, draft: Draft, right: bool | None) -> bool:
        whose = self.whose(turn, draft)
        if right is None:
            raise Again(self.screen(turn, draft).with_note(failed(turn)))
        if not right:
            raise PasswordWrong(left(turn, TRIES, whose, PASSWORDS))
        forgive(turn, TRIES, whose)
        self.then(turn, draft)
        return True

    @property
    def _others(self) -> Others:
        return Others(self.form, self.key, self.instead)


def typed(text: str) -> str:
    """A password as it is compared, however the telephone writes its letters."""
    return normalize("NFC", text.strip())


def count_work(turn: Turn) -> None:
    """One more password of this account that costs us a sum. Raises TooManyTries."""
    count(turn, "password_contact", str(turn.person.contact_id), PASSWORDS_PER_CONTACT)


def compare(turn: Turn, text: str, hashed: str | None) -> None:
    """Have a password compared with a hash."""
    turn.errand(PASSWORD, do=COMPARE, password=typed(text), hash=hashed)


def is_right(done: ErrandDone, hashed: str | None) -> bool | None:
    """Whether it was right, for the hash that counts now; None when it could not be compared."""
    if done.answer is None:
        return None
    return hashed is not None and done.answer["right_for"] == hashed


def waiting(turn: Turn) -> Screen:
    """What is shown until the answer is there."""
    return Screen(turn.t("One moment, please."), fresh=True)


def failed(turn: Turn) -> str:
    """The errand did not come back."""
    return turn.t("That did not work just now. Please type it once more.")
