"""Finding a message by a word of it, a number, a date or the way it came."""

from collections.abc import Iterator

from bot.conversation import form
from bot.conversation.actions import action
from bot.conversation.form import Again, Form, Question
from bot.conversation.incoming import Content, Text
from bot.conversation.reply import Button, Row, Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows import notice_words
from bot.flows.messages import inbox
from storage import notices
from storage.notices import Notice

NAME, KEY = "find", "what"
MOST = 2000
"""So many of the newest are looked through."""
_PIECE = 200
_LONGEST = 100


def start(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """Ask what to look for."""
    return form.begin(turn, FORM)


def _ask(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t("Type a word of the message, a number or a date, as in 20.11.2026.")
    return Screen(text, title=t("Find a message"), typing=True)


def _read(turn: Turn, draft: Draft, content: Content) -> str:
    if not isinstance(content, Text) or not content.text.strip():
        raise Again(_ask(turn, draft).with_note(turn.t("Please type it.")))
    return content.text.strip()[:_LONGEST]


def _done(turn: Turn, draft: Draft) -> Screen:
    """The newest of those that have every word of it."""
    t, wanted = turn.t, _folded(draft[KEY]).split()
    found = [each for each in _all(turn) if all(word in _whole(turn, each) for word in wanted)]
    again: Row = (Button(t("Find another"), action(NAME)),)
    ways: tuple[Row, ...] = (
        again,
        (Button(t("All messages"), action("messages")),),
        (Button(t("Menu"), action("menu")),),
    )
    if not found:
        return Screen(t("No message has that in it."), title=t("Find a message"), rows=ways)
    text, rows = inbox.listed(turn, found[: inbox.PAGE])
    if older := len(found[inbox.PAGE :]):
        text += "\n\n" + t("And {number} older ones: one more word finds them.", number=older)
    return Screen(text, title=t("Find a message"), rows=(*rows, *ways))


def _all(turn: Turn) -> Iterator[Notice]:
    assert turn.person.parent_id is not None
    last, seen = None, 0
    while seen < MOST:
        piece = notices.page(turn.tx, turn.person.parent_id, _PIECE, last)
        yield from piece
        if len(piece) < _PIECE:
            return
        last, seen = piece[-1], seen + len(piece)


def _whole(turn: Turn, notice: Notice) -> str:
    words = notice_words.in_words(turn.t, notice.kind, notice.data)
    return _folded(f"{turn.t.moment(notice.at)} {words}")


def _folded(text: str) -> str:
    """As it is compared: no case, one kind of spaces, `ё` as `е`."""
    return " ".join(text.casefold().replace("ё", "е").split())


_QUESTION = Question(KEY, _ask, _read, sensitivity=Sensitivity.PERSONAL, numbers=True)
FORM = Form(NAME, (_QUESTION,), _done, passing=True)
