"""The book of flows: every action, form and errand the conversation knows, put together once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.conversation.form import Form
from bot.conversation.incoming import ErrandDone, SharedPhone
from bot.conversation.reply import Screen
from bot.conversation.turn import Turn
from bot.texts import Texts
from domain.errors import Refused

Handler = Callable[[Turn, tuple[str, ...]], Screen]
FileLink = Callable[[int, str], str]
"""Of a file, in a language: the address at which whoever holds it can fetch the file for a short time."""
CalendarLink = Callable[[int, str], str]
"""Of a referral's number, in a language: the file that puts its last day into a calendar."""
FORM_ACTIONS = frozenset({"answer", "back", "edit", "confirm"})


@dataclass(frozen=True, slots=True)
class Book:
    """What the turn looks things up in.

    `gate` gives the screen of what is still missing before anything else can be done (language,
    consent, territory), `before_gate` names the actions and forms that work without it. `keeps_form`
    names the actions that leave the form in progress open. `cabinet` names the actions and forms that are
    for the signed-in parent alone; `door` gives the screen of what is still missing for them (signing in,
    the cabinet's password). `half_open` names those that anybody may use, but the signed-in parent only
    with the cabinet open: what is known of them is shown there. `home` is the main menu. `guess` is asked
    when something was typed, or shared, that answers nothing. `keep_shared` is handed every phone that is
    shared, before it is taken as an answer. `errands` are answered outside of any form.
    `file_link` makes a link to a file, to be put on a button of a PERSONAL screen; so does `calendar_link`.
    `public_url` is where people reach our pages, without a slash at its end. `has_mail`: letters can be sent.
    """

    actions: Mapping[str, Handler]
    forms: Mapping[str, Form]
    errands: Mapping[str, Callable[[Turn, ErrandDone], Screen | None]]
    commands: Mapping[str, str]
    labels: Mapping[str, str]
    gate: Callable[[Turn], Screen | None]
    before_gate: frozenset[str]
    keeps_form: frozenset[str]
    cabinet: frozenset[str]
    half_open: frozenset[str]
    door: Callable[[Turn], Screen | None]
    home: Callable[[Turn], Screen]
    guess: Callable[[Turn], Screen | None]
    keep_shared: Callable[[Turn, SharedPhone], None]
    words: Callable[[Texts, Refused], str]
    file_link: FileLink
    calendar_link: CalendarLink
    public_url: str
    has_mail: bool = True


def fold(label: str) -> str:
    """A label as it is compared with what somebody typed: no case, no spaces at the ends, no emoji."""
    kept = "".join(char for char in label if char.isalnum() or char in " -&'")
    return " ".join(kept.casefold().split())
