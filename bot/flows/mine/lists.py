"""Lists of applications, live ones and those in the archive: headings, labels, pages."""

from collections.abc import Sequence

from bot.conversation.actions import action
from bot.conversation.limits import LONGEST_LABEL
from bot.conversation.reply import Button, Row
from bot.conversation.turn import Turn
from bot.flows.mine.own import me, name_of
from bot.texts import NUMBER_SIGN
from storage import look_up
from storage.look_up import Found


def heading(turn: Turn, found: Found, *, twin: bool = False) -> str:
    """Whose application it is, and its number."""
    name = name_of(turn, found)
    if name and twin:
        name = turn.t("{name} (twins)", name=name)
    return f"{name} · {NUMBER_SIGN}{found.number}" if name else f"{NUMBER_SIGN}{found.number}"


def labels_of(turn: Turn, shown: Sequence[Found]) -> list[str]:
    """For each the child's name as far as there is room; the number where two look alike."""
    short = [(each.child_name or "")[:LONGEST_LABEL] for each in shown]
    return [
        turn.private(name) if name and short.count(name) == 1 else f"{NUMBER_SIGN}{each.number}"
        for each, name in zip(shown, short, strict=True)
    ]


def next_page(turn: Turn, name: str, page: int, last: int) -> tuple[Row, ...]:
    """The way to the next page of a list, from the last one to the first; none where all fits on one."""
    t = turn.t
    if not last:
        return ()
    if page == last:
        return ((Button(t("To the beginning"), action(name, 0)),),)
    return ((Button(t("More"), action(name, page + 1)),),)


def archive_button(turn: Turn) -> tuple[Row, ...]:
    """The way to the archive, where there is something in it."""
    if not look_up.has_archive(turn.tx, me(turn)):
        return ()
    return ((Button(turn.t("Archive"), action("archive")),),)
