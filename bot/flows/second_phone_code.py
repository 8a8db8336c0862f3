"""/code: whoever holds the second phone of an application confirms it in a chat of their own [000]."""

from bot.conversation import form
from bot.conversation.actions import action
from bot.conversation.form import Again, Form, Question
from bot.conversation.incoming import Content, Text
from bot.conversation.reply import Button, Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.apply import second_phone
from bot.flows.code_counts import TYPED, forgive_codes
from bot.flows.codes_to_phone import judge_any
from bot.flows.phone_answers import phone_screen, read_phone
from bot.flows.telling import tell
from domain.notice import Told
from domain.phone import Phone
from domain.separators import without_separators
from storage import codes

NAME = "holder"


def start(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """Ask which number it is."""
    return form.begin(turn, FORM)


def _ask_phone(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t("Did you get a code because your number is named in an application? Which number is it?")
    return phone_screen(turn, text, t("A code from an SMS"))


def _read_phone(turn: Turn, draft: Draft, content: Content) -> str:
    phone = read_phone(turn, content, _ask_phone(turn, draft))
    return phone.e164


def _ask_code(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t("Type the 6 digits from the SMS. By that you agree to be the second phone of the application.")
    return Screen(text, title=t("A code from an SMS"), typing=True, hint=t("Code from the SMS"))


def _read_code(turn: Turn, draft: Draft, content: Content) -> bool:
    """A code that went to this phone, whoever asked for it. Raises CodeWrong, CodeLapsed, TooManyTries."""
    typed = without_separators(content.text) if isinstance(content, Text) else ""
    if not (typed.isascii() and typed.isdigit()):
        raise Again(_ask_code(turn, draft).with_note(turn.t("Please type it in digits.")))
    phone = Phone(draft["phone"])
    used = judge_any(turn, second_phone.PURPOSE, phone, typed)
    forgive_codes(turn, TYPED, phone)
    draft["parent"] = codes.parent_who_asked(turn.tx, used.id)
    return True


def _done(turn: Turn, draft: Draft) -> Screen:
    t, parent_id = turn.t, draft["parent"]
    if parent_id is not None:
        second_phone.confirm(turn, parent_id, Phone(draft["phone"]))
        tell(
            turn.tx, parent_id, Told.SECOND_PHONE_CONFIRMED, turn.now, but_not_in=turn.person.conversation_id
        )
    return Screen(
        t("Thank you. The number is confirmed, and the parent has been told."),
        title=t("A code from an SMS"),
        rows=((Button(t("Menu"), action("menu")),),),
    )


FORM = Form(
    NAME,
    (
        Question("phone", _ask_phone, _read_phone, numbers=True),
        Question("code", _ask_code, _read_code, sensitivity=Sensitivity.SECRET, numbers=True, digits=True),
    ),
    _done,
)
