"""My data: who looked at it, what others did with it, and the ways to have all of it or none kept."""

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows import journal_words
from storage import journal

_LOOKS, _DEEDS = 3, 3
"""So many lines of each fit; the journal has all of them."""


def show(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """The latest of each, or that there was nobody."""
    t, me = turn.t, turn.person.parent_id
    assert me is not None
    looks = [journal_words.line(t, each, me) for each in journal.looks(turn.tx, me, _LOOKS)]
    deeds = [journal_words.line(t, each, me) for each in journal.by_others(turn.tx, me, _DEEDS)]
    lines = [
        t("Who looked at your data:"),
        *(looks or [t("Nobody but you.")]),
        "",
        t("What others did here:"),
        *(deeds or [t("Nothing.")]),
    ]
    return Screen("\n".join(lines), title=t("My data"), rows=_ways(turn))


def _ways(turn: Turn) -> tuple[Row, ...]:
    t = turn.t
    return (
        (Button(t("Get all my data"), action("export")),),
        (Button(t("Erase my data"), action("erase")),),
        (Button(t("My journal"), action("journal")),),
        (Button(t("Data policy"), action("policy")),),
        (Button(t("My cabinet"), action("cabinet")),),
        (Button(t("Menu"), action("menu")),),
    )
