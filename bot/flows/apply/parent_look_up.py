"""Asking the register who a parent is: not of as many IINs as somebody likes to type (ours)."""

from bot.conversation.actions import action
from bot.conversation.form import answer
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.apply import register
from bot.flows.apply.draft import NAME
from bot.flows.tries import count_parent
from domain.errors import TooManyTries
from domain.iin import Iin
from domain.phone import Phone

MISTYPED = "mistyped"


def look_up(turn: Turn, draft: Draft, iin: Iin) -> Screen:
    """Ask, unless that is under way; or say that it was asked about enough people."""
    phone = Phone(draft["phone"]) if "phone" in draft else None
    try:
        if turn.session.waiting is None:
            count_parent(turn, phone)
    except TooManyTries as refusal:
        return _enough(turn, refusal)
    return register.ask(turn, iin.digits)


def _enough(turn: Turn, refusal: TooManyTries) -> Screen:
    """What was answered so far waits for then. Raising it would only ask again for what is shown here."""
    t = turn.t
    text = t(
        "The state register was asked about several parents already. It can be asked again from {moment} "
        "on: just write to me then. What you have answered is kept.",
        moment=t.moment(refusal.again_at),
    )
    rows: tuple[Row, ...] = (
        (Button(t("No, I mistyped"), answer(NAME, "who", MISTYPED)),),
        (Button(t("Operator"), action("operator")),),
    )
    return Screen(text, title=t("The parent"), rows=rows)
