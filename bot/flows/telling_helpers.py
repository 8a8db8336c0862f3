"""Telling a parent's helper what the parent is told, as far as it is a helper's business (ours)."""

from collections.abc import Sequence

from bot.conversation.actions import action
from bot.conversation.postbox import Going, for_conversation
from bot.conversation.reply import Button, Row, Screen
from bot.flows.notice_words import in_words, personal
from bot.flows.parent_names import short_name
from bot.flows.together import Said
from bot.texts import Texts, texts_in
from storage.conversations import Reach
from storage.messages import Addressed
from storage.transaction import Transaction


def for_helper(
    tx: Transaction, reach: Reach, parent_id: int, some: Sequence[Said], language: str, going: Going
) -> Addressed:
    """They as they go into the helper's conversation; `language`: the parent's, where the helper chose none.

    Without the notices' own buttons: those are for the parent, and do what a helper may not.
    """
    t, name = texts_in(reach.language or language), short_name(tx, parent_id)
    hidden = frozenset({name} if name else ()).union(*(personal(each.facts) for each in some))
    text = "\n\n".join((_whose(t, name), *(in_words(t, *each) for each in some)))
    screen = Screen(text, rows=_ways(t), fresh=True)
    return for_conversation(reach, screen, t.language, hidden, going)


def _whose(t: Texts, name: str) -> str:
    if not name:
        return t("News of the family you help:")
    return t("News of the family you help ({name}):", name=name)


def _ways(t: Texts) -> tuple[Row, ...]:
    return (
        (Button(t("Families I help"), action("helping")),),
        (Button(t("Menu"), action("menu")),),
    )
