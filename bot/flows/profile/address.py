"""The home address: typed anew, or taken out."""

from bot.conversation import form
from bot.conversation.form import Again, Form, Question, answer
from bot.conversation.incoming import Content, Press, Text
from bot.conversation.reply import Button, Row, Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.profile import overview
from bot.flows.telling import noted
from domain.contact_details import home_address
from domain.notice import Deed
from storage import profiles

NAME, KEY = "address", "typed"
_TAKE_OUT = "none"


def begin(turn: Turn) -> Screen:
    """Ask for it."""
    return form.begin(turn, FORM)


def _ask(turn: Turn, _draft: Draft) -> Screen:
    t, there = turn.t, overview.own_profile(turn).address
    text, rows = t("Type your home address: street, house, flat."), list[Row]()
    if there:
        text = t("Now: {text}", text=turn.private(there)) + "\n\n" + text
        rows.append((Button(t("Take it out"), answer(NAME, KEY, _TAKE_OUT)),))
    return Screen(text, title=t("Address"), rows=tuple(rows), typing=True, hint=t("Street, house, flat"))


def _read(turn: Turn, draft: Draft, content: Content) -> str:
    """What is to be kept; empty to keep nothing. Raises AddressMalformed."""
    match content:
        case Press(action=pressed) if pressed == _TAKE_OUT:
            return ""
        case Text(text=text):
            return home_address(text)
        case _:
            raise Again(_ask(turn, draft).with_note(turn.t("Please type it.")))


def _done(turn: Turn, draft: Draft) -> Screen:
    profiles.set_contact(turn.tx, overview.own_profile(turn).id, "address", draft[KEY])
    noted(turn, Deed.PROFILE_CHANGED, field=NAME)
    return overview.screen(turn).with_note(turn.t("Saved.") if draft[KEY] else turn.t("Taken out."))


FORM = Form(NAME, (Question(KEY, _ask, _read, sensitivity=Sensitivity.PERSONAL),), _done)
