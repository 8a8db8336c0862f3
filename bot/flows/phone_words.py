"""A phone in words: where it stands, and the digits by which its owner knows it again."""

from bot.texts import Texts
from domain.phone import Phone
from storage.phones import CONTACT_PHONE, ConfirmedPhone

_SHOWN = 2


def ending(phone: Phone) -> str:
    """The last digits: enough for who knows the number, nothing for anybody else."""
    return phone.e164[-_SHOWN:]


def line(t: Texts, phone: ConfirmedPhone) -> str:
    """A confirmed phone on a screen of its owner's."""
    if phone.position == CONTACT_PHONE:
        return t(
            "Contact phone: ending in {digits}, since {date}",
            digits=ending(phone.number),
            date=t.day(phone.since),
        )
    return t(
        "Second phone: ending in {digits}, since {date}", digits=ending(phone.number), date=t.day(phone.since)
    )
