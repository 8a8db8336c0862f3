"""A conversation as Markdown: who says what, which buttons hang below, which SMS come, when time passes."""

import re
from collections.abc import Iterator
from datetime import timedelta

from bot.conversation.outbox import SMS, decode
from bot.conversation.reply import Ask, Operation, Screen
from storage.message_history import StoredMessage
from tests.transcripts.stage import Normal, Stage

# Within a paragraph a line ends with a backslash.
_BREAK = re.compile(r"(?<!\n)\n(?!\n)")
SIGNS = {"location": "📍", "file": "📎"}


async def written(stage: Stage, title: str) -> str:
    """The whole transcript: each of the cast has a chapter."""
    await stage.is_calm()
    normal = Normal()
    parts = [f"# {title}"]
    for name, person in stage.cast.items():
        if len(stage.cast) > 1:
            parts.append(f"## {name}")
        rows = await stage.log_of(person)
        parts += list(_chapter(rows, name, stage.pauses))
    return normal.of("\n\n".join(parts)) + "\n"


def _chapter(rows: list[StoredMessage], name: str, pauses: list[tuple[int, timedelta]]) -> Iterator[str]:
    # What passed before somebody came is not theirs.
    left = [pause for pause in pauses if rows and pause[0] >= rows[0].id]
    for row in rows:
        while left and left[0][0] < row.id:
            yield f"*… {_span(left.pop(0)[1])} …*"
        said = _said(row, name)
        if said:
            yield said


def _span(span: timedelta) -> str:
    days, seconds = span.days, span.seconds
    parts = ((days, "d"), (seconds // 3600, "h"), (seconds % 3600 // 60, "min"), (seconds % 60, "s"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number)


def _said(row: StoredMessage, name: str) -> str:
    if row.direction == "in":
        return "" if row.kind == "errand" else f"**{name}:** {_own(row)}"
    if row.payload is None:
        return ""
    outgoing, to = decode(row.payload)
    screen = outgoing.screen
    if screen is None or outgoing.operation is Operation.DELETE:
        return ""
    if row.channel == SMS:
        return f"> 📱 SMS → {to}\n>\n{_quoted(screen.text)}"
    return _quoted("\n\n".join(_screen(screen)))


def _own(row: StoredMessage) -> str:
    if row.kind == "press":
        return f"[{row.text}]"
    return SIGNS.get(row.kind, row.text)


def _screen(screen: Screen) -> Iterator[str]:
    if screen.title:
        yield f"**{screen.title}**"
    yield _BREAK.sub(r"\\\n", screen.text)
    labels = [f"`{button.label}`" for button in screen.buttons]
    if screen.ask is Ask.LOCATION:
        labels.insert(0, f"`{screen.ask_label}`")
    if labels:
        yield " ".join(labels)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
