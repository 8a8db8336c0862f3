"""Settings: language, territory, notices, the rules and the data policy, and who I am here."""

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.territory import settings_button
from bot.texts import LANGUAGES
from storage import territories


def show(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """What is set, and the way to change each."""
    t = turn.t
    place = territories.name(turn.tx, turn.person.territory_id, t.language)
    known = turn.person.parent_id is not None
    lines = [
        t("Language: {language}", language=LANGUAGES[t.language]),
        t("Territory: {territory}", territory=place or "–"),
        t("You are signed in as a parent.") if known else t("You are not signed in."),
    ]
    rows: list[Row] = [(Button(t("Language"), action("language")),), (settings_button(turn),)]
    if known:
        rows += [
            (Button(t("Notices"), action("notices")),),
            (Button(t("My alerts"), action("alerts")),),
            (Button(t("My cabinet"), action("cabinet")),),
        ]
    else:
        rows.append((Button(t("Sign in"), action("signin")),))
    rows += [
        (Button(t("Rules of the queue"), action("rules")),),
        (Button(t("Data policy"), action("policy")),),
        (Button(t("I help a family"), action("helping")),),
    ]
    if known:
        rows.append((Button(t("Sign out"), action("signout")),))
    rows.append((Button(t("Menu"), action("menu")),))
    return Screen("\n".join(lines), title=t("Settings"), rows=tuple(rows))
