"""A step in which documents are sent: photos or a PDF, several pages, looked at while the next is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.conversation.actions import Outdated
from bot.conversation.form import Again, Question, always, answer
from bot.conversation.incoming import Content, ErrandDone, Press, SharedFile
from bot.conversation.reply import Ask, Button, Row, Screen
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.file_faults import fault_words
from bot.flows.instead import Instead, Others
from bot.flows.tries import count_file
from bot.texts import Texts
from bot.uploads.request import FILE, ask_for_look, write_down
from bot.uploads.verdict import Unfit

DONE = "done"
MOST = 10


@dataclass(frozen=True, slots=True)
class DocumentStep:
    """One such step of a form; its answer is the ids of the files.

    `needed` says what is to be sent, `whose` the parent whose files are counted. `instead` are other
    answers than documents, each by a button. Meanwhile the draft has `pages`, and what is `looking` at.
    """

    form: str
    key: str
    needed: Callable[[Texts, Draft], str]
    whose: Callable[[Turn, Draft], int]
    instead: tuple[Instead, ...] = ()

    def question(self, when: Callable[[Draft], bool] = always) -> Question:
        """The question of the form."""
        return Question(self.key, self.ask, self.read, when=when, errands=frozenset({FILE}), expects=_expects)

    def ask(self, turn: Turn, draft: Draft) -> Screen:
        """What is needed, how much is there, and the ways on."""
        t = turn.t
        pages, looking = draft.get("pages", []), draft.get("looking", [])
        parts = [t("One moment, I am looking at what you sent.")] if looking else [self.needed(t, draft)]
        if pages:
            parts.append(t.many("{number} file is here.", "{number} files are here.", len(pages)))
        rows: list[Row] = []
        if pages:
            rows.append((Button(t("That's all"), answer(self.form, self.key, DONE)),))
        rows += self._others.rows(t, draft)
        return Screen("\n\n".join(parts), title=t("Document"), rows=tuple(rows), ask=Ask.FILE)

    def read(self, turn: Turn, draft: Draft, content: Content) -> list[int]:
        """The files' ids; none where something else was answered. Raises Again, Outdated."""
        match content:
            case SharedFile():
                self._send_to_look(turn, draft, content)
                raise Again(self.ask(turn, draft))
            case ErrandDone():
                raise Again(self._looked_at(turn, draft, content))
            case Press(action=pressed) if pressed == DONE and draft.get("pages"):
                return self._all_that_is_here(turn, draft)
            case Press(action=pressed):
                if self._others.chosen(turn, draft, pressed) is None:
                    raise Outdated
                return []
            case _:
                raise Again(self.ask(turn, draft).with_note(turn.t("Please send a photo or a PDF.")))

    @property
    def _others(self) -> Others:
        return Others(self.form, self.key, self.instead)

    def _all_that_is_here(self, turn: Turn, draft: Draft) -> list[int]:
        """What is still being looked at is waited for once; whoever insists goes on without it."""
        if draft.get("looking") and not draft.get("hurried"):
            draft["hurried"] = True
            note = turn.t("I am still looking at what you sent last. To go on without it, press once more.")
            raise Again(self.ask(turn, draft).with_note(note))
        draft.pop("looking", None)
        draft.pop("hurried", None)
        return list(draft["pages"])

    def _send_to_look(self, turn: Turn, draft: Draft, shared: SharedFile) -> None:
        under_way = draft.setdefault("looking", [])
        if len(under_way) + len(draft.get("pages", [])) >= MOST:
            note = turn.t("{number} files are enough. Go on, please.", number=MOST)
            raise Again(self.ask(turn, draft).with_note(note))
        count_file(turn, self.whose(turn, draft))
        draft.pop("hurried", None)
        under_way.append(ask_for_look(turn, shared, "document"))

    def _looked_at(self, turn: Turn, draft: Draft, done: ErrandDone) -> Screen:
        """What came of one file. Which one it was an errand that failed does not say: the oldest is meant."""
        under_way: list[int] = draft.get("looking", [])
        told: dict[str, Any] = done.answer or {}
        file_id = told.get("file_id", under_way[0] if under_way else None)
        if file_id not in under_way:
            return self.ask(turn, draft)
        under_way.remove(file_id)
        if done.answer is None:
            return self.ask(turn, draft).with_note(fault_words(turn.t, None))
        try:
            write_down(turn.tx, told, "document")
        except Unfit as unfit:
            return self.ask(turn, draft).with_note(fault_words(turn.t, unfit.fault))
        draft.setdefault("pages", []).append(file_id)
        return self.ask(turn, draft)


def _expects(draft: Draft, done: ErrandDone) -> bool:
    under_way = draft.get("looking", [])
    return bool(under_way) if done.answer is None else done.answer.get("file_id") in under_way
