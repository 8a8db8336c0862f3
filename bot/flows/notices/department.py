"""Notices about what the education department has answered, in words.

`reason` is what its officer wrote; `child` the child it is about, `privilege` a privilege's code.
"""

from collections.abc import Mapping

from bot.flows.notices.parts import Facts, Notice, child, lines, reason, to_operator
from bot.flows.privilege_words import name as privilege_name
from bot.texts import Texts
from domain.notice import Told


def _answered(t: Texts, data: Facts) -> str:
    if data.get("kept_back"):
        return t(
            "The education department has answered. It can be read in Kezek under “{messages}”; "
            "the operator tells it, too.",
            messages=t("Messages"),
        )
    first = t("The education department answers: {reason}", reason=data["reason"])
    return lines(first, child(t, data))


def _objection_refused(t: Texts, data: Facts) -> str:
    return lines(
        t(
            "The education department does not agree to your objection: {privilege}.",
            privilege=privilege_name(t, data["privilege"]),
        ),
        reason(t, data),
        t("Application № {number} keeps its date.", number=data["number"]),
    )


NOTICES: Mapping[Told, Notice] = {
    Told.DEPARTMENT_ANSWERED: Notice(_answered, to_operator),
    Told.OBJECTION_REFUSED: Notice(_objection_refused, to_operator),
}
