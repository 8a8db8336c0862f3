"""The documents of a privilege: photos or a PDF, several pages."""

from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows import privilege_words
from bot.flows.apply.draft import NAME, applies, drop_pages
from bot.flows.apply.privilege import KEY as PRIVILEGE
from bot.flows.apply.privilege import NONE
from bot.flows.document_step import DocumentStep
from bot.flows.instead import Instead
from bot.texts import Texts

KEY = "docs"


def _what_is_needed(t: Texts, draft: Draft) -> str:
    return t(
        "{privilege}: send the certificate from the place of service, as photos or a PDF, every page of it. "
        "Until the department has seen it the application stands on a general basis, with its date.",
        privilege=_capital(privilege_words.name(t, draft[PRIVILEGE])),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _without(turn: Turn, draft: Draft) -> None:
    draft[PRIVILEGE] = NONE
    drop_pages(turn, draft)


def _when(draft: Draft) -> bool:
    return applies(draft) and draft.get(PRIVILEGE, NONE) != NONE


QUESTION = DocumentStep(
    NAME,
    KEY,
    _what_is_needed,
    whose=lambda _, draft: int(draft["me"]),
    instead=(Instead("without", lambda t: t("Go on without it"), then=_without),),
).question(_when)
