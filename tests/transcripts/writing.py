"""A conversation as Markdown: who says what, which buttons hang below, which SMS come, when time passes."""

import re
from collections.abc import Iterator
from datetime import timedelta

from bot.conversation.outbox import MAIL, SMS
from bot.conversation.payloads import decode
from bot.conversation.reply import Ask, Screen
from domain.phone import Phone
from storage.message_history import StoredMessage
from tests.transcripts.normal import Normal
from tests.transcripts.stage import Stage, screen_of

# Within a paragraph a line ends with a backslash.
_BREAK = re.compile(r"(?<!\n)\n(?!\n)")
SIGNS = {"location": "📍", "file": "📎"}
UNITS = {
    "kk": ("күн", "сағат", "минут", "секунд"),
    "ru": ("дн.", "ч", "мин", "с"),
    "en": ("d", "h", "min", "s"),
}
BEFORE = {
    "kk": "*Басы – [{like}]({like}.md) жазбасындағыдай.*",
    "ru": "*Начало — как в [{like}]({like}.md).*",
    "en": "*It begins as in [{like}]({like}.md).*",
}


async def written(stage: Stage, title: str, language: str) -> str:
    """The whole transcript: each of the cast has a chapter."""
    await stage.is_calm()
    parts = [f"# {title}"]
    for name, person in stage.cast.items():
        if len(stage.cast) > 1:
            parts.append(f"## {name}")
        chapter = Chapter(name, language, stage.pauses)
        parts += chapter.told(await stage.log_of(person), *stage.cuts.get(name, (0, "")))
    return Normal().of("\n\n".join(parts)) + "\n"


class Chapter:
    """What one of the cast says and is told."""

    def __init__(self, name: str, language: str, pauses: list[tuple[int, timedelta]]) -> None:
        self._name = name
        self._language = language
        self._pauses = pauses
        self._labels: dict[str, str] = {}

    def told(self, rows: list[StoredMessage], cut: int, like: str) -> Iterator[str]:
        """Its paragraphs; up to the row `cut` it goes like another one."""
        if like:
            yield BEFORE[self._language].format(like=like)
        # What passed before somebody came is not theirs.
        since = max(cut, rows[0].id if rows else 0)
        left = [pause for pause in self._pauses if rows and pause[0] >= since]
        for row in rows:
            said = self._said(row)
            if row.id <= cut:
                continue
            while left and left[0][0] < row.id:
                yield f"*… {self._span(left.pop(0)[1])} …*"
            if said:
                yield said

    def _span(self, span: timedelta) -> str:
        seconds = span.seconds
        numbers = (span.days, seconds // 3600, seconds % 3600 // 60, seconds % 60)
        parts = zip(numbers, UNITS[self._language], strict=True)
        return " ".join(f"{number} {unit}" for number, unit in parts if number)

    def _said(self, row: StoredMessage) -> str:
        if row.direction == "in":
            return "" if row.kind == "errand" else f"**{self._name}:** {self._own(row)}"
        if row.channel == SMS:
            return _sms(row)
        if row.channel == MAIL:
            return _letter(row)
        screen = screen_of(row)
        if screen is None:
            return ""
        # As the web chat does: a button pressed on an older screen stands in the log by its action.
        self._labels.update((button.action, button.label) for button in screen.buttons)
        return _quoted("\n\n".join(_screen(screen)))

    def _own(self, row: StoredMessage) -> str:
        if row.kind == "press":
            return f"[{self._labels.get(row.text, row.text)}]"
        return SIGNS.get(row.kind, row.text)


def _sms(row: StoredMessage) -> str:
    if row.payload is None:
        return ""
    outgoing, to = decode(row.payload)
    assert to is not None
    assert outgoing.screen is not None
    return f"> 📱 SMS → {Phone(to).masked}\n>\n{_quoted(outgoing.screen.text)}"


def _letter(row: StoredMessage) -> str:
    if row.payload is None:
        return ""
    outgoing, to = decode(row.payload)
    assert outgoing.screen is not None
    assert outgoing.letter is not None
    return f"> ✉ {to} · {outgoing.letter.subject}\n>\n{_quoted(outgoing.screen.text)}"


def _screen(screen: Screen) -> Iterator[str]:
    if screen.title:
        yield f"**{screen.title}**"
    if screen.pin is not None:
        yield f"📍 {screen.pin.coordinates}"
    yield _BREAK.sub(r"\\\n", screen.text)
    labels = [f"`{button.label}`" for button in screen.buttons]
    if screen.ask is Ask.LOCATION:
        labels.insert(0, f"`{screen.ask_label}`")
    if labels:
        yield " ".join(labels)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
