"""The notice that an operator has answered in the chat, in words.

`reason` is what was said there, or its beginning.
"""

from collections.abc import Mapping

from bot.flows.notices.parts import Facts, Notice, lines, to_operator
from bot.texts import Texts
from domain.notice import Told


def _answered(t: Texts, data: Facts) -> str:
    if data.get("kept_back"):
        return t(
            "An operator has answered you in the chat. It can be read in Kezek under “{messages}”, too.",
            messages=t("Messages"),
        )
    return lines(t("An operator has answered you in the chat."), data["reason"])


NOTICES: Mapping[Told, Notice] = {Told.OPERATOR_ANSWERED: Notice(_answered, to_operator)}
