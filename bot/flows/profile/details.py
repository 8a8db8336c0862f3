"""The address and the e-mail: typed anew, or taken out."""

from collections.abc import Callable
from functools import partial
from typing import Literal

from bot.conversation import form
from bot.conversation.form import Again, Form, Question, answer
from bot.conversation.incoming import Content, Press, Text
from bot.conversation.reply import Button, Row, Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.profile import overview
from bot.flows.telling import noted
from bot.flows.ways_told import BY_MAIL, MESSENGER
from bot.texts import Texts
from domain.contact_details import email_address, home_address
from domain.notice import Deed
from storage import profiles
from storage.profiles import Profile

ADDRESS, EMAIL, KEY = "address", "email", "typed"
TAKE_OUT = "none"
FOR_NOTICES = "for_notices"
"""In a draft: whoever types an e-mail address has chosen to be told by it."""
Detail = Literal["address", "email"]


def begin(turn: Turn, which: str) -> Screen:
    """Ask for the one or the other."""
    return form.begin(turn, ADDRESS_FORM if which == ADDRESS else EMAIL_FORM)


def question(t: Texts, which: Detail) -> str:
    """What is asked."""
    if which == ADDRESS:
        return t("Type your home address: street, house, flat.")
    return t("Type your e-mail address. It is used for notices only.")


def _ask(which: Detail, turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    there = _value(which, overview.own_profile(turn))
    lines = [question(t, which)]
    rows: list[Row] = []
    if there:
        lines.insert(0, t("Now: {text}", text=turn.private(there)) + "\n")
        rows.append((Button(t("Take it out"), answer(which, KEY, TAKE_OUT)),))
    title = t("Address") if which == ADDRESS else t("E-mail")
    hint = t("Street, house, flat") if which == ADDRESS else "name@example.kz"
    return Screen("\n".join(lines), title=title, rows=tuple(rows), typing=True, hint=hint)


def _value(which: Detail, own: Profile) -> str:
    return own.address if which == ADDRESS else own.email


def _read(which: Detail, parse: Callable[[str], str], turn: Turn, draft: Draft, content: Content) -> str:
    """What is to be kept; empty to keep nothing. Raises EmailMalformed or AddressMalformed."""
    match content:
        case Press(action=pressed) if pressed == TAKE_OUT:
            return ""
        case Text(text=text):
            return parse(text)
        case _:
            raise Again(_ask(which, turn, draft).with_note(turn.t("Please type it.")))


def _done(which: Detail, turn: Turn, draft: Draft) -> Screen:
    own = overview.own_profile(turn)
    keep(turn, own, which, draft[KEY])
    if draft.get(FOR_NOTICES) and draft[KEY]:
        return turn.book.actions["notices"](turn, ("way", BY_MAIL))
    return overview.screen(turn).with_note(turn.t("Saved.") if draft[KEY] else turn.t("Taken out."))


def keep(turn: Turn, own: Profile, which: Detail, text: str) -> None:
    """Write it down. Who was told by e-mail and takes it out is told in the messenger again."""
    profiles.set_contact(turn.tx, own.id, which, text)
    noted(turn, Deed.PROFILE_CHANGED, field=which)
    if which == EMAIL and not text and own.notice_way == BY_MAIL:
        profiles.set_notices(turn.tx, own.id, way=MESSENGER, language=own.language)
        noted(turn, Deed.NOTICES_CHANGED, way=MESSENGER)


def _form(which: Detail, parse: Callable[[str], str]) -> Form:
    asked = Question(
        KEY, partial(_ask, which), partial(_read, which, parse), sensitivity=Sensitivity.PERSONAL
    )
    return Form(which, (asked,), partial(_done, which))


ADDRESS_FORM = _form("address", home_address)
EMAIL_FORM = _form("email", email_address)
