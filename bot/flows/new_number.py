"""A number that is new to a cabinet: asked for, read, and shown to be at hand by a code."""

from bot.conversation.incoming import Content
from bot.conversation.reply import Screen
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.code_step import CodeStep
from bot.flows.phone_answers import phone_screen, read_phone
from bot.flows.phone_words import ending
from bot.flows.sms_codes import words_of_a_phone
from domain.phone import Phone

PHONE, CODE = "phone", "newcode"
PURPOSE = "new_phone"


def ask(turn: Turn, _draft: Draft) -> Screen:
    """The question for the number."""
    t = turn.t
    return phone_screen(turn, t("Which is the new mobile number?"), t("Phones"))


def read(turn: Turn, draft: Draft, content: Content) -> Phone:
    """The number. Raises PhoneMalformed, PhoneNotMobile, Again."""
    phone = read_phone(turn, content, ask(turn, draft))
    draft.pop(CODE, None)
    return phone


def code_step(form: str) -> CodeStep:
    """The step in which the code to that number is typed."""
    return CodeStep(form, CODE, PURPOSE, ask=_ask_code, phones=_the_number, words=words_of_a_phone)


def _ask_code(turn: Turn, draft: Draft) -> Screen:
    t = turn.t
    text = t(
        "A code of 6 digits was sent by SMS to the new number, ending in {digits}. Type it here. "
        "It is good for 5 minutes.",
        digits=ending(Phone(draft[PHONE])),
    )
    return Screen(text, title=t("Phones"), typing=True, hint=t("Code from the SMS"))


def _the_number(_turn: Turn, draft: Draft) -> list[Phone]:
    return [Phone(draft[PHONE])]
