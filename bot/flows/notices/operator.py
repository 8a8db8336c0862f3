"""The notice that an operator has answered. What was said is for the inbox, and not for an SMS.

The facts: `answer`, the operator's words, or their beginning.
"""

from collections.abc import Mapping

from bot.flows.notices.parts import Facts, Notice, lines, to_operator
from bot.texts import Texts
from domain.notice import Told


def _answered(t: Texts, data: Facts) -> str:
    return lines(t("An operator has answered you in the chat."), data.get("answer", ""))


NOTICES: Mapping[Told, Notice] = {Told.OPERATOR_ANSWERED: Notice(_answered, to_operator)}
