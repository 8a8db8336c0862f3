"""What can be prepared for the parent now, and what became of what was prepared."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.centre import whispering
from bot.centre.whispering import Offer
from bot.conversation.masking import masked
from bot.conversation.remembered import session_of
from bot.conversation.session import whereabouts
from bot.texts import Texts
from storage.centre import whispers
from storage.centre.chat import Chat
from storage.centre.whispers import Whisper
from storage.transaction import Transaction

MOST = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One that was prepared. `waits`: the parent has not decided, and it can be taken back."""

    id: int
    who: str
    moment: str
    what: str
    came_of_it: str
    waits: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """`offers` are buttons, `answers`: a question may be answered; `place`: where the bot stands.

    `steps` are the last ones, newest first.
    """

    offers: Sequence[Offer]
    answers: bool
    place: str
    steps: Sequence[Step]


def place_of(tx: Transaction, chat: Chat) -> str:
    """Where the bot stands: a step is prepared for what stood on the page, or not at all."""
    return whereabouts(session_of(tx, chat.id, chat.session, chat.step_token))


def newest(tx: Transaction, chat: Chat) -> list[Whisper]:
    """The last steps that were prepared here."""
    return whispers.newest(tx, chat.id, MOST)


def prepared(
    tx: Transaction, t: Texts, chat: Chat, found: Sequence[Whisper], logins: dict[int, str]
) -> Prepared:
    """All of it, in the reader's language; `found` are the `newest`."""
    offers = whispering.offers(tx, chat.id, t)
    labels = {each.action: each.label for each in offers}
    steps = [
        Step(
            each.id,
            logins.get(each.staff_id) or t("Operator"),
            t.moment(each.at),
            _what(t, each, labels),
            _came_of_it(t, each.state),
            each.state == whispers.OFFERED,
        )
        for each in found
    ]
    return Prepared(offers, whispering.can_answer(tx, chat.id), place_of(tx, chat), steps)


def _what(t: Texts, step: Whisper, labels: dict[str, str]) -> str:
    text = step.content.get("text")
    if text is not None:
        return masked(str(text))
    return labels.get(str(step.content.get("press")), t("a button of an earlier message"))


def _came_of_it(t: Texts, state: str) -> str:
    match state:
        case whispers.OFFERED:
            return t("waits for the parent's yes or no")
        case whispers.AGREED:
            return t("the parent has agreed")
        case whispers.DECLINED:
            return t("the parent has said no")
        case whispers.TAKEN_BACK:
            return t("taken back")
        case _:
            return t("out of date: the bot stood elsewhere")
