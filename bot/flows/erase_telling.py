"""Who hears of an erasure: the other parents, whoever sits at another account, the helper."""

from dataclasses import dataclass

from bot.conversation.postbox import post_to_conversation
from bot.conversation.reply import Screen
from bot.conversation.turn import Turn
from bot.flows.telling import noted, tell
from bot.texts import texts_in
from domain.notice import Deed, Told
from storage import conversations, helpers
from storage.conversations import Reach
from storage.erasing import Outlook


@dataclass(frozen=True, slots=True)
class Concerned:
    """The other accounts of the parent, and the helper's, as they are reached before."""

    accounts: tuple[Reach, ...]
    helper: Reach | None


def whom_to_tell(turn: Turn, me: int) -> Concerned:
    """Looked up before: afterwards nothing leads to them."""
    here = turn.person.conversation_id
    accounts = [each for each in conversations.of_parent(turn.tx, me) if each.conversation_id != here]
    helper = helpers.reached_for(turn.tx, me, turn.now)
    if helper is not None and helper.conversation_id in {here, *(each.conversation_id for each in accounts)}:
        helper = None
    return Concerned(tuple(accounts), helper)


def tell_all(turn: Turn, done: Outlook, concerned: Concerned) -> None:
    """Told after: what was put into a conversation before the erasure is not sent any more."""
    for other in done.others:
        tell(turn.tx, other, Told.OTHER_PARENT_ERASED, turn.now)
        noted(turn, Deed.ERASED, of=other)
    for each in concerned.accounts:
        t = texts_in(each.language)
        said = t("Your data in Kezek were erased from another account of yours. This one is signed out.")
        _post(turn, each, said)
    if concerned.helper is not None:
        t = texts_in(concerned.helper.language)
        _post(turn, concerned.helper, t("The family does not need your help any more. Thank you!"))


def _post(turn: Turn, reach: Reach, text: str) -> None:
    language = texts_in(reach.language).language
    post_to_conversation(turn.tx, reach, Screen(text, fresh=True), language, frozenset(), turn.now)
