"""A phone number as an answer: typed, or shared by one tap."""

from bot.conversation.form import Again
from bot.conversation.incoming import Content, SharedPhone, Text
from bot.conversation.reply import Ask, Keys, Screen
from bot.conversation.turn import Turn
from domain.phone import Phone


def phone_screen(turn: Turn, text: str, title: str, *, own: bool = True) -> Screen:
    """Ask for a number; the person's `own` one can be shared by one tap."""
    t = turn.t
    hint = t("Phone number, for example +7 700 000 00 00")
    if not own:
        return Screen(text, title=title, typing=True, hint=hint, keys=Keys.PHONE)
    label = t("Share my number")
    return Screen(text, title=title, ask=Ask.PHONE, ask_label=label, typing=True, hint=hint, keys=Keys.PHONE)


def read_phone(turn: Turn, content: Content, asked: Screen) -> Phone:
    """The number. Raises PhoneMalformed, PhoneNotMobile, and Again with what was asked for anything else."""
    match content:
        case SharedPhone(number=number):
            return Phone.parse(number)
        case Text(text=text) if any(char.isdigit() for char in text):
            return Phone.parse(text)
        case _:
            raise Again(asked.with_note(turn.t("Please type the number in digits.")))
