"""Notices about a parent's own data, in words: the second phone of a form, the copy, an erasure."""

from collections.abc import Mapping

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row
from bot.flows.notices.parts import Facts, Notice, moment
from bot.texts import Texts
from domain.notice import Told


def _second_phone(t: Texts, _data: Facts) -> str:
    return t("The second phone of your application is confirmed. You can go on.")


def _export(t: Texts, data: Facts) -> str:
    return t(
        "A copy of everything kept about you was made. It can be fetched until {moment}.",
        moment=moment(t, data),
    )


def _erased(t: Texts, _data: Facts) -> str:
    return t(
        "The other parent has had their own data erased. The applications of your children stay with you."
    )


def _get_the_copy(t: Texts, _data: Facts) -> tuple[Row, ...]:
    return ((Button(t("Get the copy"), action("export", "link")),),)


NOTICES: Mapping[Told, Notice] = {
    Told.SECOND_PHONE_CONFIRMED: Notice(_second_phone),
    Told.EXPORT_MADE: Notice(_export, _get_the_copy),
    Told.OTHER_PARENT_ERASED: Notice(_erased),
}
