"""The documents of a privilege: photos or a PDF, several pages, looked at while the next is sent."""

from typing import Any

from bot.conversation.actions import Outdated
from bot.conversation.form import Again, Question, answer
from bot.conversation.incoming import Content, ErrandDone, Press, SharedFile
from bot.conversation.reply import Ask, Button, Row, Screen
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows import privilege_words
from bot.flows.apply.draft import NAME, applies, drop_pages, forget
from bot.flows.apply.privilege import KEY as PRIVILEGE
from bot.flows.apply.privilege import NONE
from bot.flows.file_faults import fault_words
from bot.flows.tries import count_file
from bot.texts import Texts
from bot.uploads.request import FILE, ask_for_look, write_down
from bot.uploads.verdict import Unfit

KEY = "docs"
DONE, WITHOUT = "done", "without"
MOST = 10


def _ask(turn: Turn, draft: Draft) -> Screen:
    t = turn.t
    pages, looking = draft.get("pages", []), draft.get("looking", [])
    parts = [t("One moment, I am looking at what you sent.")] if looking else [_what_is_needed(t, draft)]
    if pages:
        parts.append(t.many("{number} file is here.", "{number} files are here.", len(pages)))
    rows: list[Row] = []
    if pages:
        rows.append((Button(t("That's all"), answer(NAME, KEY, DONE)),))
    rows.append((Button(t("Go on without it"), answer(NAME, KEY, WITHOUT)),))
    return Screen("\n\n".join(parts), title=t("Document"), rows=tuple(rows), ask=Ask.FILE)


def _what_is_needed(t: Texts, draft: Draft) -> str:
    return t(
        "{privilege}: send the certificate from the place of service, as photos or a PDF, every page of it. "
        "Until the department has seen it the application stands on a general basis, with its date.",
        privilege=_capital(privilege_words.name(t, draft[PRIVILEGE])),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _read(turn: Turn, draft: Draft, content: Content) -> list[int]:
    match content:
        case SharedFile():
            _send_to_look(turn, draft, content)
            raise Again(_ask(turn, draft))
        case ErrandDone():
            raise Again(_looked_at(turn, draft, content))
        case Press(action=pressed) if pressed == DONE and draft.get("pages"):
            return _all_that_is_here(turn, draft)
        case Press(action=pressed) if pressed == WITHOUT:
            draft[PRIVILEGE] = NONE
            drop_pages(turn, draft)
            return []
        case Press():
            raise Outdated
        case _:
            raise Again(_ask(turn, draft).with_note(turn.t("Please send a photo or a PDF.")))


def _all_that_is_here(turn: Turn, draft: Draft) -> list[int]:
    """The pages. What is still being looked at is waited for once; whoever insists goes on without it."""
    if draft.get("looking") and not draft.get("hurried"):
        draft["hurried"] = True
        note = turn.t("I am still looking at what you sent last. To go on without it, press once more.")
        raise Again(_ask(turn, draft).with_note(note))
    forget(draft, "looking", "hurried")
    return list(draft["pages"])


def _send_to_look(turn: Turn, draft: Draft, shared: SharedFile) -> None:
    under_way = draft.setdefault("looking", [])
    if len(under_way) + len(draft.get("pages", [])) >= MOST:
        note = turn.t("{number} files are enough. Go on, please.", number=MOST)
        raise Again(_ask(turn, draft).with_note(note))
    count_file(turn, draft["me"])
    forget(draft, "hurried")
    under_way.append(ask_for_look(turn, shared, "document"))


def _looked_at(turn: Turn, draft: Draft, done: ErrandDone) -> Screen:
    """What came of one file. Which one it was an errand that failed does not say: the oldest is meant."""
    under_way: list[int] = draft.get("looking", [])
    told: dict[str, Any] = done.answer or {}
    file_id = told.get("file_id", under_way[0] if under_way else None)
    if file_id not in under_way:
        return _ask(turn, draft)
    under_way.remove(file_id)
    if done.answer is None:
        return _ask(turn, draft).with_note(fault_words(turn.t, None))
    try:
        write_down(turn.tx, told, "document")
    except Unfit as unfit:
        return _ask(turn, draft).with_note(fault_words(turn.t, unfit.fault))
    draft.setdefault("pages", []).append(file_id)
    return _ask(turn, draft)


def _when(draft: Draft) -> bool:
    return applies(draft) and draft.get(PRIVILEGE, NONE) != NONE


def _expects(draft: Draft, done: ErrandDone) -> bool:
    under_way = draft.get("looking", [])
    return bool(under_way) if done.answer is None else done.answer.get("file_id") in under_way


QUESTION = Question(KEY, _ask, _read, when=_when, errands=frozenset({FILE}), expects=_expects)
