"""The code to a confirmed phone, without which a cabinet gets no other phone ("Who is who", ours)."""

from collections.abc import Callable, Sequence

from bot.conversation.reply import Screen
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.code_counts import CABINET
from bot.flows.code_step import CodeStep
from bot.flows.instead import Instead, nothing
from bot.texts import Texts
from domain.phone import Phone

PURPOSE = "phone_proof"


def step(
    form: str,
    key: str,
    phones: Callable[[Turn, Draft], Sequence[Phone]],
    *,
    instead: tuple[Instead, ...] = (),
    then: Callable[[Turn, Draft], None] = nothing,
) -> CodeStep:
    """The step of a form; `phones` are those confirmed now, the contact phone first."""
    return CodeStep(
        form,
        key,
        PURPOSE,
        ask=_ask,
        phones=phones,
        words=_words,
        other_phone=True,
        instead=instead,
        then=then,
        count_as=CABINET,
    )


def _ask(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t(
        "First it has to be shown that it is you. A code of 6 digits was sent by SMS to your contact phone. "
        "Type it here. It is good for 5 minutes."
    )
    return Screen(text, title=t("Phones"), typing=True, hint=t("Code from the SMS"))


def _words(t: Texts, code: str) -> str:
    return t(
        "Kezek: {code} is the code for changing the phones of your cabinet. Tell it to nobody.", code=code
    )
