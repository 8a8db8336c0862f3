"""The parent's own journal: what was done with applications and cabinet, by whom, from where [004]."""

from functools import partial

from bot.conversation.actions import action, number_in
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows import journal_words
from bot.flows.messages.paging import Source, leafing, page_of
from storage import journal
from storage.journal import Entry

PAGE = 6


def show(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """A page of it, newest first."""
    t = turn.t
    me = turn.person.parent_id
    assert me is not None
    page = page_of(_source(turn, me), PAGE, arguments)
    text = "\n\n".join(journal_words.line(t, each, me) for each in page.entries)
    rows = leafing(t, "journal", page, lambda each: each.id)
    inbox: Row = (Button(t("All messages"), action("messages")),)
    return Screen(
        text or t("Nothing was done here yet. Every step will be written down, yours and others'."),
        title=t("My journal"),
        rows=(*rows, inbox, (Button(t("Menu"), action("menu")),)),
    )


def _source(turn: Turn, me: int) -> Source[Entry]:
    """The numbers on the buttons are only bounds: whatever they are, no line of another's is found."""
    return Source(
        newest=partial(journal.page, turn.tx, me),
        before=lambda edge, limit: journal.page(turn.tx, me, limit, number_in((edge,))),
        after=lambda edge, limit: journal.newer(turn.tx, me, limit, number_in((edge,))),
    )
