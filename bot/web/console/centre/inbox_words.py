"""What stands on the inbox's page, in words: for the template, and for its script, which draws rows, too."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.flows.channel_names import channel_name
from bot.texts import LANGUAGES, Texts
from bot.web.console.centre.inbox_query import CHANNELS, Asked, Tab
from storage.types import from_microseconds

TABS: Mapping[Tab, Callable[[Texts], str]] = {
    Tab.TEAM: lambda t: t("Everybody's"),
    Tab.WAITING: lambda t: t("Wait for a person"),
    Tab.MINE: lambda t: t("Mine"),
    Tab.FAILED: lambda t: t("Not delivered"),
}
_EMPTY: Mapping[Tab, Callable[[Texts], str]] = {
    Tab.TEAM: lambda t: t("There are no chats yet."),
    Tab.WAITING: lambda t: t("Nobody waits for a person."),
    Tab.MINE: lambda t: t("Nothing is assigned to you."),
    Tab.FAILED: lambda t: t("Everything has arrived lately."),
}
_HOUR, _DAY = 60, 24 * 60


def nothing_there(t: Texts, wanted: Asked) -> str:
    """Why the list is empty: nobody may wait in Russian, and many in Kazakh."""
    return t("No conversation fits this.") if wanted.is_narrowed else _EMPTY[wanted.tab](t)


def script_words(t: Texts) -> dict[str, object]:
    """What the script says; in braces stands what it fills in itself."""
    return {
        "channels": {each: channel_name(t, each) for each in CHANNELS},
        "languages": short_languages(),
        "noLanguage": t("no language"),
        "nowhere": t("no territory"),
        "signedIn": t("signed in"),
        "stranger": t("not signed in"),
        "by": by_words(t),
        "minutes": t("{minutes} min", minutes="{minutes}"),
        "hours": t("{hours} h {minutes} min", hours="{hours}", minutes="{minutes}"),
        "days": t("{days} d", days="{days}"),
        "now": t("now"),
        "typing": t("types"),
        "waiting": t("Waiting for a person: {number}", number="{number}"),
        "nobody": t("Nobody waits for a person."),
        "lost": t("Connection lost. What you see may be out of date; trying again…"),
        "back": t("Connected again."),
    }


def by_words(t: Texts) -> dict[str, str]:
    """Before a last line: who has said it; nothing before what the parent has said."""
    return {"parent": "", "bot": t("Bot:"), "operator": t("Operator:")}


def short_languages() -> dict[str, str]:
    """As the pages' own switch writes them."""
    return {code: "ҚАЗ" if code == "kk" else code.upper() for code in LANGUAGES}


def waited(t: Texts, now: datetime, since: int) -> str:
    """How long somebody has waited since an instant in milliseconds."""
    minutes = max(0, int((now - moment(since)).total_seconds() // 60))
    if minutes >= _DAY:
        return t("{days} d", days=minutes // _DAY)
    if minutes >= _HOUR:
        return t("{hours} h {minutes} min", hours=minutes // _HOUR, minutes=minutes % _HOUR)
    return t("{minutes} min", minutes=minutes) if minutes else t("now")


def short_moment(t: Texts, now: datetime, at: int) -> str:
    """The time of day of what was said today, the day of what was said before."""
    said = moment(at)
    return t.time(said) if t.day(said) == t.day(now) else t.day(said)


def moment(at: int) -> datetime:
    """The instant so many milliseconds after 1970."""
    return from_microseconds(at * 1000)
