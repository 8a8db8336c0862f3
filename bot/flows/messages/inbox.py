"""The inbox: everything a parent was told, newest first, kept with its time [004]."""

from collections.abc import Sequence
from functools import partial

from bot.conversation.actions import Outdated, action, number_in
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows import notice_words
from bot.flows.messages import proof
from bot.flows.messages.paging import Source, leafing, page_of
from storage import notices
from storage.notices import Notice

PAGE = 5
_LONGEST = 400
"""Characters of one notice in the list; opened, it is shown whole."""


def show(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """A page of it. What is on the screen counts as read."""
    page = page_of(_source(turn), PAGE, arguments)
    if not page.entries:
        return _empty(turn)
    notices.mark_read(turn.tx, [each.id for each in page.entries], turn.now)
    t = turn.t
    text, rows = listed(turn, page.entries)
    rows += leafing(t, "messages", page, lambda each: each.id)
    return Screen(text, title=t("Messages"), rows=(*rows, *ways_on(turn)))


def listed(turn: Turn, entries: Sequence[Notice]) -> tuple[str, list[Row]]:
    """These notices with how each was sent, and the buttons that open them."""
    how = proof.of_each(turn, entries)
    numbered = list(enumerate(entries, start=1))
    text = "\n\n".join(_entry(turn, number, each, how[each.id]) for number, each in numbered)
    opening = [_button(turn, number, each) for number, each in numbered]
    return text, [tuple(opening[start : start + 2]) for start in range(0, len(opening), 2)]


def one(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """One notice whole, with the buttons it came with; as far as they are still good, they say themselves."""
    t = turn.t
    notice = _own(turn, number_in(arguments))
    notices.mark_read(turn.tx, [notice.id], turn.now)
    for value in notice_words.personal(notice.data):
        turn.private(value)
    rows = notice_words.buttons(t, notice.kind, notice.data)
    back: Row = (Button(t("All messages"), action("messages")),)
    words = notice_words.in_words(t, notice.kind, notice.data)
    text = "\n\n".join((words, *proof.in_full(turn, notice)))
    return Screen(text, title=t.moment(notice.at), rows=(*rows, back, (Button(t("Menu"), action("menu")),)))


def _source(turn: Turn) -> Source[Notice]:
    parent_id = _me(turn)
    return Source(
        newest=partial(notices.page, turn.tx, parent_id),
        before=lambda edge, limit: notices.page(turn.tx, parent_id, limit, _own(turn, number_in((edge,)))),
        after=lambda edge, limit: notices.newer(turn.tx, parent_id, limit, _own(turn, number_in((edge,)))),
    )


def _own(turn: Turn, notice_id: int) -> Notice:
    """The notice, if it was told to who presses. Another's looks like none at all."""
    notice = notices.find(turn.tx, _me(turn), notice_id)
    if notice is None:
        raise Outdated
    return notice


def _entry(turn: Turn, number: int, notice: Notice, how: str) -> str:
    """Its number on the screen, its time, whether it is new, its words, how it was sent."""
    t = turn.t
    for value in notice_words.personal(notice.data):
        turn.private(value)
    head = f"{number} · {t.moment(notice.at)}"
    if notice.read_at is None:
        head = t("{notice} · new", notice=head)
    text = notice_words.in_words(t, notice.kind, notice.data)
    if len(text) > _LONGEST:
        text = text[: _LONGEST - 1].rstrip() + "…"
    return "\n".join(filter(None, (head, text, how)))


def _button(turn: Turn, number: int, notice: Notice) -> Button:
    """Told apart by the number that stands beside it in the text."""
    return Button(f"{number} · {turn.t.moment(notice.at)[:5]}", action("notice", notice.id))


def _empty(turn: Turn) -> Screen:
    t = turn.t
    text = t(
        "There is nothing here yet. Whatever we tell you is kept here: the number and the place, "
        "seats, dates. Nothing will be missed."
    )
    return Screen(text, title=t("Messages"), rows=_ways(turn))


def _ways(turn: Turn) -> tuple[Row, ...]:
    t = turn.t
    return ((Button(t("My journal"), action("journal")),), (Button(t("Menu"), action("menu")),))


def ways_on(turn: Turn) -> tuple[Row, ...]:
    """What leads on from a list: looking for one, the journal, the menu."""
    return ((Button(turn.t("Find a message"), action("find")),), *_ways(turn))


def _me(turn: Turn) -> int:
    assert turn.person.parent_id is not None
    return turn.person.parent_id
