"""A new password for the cabinet [000, 004]: typed, then typed once more; from the first on a hash."""

from collections.abc import Callable

from bot.conversation.actions import Outdated
from bot.conversation.form import Again, Question, always
from bot.conversation.incoming import Content, ErrandDone, Press, Text
from bot.conversation.reply import Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.password_step import ERRANDS, compare, count_work, failed, is_right, typed, waiting
from bot.ports.password_errand import HASH, PASSWORD
from domain.errors import PasswordsDiffer, PasswordUnchanged
from domain.identity import LONGEST_PASSWORD, SHORTEST_PASSWORD, refuse_bad_password
from storage import passwords

NEW, AGAIN = "new", "again"


def questions(when: Callable[[Draft], bool] = always) -> tuple[Question, Question]:
    """The two questions; the answer to the first is the hash."""
    first = Question(NEW, _ask_new, _read_new, Sensitivity.SECRET, when, numbers=True, errands=ERRANDS)
    repeated = Question(
        AGAIN, _ask_again, _read_again, Sensitivity.SECRET, when, numbers=True, errands=ERRANDS
    )
    return first, repeated


def _ask_new(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t(
        "Type a new password: {shortest} to {longest} characters, any letters, digits and signs. "
        "Choose one that you use nowhere else.",
        shortest=SHORTEST_PASSWORD,
        longest=LONGEST_PASSWORD,
    )
    return Screen(text, title=t("Password"), typing=True, hint=t("New password"))


def _read_new(turn: Turn, draft: Draft, content: Content) -> str:
    """The hash. Raises PasswordBadLength, PasswordUnchanged, TooManyTries, Again."""
    match content:
        case Text(text=text):
            password = typed(text)
            refuse_bad_password(password)
            count_work(turn)
            # What was typed once more belonged to another.
            draft.pop(AGAIN, None)
            turn.errand(PASSWORD, do=HASH, password=password, before=_present(turn))
            raise Again(waiting(turn))
        case ErrandDone(answer=None):
            raise Again(_ask_new(turn, draft).with_note(failed(turn)))
        case ErrandDone(answer=answer) if answer is not None:
            if "hash" not in answer:
                raise PasswordUnchanged
            return str(answer["hash"])
        case Press():
            raise Outdated
        case _:
            raise Again(_ask_new(turn, draft).with_note(turn.t("Please type it.")))


def _present(turn: Turn) -> str | None:
    assert turn.person.parent_id is not None
    present = passwords.of_parent(turn.tx, turn.person.parent_id)
    return present.hashed if present is not None else None


def _ask_again(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t("Type it once more, so that no slip of the finger shuts you out.")
    return Screen(text, title=t("Password"), typing=True, hint=t("The same password"))


def _read_again(turn: Turn, draft: Draft, content: Content) -> bool:
    """True when it is the same. Raises PasswordsDiffer, TooManyTries, Again."""
    match content:
        case Text(text=text) if text.strip():
            count_work(turn)
            compare(turn, text, draft[NEW])
            raise Again(waiting(turn))
        case ErrandDone():
            match is_right(content, draft[NEW]):
                case True:
                    return True
                case False:
                    raise PasswordsDiffer
            raise Again(_ask_again(turn, draft).with_note(failed(turn)))
        case Press():
            raise Outdated
        case _:
            raise Again(_ask_again(turn, draft).with_note(turn.t("Please type it.")))
