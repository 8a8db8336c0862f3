"""The main menu, help, and the way back to it."""

from collections.abc import Iterator

from bot.conversation.actions import action
from bot.conversation.book import fold
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows import lock, moved_draft
from bot.texts import LANGUAGES, Texts, texts_in
from storage import helpers, notices, territories
from storage.seats import own_claims

# In the order of the menu; each is shown from the day it works.
ITEMS = ("apply", "places", "houses", "my", "check", "messages", "operator", "settings")
SURE = "sure"
_MOST_ROWS = 10
"""Of the narrowest channel."""


def label(t: Texts, item: str) -> str:
    """The label of a menu item, the same words everywhere."""
    match item:
        case "apply":
            return t("Join the queue")
        case "places":
            return t("Free places")
        case "my":
            return t("My applications")
        case "referrals":
            return t("My referrals")
        case "check":
            return t("Check the queue")
        case "houses":
            return t("The kindergartens")
        case "messages":
            return t("Messages")
        case "operator":
            return t("Operator")
        case "settings":
            return t("Settings")
        case _:
            return t("Menu")


def home(turn: Turn) -> Screen:
    """The main menu. A form that was left aside can be taken up again."""
    t = turn.t
    place = territories.name(turn.tx, turn.person.territory_id, t.language)
    rows: list[Row] = []
    if turn.session.form is not None or turn.session.aside:
        rows.append((Button(t("Go on where I stopped"), action("resume")),))
    rows += moved_draft.offered(turn)
    items = list(_items(turn))
    if len(rows) + len(items) > _MOST_ROWS:
        # My applications leads there, too.
        items.remove("check")
    rows += [(Button(label(t, item), action(item)),) for item in items]
    helps = helpers.families_of(turn.tx, turn.person.contact_id, turn.now)
    if helps and len(rows) < _MOST_ROWS:
        # Else it is found in the settings.
        rows.append((Button(t("Families I help"), action("helping")),))
    title = t("Kezek · {territory}", territory=place) if place else t("Kezek")
    text = t("The kindergarten queue. What would you like to do?")
    return Screen(_with_news(turn, text), title=title, rows=tuple(rows))


def _items(turn: Turn) -> Iterator[str]:
    """Those of everybody; referrals for whoever has one, or a seat in hand."""
    for item in ITEMS:
        yield item
        if item == "my" and _has_referrals(turn):
            yield "referrals"


def _has_referrals(turn: Turn) -> bool:
    parent_id = lock.asker(turn)
    return parent_id is not None and own_claims.has_any(turn.tx, parent_id)


def _with_news(turn: Turn, text: str) -> str:
    """Said in the text and not on the button, whose label can be typed."""
    parent_id = turn.person.parent_id
    unread = notices.unread(turn.tx, parent_id) if parent_id is not None else 0
    if not (unread and lock.is_open(turn)):
        return text
    return "\n\n".join((text, turn.t("New messages: {number}", number=unread)))


def show(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """/menu: home, whatever was going on."""
    return home(turn)


def cancel(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """/cancel: drop the form in progress and go home; a long one only when that is surely meant."""
    session = turn.session
    left = session.form
    session.wanted = None
    if left is not None and turn.book.forms[left.form].kept and arguments != (SURE,):
        left.active = False
        return _ask_to_drop(turn)
    session.form = None
    screen = home(turn)
    return screen.with_note(turn.t("Cancelled. Nothing was saved.")) if left is not None else screen


def _ask_to_drop(turn: Turn) -> Screen:
    t = turn.t
    rows: tuple[Row, ...] = (
        (Button(t("Go on filling in"), action("resume")),),
        (Button(t("Keep it for later"), action("menu")),),
        (Button(t("Drop it"), action("cancel", SURE)),),
    )
    return Screen(
        t("What you have filled in can wait here as long as you like. Drop it?"), title=t("Cancel"), rows=rows
    )


def help_screen(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """/help: how to talk to the bot."""
    t = turn.t
    text = t(
        "Press a button, or type its number or its words. "
        "An IIN or an application number can be sent at any time: I will look up the place.\n\n"
        "/menu – main menu\n/apply – join the queue\n/places – free places\n/my – my applications\n"
        "/check – check the queue\n/settings – settings\n/language – language\n"
        "/cancel – stop what we are doing\n/help – this page"
    )
    return Screen(text, title=t("How this works"), rows=((Button(t("Menu"), action("menu")),),))


def labels() -> dict[str, str]:
    """Every menu label in every language, folded, with its action: so that it can be typed."""
    return dict(_labels())


def _labels() -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        t = texts_in(language)
        for item in (*ITEMS, "referrals", "menu"):
            yield fold(label(t, item)), action(item)
        yield fold(t("Cancel")), action("cancel")
