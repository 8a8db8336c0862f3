"""The rules in force in the territory: anyone can read them (domain.md, section 11)."""

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.rules_words import in_words
from domain.errors import NoPolicyInForce
from domain.local_time import local_date
from storage import policies, territories


def show(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """All of them in one message; it is a long one, so that the buttons come below in another."""
    t = turn.t
    territory_id = turn.person.territory_id
    assert territory_id is not None
    rows: tuple[Row, ...] = (
        (Button(t("Another place"), action("territory")),),
        (Button(t("Settings"), action("settings")),),
        (Button(t("Menu"), action("menu")),),
    )
    place = territories.name(turn.tx, territory_id, t.language)
    try:
        dated = policies.dated_in_force(turn.tx, territory_id, turn.now)
    except NoPolicyInForce:
        text = t("No rules are written down for this place yet. The operator knows more.")
        return Screen(text, title=t("Rules of the queue"), rows=rows)
    title = t("Rules of the queue: {territory}", territory=place)
    turn.say(Screen("\n".join(in_words(t, dated.policy, local_date(turn.now))), title=title, fresh=True))
    return Screen(t("In force since {date}.", date=t.day(dated.since)), rows=rows)
