"""Notices in words, in the reader's language: on a screen, by SMS, in the inbox."""

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row, Screen
from bot.flows.notices.parts import Facts
from bot.flows.notices.table import NOTICES
from bot.texts import Texts
from domain.notice import Told

_NAMES = ("name", "child")
_OWN_WORDS = "reason"
"""What a person has typed, who may name anybody in it."""
_PERSONAL = (*_NAMES, _OWN_WORDS)


def screen_of(t: Texts, kind: Told, data: Facts) -> Screen:
    """The notice as a message."""
    menu: Row = (Button(t("Menu"), action("menu")),)
    return Screen(in_words(t, kind, data), rows=(*buttons(t, kind, data), menu), fresh=True)


def buttons(t: Texts, kind: Told, data: Facts) -> tuple[Row, ...]:
    """What can be done about it."""
    return NOTICES[kind].buttons(t, data)


def personal(data: Facts) -> frozenset[str]:
    """What of the facts names somebody: masked where the words are logged."""
    own = frozenset(str(data[name]) for name in _PERSONAL if data.get(name))
    return own.union(*map(personal, data.get("items", ())))


def by_sms(t: Texts, kind: Told, data: Facts) -> str:
    """The notice as an SMS: it lies open on whosever screen, so it names nobody, and quotes nobody."""
    return in_words(t, kind, _nameless(data))


def _nameless(data: Facts) -> Facts:
    """Without names and without what staff wrote, also in what is told of several applications."""
    told = {**data, **{name: "" for name in _NAMES if name in data}}
    if told.pop(_OWN_WORDS, ""):
        told["kept_back"] = True
    return {**told, "items": [_nameless(each) for each in data["items"]]} if "items" in data else told


def in_words(t: Texts, kind: Told, data: Facts) -> str:
    """The notice as it stands in the inbox."""
    return NOTICES[kind].words(t, data)
