"""A phone number as an answer: typed, or shared by one tap."""

from bot.conversation.incoming import Content, SharedPhone, Text
from bot.conversation.turn import Turn
from bot.flows import vouching
from domain.phone import Phone


def read_phone(turn: Turn, content: Content) -> Phone | None:
    """The number; None for what is no number at all. Raises PhoneMalformed, PhoneNotMobile."""
    match content:
        case SharedPhone():
            return vouching.note(turn, content)
        case Text(text=text) if any(char.isdigit() for char in text):
            return Phone.parse(text)
        case _:
            return None
