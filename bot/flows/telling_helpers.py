"""Telling a parent's helper what the parent is told, as far as it is a helper's business (ours)."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from bot.conversation.actions import action
from bot.conversation.postbox import post_to_conversation
from bot.conversation.reply import Button, Row, Screen
from bot.flows.notice_words import in_words, personal
from bot.flows.parent_names import short_name
from bot.texts import Texts, texts_in
from domain.helping import TOLD_TO_HELPERS
from domain.notice import Told
from storage import helpers
from storage.transaction import Transaction


def tell_helper(
    tx: Transaction,
    parent_id: int,
    kind: Told,
    facts: Mapping[str, Any],
    at: datetime,
    *,
    told_already: Collection[int],
    language: str,
) -> None:
    """Put it into the helper's conversation; not into one of these, which were told already.

    Without the notice's own buttons: those are for the parent, and do what a helper may not.
    """
    if kind not in TOLD_TO_HELPERS:
        return
    reach = helpers.reached_for(tx, parent_id, at)
    if reach is None or reach.conversation_id in told_already:
        return
    t, name = texts_in(reach.language or language), short_name(tx, parent_id)
    hidden = personal(facts) | ({name} if name else set())
    screen = Screen(f"{_whose(t, name)}\n\n{in_words(t, kind, facts)}", rows=_ways(t), fresh=True)
    post_to_conversation(tx, reach, screen, t.language, hidden, at)


def _whose(t: Texts, name: str) -> str:
    if not name:
        return t("News of the family you help:")
    return t("News of the family you help ({name}):", name=name)


def _ways(t: Texts) -> tuple[Row, ...]:
    return (
        (Button(t("Families I help"), action("helping")),),
        (Button(t("Menu"), action("menu")),),
    )
