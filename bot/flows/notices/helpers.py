"""Notices about a helper, in words. `name`: what the parent calls them, or the last digits; "" in an SMS."""

from collections.abc import Mapping
from datetime import datetime

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row
from bot.flows.notices.parts import Facts, Notice, lines
from bot.texts import Texts
from domain.notice import Told


def _joined(t: Texts, data: Facts) -> str:
    until = t.day(datetime.fromisoformat(data["until"]))
    return lines(
        _said_yes(t, data),
        t(
            "Until {date} this account sees how your applications stand and is told your news, and can "
            "change nothing. You can end that at any time.",
            date=until,
        ),
    )


def _said_yes(t: Texts, data: Facts) -> str:
    if not data.get("name"):
        return t("Your helper has said yes.")
    return t("Your helper has said yes: {name}.", name=data["name"])


def _removed(t: Texts, data: Facts) -> str:
    if not data.get("name"):
        return t("Your helper does not help any more. You can name another one.")
    return t("Your helper does not help any more: {name}. You can name another one.", name=data["name"])


def _to_helper(t: Texts, _data: Facts) -> tuple[Row, ...]:
    return ((Button(t("Helper's phone"), action("helper")),),)


NOTICES: Mapping[Told, Notice] = {
    Told.HELPER_JOINED: Notice(_joined, _to_helper),
    Told.HELPER_REMOVED: Notice(_removed, _to_helper),
}
