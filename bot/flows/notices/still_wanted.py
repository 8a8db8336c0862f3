"""The question of each quarter, in words.

The facts: `items`, the applications; `digits`, the last of the number by which the parent is reached.
"""

from collections.abc import Mapping

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row
from bot.flows.notices.moved import MOST
from bot.flows.notices.parts import Facts, Notice, child, lines, which
from bot.texts import Texts
from domain.notice import Told


def _asked(t: Texts, data: Facts) -> str:
    own = [lines(which(t, each), child(t, each)) for each in data["items"][:MOST]]
    number = (
        t("Is your phone number still the one that ends in {digits}?", digits=data["digits"])
        if data.get("digits")
        else ""
    )
    rest = t("Nothing happens without an answer: place and date stay.")
    return "\n\n".join((lines(t("Do you still wait for a place in a kindergarten?"), number), *own, rest))


def _answers(t: Texts, data: Facts) -> tuple[Row, ...]:
    of = data["items"]
    ends = action("withdraw", of[0]["application"]) if len(of) == 1 else action("my")
    return (
        (Button(t("Yes, all is right"), action("still")),),
        (Button(t("The number changed"), action("phones")),),
        (Button(t("No longer wanted"), ends),),
    )


NOTICES: Mapping[Told, Notice] = {Told.STILL_WANTED: Notice(_asked, _answers)}
