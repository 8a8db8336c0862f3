"""Helping comes to its end: by the parent, or by the helper; the other side is told."""

from bot.conversation.actions import action
from bot.conversation.postbox import post_to_conversation
from bot.conversation.reply import Button, Screen
from bot.conversation.turn import Turn
from bot.flows.parent_names import short_name
from bot.flows.telling import noted, tell
from bot.texts import texts_in
from domain.helping import Helper
from domain.notice import Deed, Told
from storage import helpers, journal


def end(turn: Turn, helper: Helper) -> None:
    """By the parent. One who has not said yes yet is told nothing: the SMS said to ignore it."""
    reach = helpers.reached_for(turn.tx, helper.parent_id, turn.now)
    if not helpers.end(turn.tx, helper.id, turn.now):
        return
    noted(turn, Deed.HELPER_REMOVED)
    if reach is None:
        return
    t = texts_in(reach.language or turn.t.language)
    name = short_name(turn.tx, helper.parent_id)
    text = (
        t("{name} does not need your help any more. Thank you!", name=name)
        if name
        else t("The family does not need your help any more. Thank you!")
    )
    screen = Screen(text, rows=((Button(t("Menu"), action("menu")),),), fresh=True)
    post_to_conversation(turn.tx, reach, screen, t.language, frozenset({name} if name else ()), turn.now)


def leave(turn: Turn, helper: Helper) -> None:
    """By the helper; the parent is told."""
    if not helpers.end(turn.tx, helper.id, turn.now):
        return
    tx, name = turn.tx, helper.name or helper.phone.masked
    actor, channel = journal.by_helper(helper.id), turn.incoming.address.channel
    journal.note(tx, helper.parent_id, actor, Deed.HELPER_REMOVED, turn.now, channel=channel)
    tell(tx, helper.parent_id, Told.HELPER_REMOVED, turn.now, name=name)
