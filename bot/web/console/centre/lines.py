"""A conversation's log as the page shows it: who said what when, and what became of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.centre import stands
from bot.conversation.log_copy import text_and_labels
from bot.flows.channel_names import channel_name
from bot.texts import Texts
from bot.web.console.centre import steered
from bot.web.console.centre.fates import Fate, fate_of
from storage.centre import steering
from storage.centre.log import Line
from storage.journal import by_staff
from storage.wiping import ERASED

PARENT, BOT, OPERATOR, ASIDE = "parent", "bot", "operator", "aside"
_STAFF = by_staff(0).partition("0")[0]
_NOBODYS = frozenset({"errand", "delete", steering.KIND, ERASED})
_BY_ANOTHER_WAY = frozenset({"sms", "email"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One line in the reader's language. `side` is whose it is; nobody's own is `aside`.

    `day` heads the lines that follow, "" where the line above is of the same day. `stand` is where the bot
    stood. `answers` is the line that it answers. `in_place`: it stands where an earlier one stood.
    """

    id: int
    side: str
    who: str
    day: str
    time: str
    moment: str
    text: str
    labels: Sequence[str] = ()
    pressed: bool = False
    stand: str = ""
    cause: str = ""
    answers: int | None = None
    in_place: bool = False
    fate: Fate | None = None


def staff_named(lines: Iterable[Line]) -> set[int]:
    """Who of the staff wrote among these."""
    return {each for each in map(_writer, lines) if each is not None}


def said(t: Texts, lines: Sequence[Line], logins: Mapping[int, str], above: Line | None = None) -> list[Said]:
    """These lines, oldest first; `above` is the one before the first, where it is on the page already."""
    shown = {each.id for each in lines}
    last = t.day(above.at) if above is not None else ""
    found = []
    for each in lines:
        day = t.day(each.at)
        found.append(_one(t, each, logins, shown, "" if day == last else day))
        last = day
    return found


def _one(t: Texts, line: Line, logins: Mapping[int, str], shown: Collection[int], day: str) -> Said:
    text, labels = (line.text, ()) if line.direction == "in" else text_and_labels(line.text)
    side, who = _who(t, line, logins)
    return Said(
        id=line.id,
        side=side,
        who=who,
        day=day,
        time=t.time(line.at),
        moment=t.moment(line.at),
        text=_instead(t, line, logins) or text,
        labels=labels,
        pressed=line.kind == "press",
        stand=stands.in_words(t, line.stand),
        cause=t("told by itself") if line.cause == "notice" else "",
        answers=line.answers if line.answers in shown else None,
        in_place=line.operation == "edit",
        fate=fate_of(t, line),
    )


def _who(t: Texts, line: Line, logins: Mapping[int, str]) -> tuple[str, str]:
    if line.kind in _NOBODYS:
        return ASIDE, ""
    if line.direction == "in":
        return PARENT, t("Parent")
    if _writer(line) is not None:
        return OPERATOR, _login(t, line, logins)
    by = channel_name(t, line.channel) if line.channel in _BY_ANOTHER_WAY else ""
    return BOT, t("Bot, by {channel}", channel=by) if by else t("Bot")


def _login(t: Texts, line: Line, logins: Mapping[int, str]) -> str:
    writer = _writer(line)
    return logins.get(writer or 0) or t("Operator")


def _writer(line: Line) -> int | None:
    """Who of the staff wrote it."""
    number = (line.cause or "").removeprefix(_STAFF)
    return int(number) if number.isdigit() and line.cause != number else None


def _instead(t: Texts, line: Line, logins: Mapping[int, str]) -> str:
    """What stands for a line that has no words of its own."""
    match line.kind:
        case steering.KIND:
            return steered.in_words(t, line.text, _login(t, line, logins))
        case "location":
            return t("📍 A place on the map")
        case "file":
            return t("📎 A photo or a document")
        case "unsupported":
            return t("Something that the bot can't read: {kind}", kind=line.text)
        case "delete":
            return t("A message with a secret in it is taken out of the chat.")
        case "errand":
            return _errand(t, line.text)
    return t("Erased at the parent's wish.") if line.kind == ERASED else ""


def _errand(t: Texts, text: str) -> str:
    _, _, outcome = text.partition(" ")
    if outcome == "answered":
        return t("What the bot waited for has come.")
    return t("What the bot waited for has not come: {why}", why=outcome)
