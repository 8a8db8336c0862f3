"""The code to a confirmed phone that stands for the cabinet's password [000, 004]."""

from bot.conversation.reply import Screen
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.code_counts import CABINET
from bot.flows.code_step import CodeStep
from bot.texts import Texts
from domain.phone import Phone
from storage import people

PURPOSE = "password"
CODE = "code"


def step(form: str) -> CodeStep:
    """The step of a form of the signed-in parent's."""
    return CodeStep(
        form,
        CODE,
        PURPOSE,
        ask=_ask,
        phones=own_phones,
        words=_words,
        other_phone=True,
        count_as=CABINET,
    )


def own_phones(turn: Turn, _draft: Draft) -> list[Phone]:
    """The confirmed phones of whoever is signed in, the contact phone first."""
    parent_id = turn.person.parent_id
    return people.confirmed_phones(turn.tx, parent_id) if parent_id is not None else []


def _ask(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t(
        "A code of 6 digits was sent by SMS to your contact phone. Type it here. It is good for 5 minutes."
    )
    return Screen(text, title=t("Password"), typing=True, hint=t("Code from the SMS"))


def _words(t: Texts, code: str) -> str:
    return t("Kezek: {code} is the code for the password of your cabinet. Tell it to nobody.", code=code)
