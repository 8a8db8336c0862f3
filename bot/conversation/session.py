"""What the conversation remembers between two turns: the form being filled in, and what it waits for."""

from dataclasses import dataclass, field
from typing import Any

import orjson

Draft = dict[str, Any]
LONGEST_STAND = 96


class AnswerMissing(KeyError):
    """The draft of a form has not what the form takes for there: an older version began it."""

    def __init__(self, form: str, key: str) -> None:
        super().__init__(key)
        self.form = form
        self.key = key


class _Answers(dict[str, Any]):
    """A draft, or a part of one, that says whose it is when something is missing in it."""

    def __init__(self, form: str, there: Draft) -> None:
        super().__init__({key: _told_apart(form, value) for key, value in there.items()})
        self.form = form

    def __missing__(self, key: str) -> Any:
        raise AnswerMissing(self.form, key)


def _told_apart(form: str, value: Any) -> Any:
    if isinstance(value, dict):
        return _Answers(form, value)
    return [_told_apart(form, each) for each in value] if isinstance(value, list) else value


@dataclass(slots=True)
class FormState:
    """A form in progress: its name, the question that is open, the answers so far.

    `active`: typed text answers it. A press on something else leaves it aside; it can be taken up again.
    `editing`: one answer is being changed, the review comes next. `owner`: the parent who fills it in,
    None before anybody is entered; what one has filled in is nobody else's. Whoever looks for something
    that the draft has not raises AnswerMissing.
    """

    form: str
    question: str
    draft: Draft = field(default_factory=dict)
    active: bool = True
    editing: bool = False
    owner: int | None = None

    def __post_init__(self) -> None:
        self.draft = _Answers(self.form, self.draft)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An errand is under way: its kind, and the step that asked for it."""

    kind: str
    step: int


@dataclass(slots=True)
class Session:
    """The whole of it. `wanted` is the action to go on with once what was missing is there.

    `aside` are long forms that were left for another one, the newest last.
    """

    form: FormState | None = None
    wanted: str | None = None
    waiting: Waiting | None = None
    step: int = 0
    aside: list[FormState] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not (self.form or self.wanted or self.waiting or self.aside)


def stand(session: Session) -> str | None:
    """Where the bot stands, for the log: `form.question`, and `~errand` when it waits for an answer.

    None when nothing is open. Staff read it beside each message; it holds nothing of a person.
    """
    form = session.form
    at = f"{form.form}.{form.question}" if form is not None and form.active else ""
    waits = f"~{session.waiting.kind}" if session.waiting is not None else ""
    return (at + waits)[:LONGEST_STAND] or None


def whereabouts(session: Session) -> str:
    """The same with the step: what is prepared for one of them is out of date when this is another."""
    return f"{session.step}:{stand(session) or ''}"[:LONGEST_STAND]


def place_of(conversation_id: int) -> tuple[str, int, str]:
    """What a session is bound to when it is sealed."""
    return ("conversation", conversation_id, "session")


def dump(session: Session) -> bytes | None:
    """The session as bytes; None when there is nothing to remember."""
    if session.empty:
        return None
    data: dict[str, Any] = {
        "form": session.form,
        "wanted": session.wanted,
        "waiting": session.waiting,
    }
    if session.aside:
        data["aside"] = session.aside
    return orjson.dumps(data)


def load(raw: bytes | None, step: int) -> Session:
    """The session out of its bytes. What an older version wrote and can't be read starts anew."""
    if raw is None:
        return Session(step=step)
    try:
        data = orjson.loads(raw)
        form = data["form"]
        waiting = data["waiting"]
        return Session(
            form=FormState(**form) if form else None,
            wanted=data["wanted"],
            waiting=Waiting(**waiting) if waiting else None,
            step=step,
            aside=[FormState(**each) for each in data.get("aside", ())],
        )
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return Session(step=step)


@dataclass(frozen=True, slots=True)
class Shown:
    """The screen that was shown last: its row in the log and its buttons, to be answered by number.

    `asked`: it had the channel's own keyboard for sharing a phone or a place, which has to go again.
    """

    message_id: int
    options: tuple[tuple[str, str], ...]
    asked: bool = False

    def label_of(self, action: str) -> str | None:
        """What stands on the button of an action."""
        return next((label for label, meant in self.options if meant == action), None)


def dump_shown(shown: Shown) -> dict[str, Any]:
    """The last screen as plain data."""
    return {"message": shown.message_id, "options": shown.options, "asked": shown.asked}


def load_shown(data: dict[str, Any] | None) -> Shown | None:
    """The last screen out of plain data."""
    if not data:
        return None
    options = tuple((str(label), str(text)) for label, text in data.get("options", ()))
    return Shown(int(data.get("message", 0)), options, bool(data.get("asked")))
