"""Notices about phones, the password and accounts, in words.

Facts: `channel` a channel's name, `old` and `new` the last digits of numbers, `until` an ISO instant.
"""

from collections.abc import Callable, Mapping
from typing import Any

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row
from bot.flows.channel_names import channel_name
from bot.texts import Texts
from domain.notice import Told

Facts = Mapping[str, Any]


def _signed_in(t: Texts, data: Facts) -> str:
    entered = t("An account entered your cabinet: {channel}.", channel=channel_name(t, data["channel"]))
    return "\n".join((entered, t("If that was not you, sign it out under Accounts and set a password.")))


def _password_removed(t: Texts, _data: Facts) -> str:
    return "\n".join((t("The password of your cabinet was removed."), _if_not_you(t)))


def _password_set(t: Texts, _data: Facts) -> str:
    return "\n".join((t("A new password was set for your cabinet."), _if_not_you(t)))


def _if_not_you(t: Texts) -> str:
    return t("If that was not you, set a new one: a code to your phone is enough.")


def _cabinet(t: Texts, _data: Facts) -> tuple[Row, ...]:
    return ((Button(t("My cabinet"), action("cabinet")),),)


WORDS: Mapping[Told, Callable[[Texts, Facts], str]] = {
    Told.SIGNED_IN: _signed_in,
    Told.PASSWORD_SET: _password_set,
    Told.PASSWORD_REMOVED: _password_removed,
}
BUTTONS: Mapping[Told, Callable[[Texts, Facts], tuple[Row, ...]]] = {
    Told.SIGNED_IN: _cabinet,
    Told.PASSWORD_SET: _cabinet,
    Told.PASSWORD_REMOVED: _cabinet,
}
