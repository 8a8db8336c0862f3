"""The cabinet: what is the parent's own, beside the applications."""

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows import lock
from bot.texts import Texts

# In the order of the screen; each is shown from the day it works. Their names are the actions'.
ITEMS: tuple[str, ...] = (
    "profile",
    "children",
    "phones",
    "password",
    "accounts",
    "helper",
    "mydata",
)


def label(t: Texts, item: str) -> str:
    """The label of an entry."""
    match item:
        case "profile":
            return t("Profile")
        case "children":
            return t("Children")
        case "phones":
            return t("Phones")
        case "password":
            return t("Password")
        case "accounts":
            return t("Accounts")
        case "helper":
            return t("Helper's phone")
        case _:
            return t("My data")


def lock_button(t: Texts) -> Button:
    """Locks the cabinet at once, where it has a password."""
    return Button(t("Lock now"), action("lock"))


def show(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """What there is."""
    t = turn.t
    rows: list[Row] = [(Button(label(t, item), action(item)),) for item in ITEMS]
    if lock.has_password(turn):
        rows.append((lock_button(t),))
    rows.append((Button(t("Menu"), action("menu")),))
    return Screen(t("Only you see what is here."), title=t("My cabinet"), rows=tuple(rows))
