"""The e-mail address: typed, shown to be the parent's by a code, or taken out.

Without a mail server it is only kept.
"""

from typing import Any

from bot.conversation import form
from bot.conversation.form import Again, Form, Question, answer
from bot.conversation.incoming import Content, Press, Text
from bot.conversation.reply import Button, Row, Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows import mail_codes
from bot.flows.mail_codes import MailStep
from bot.flows.profile import overview
from bot.flows.telling import noted
from domain.contact_details import email_address
from domain.notice import Deed
from domain.ways import BY_MAIL, MESSENGER
from storage import profiles
from storage.profiles import Profile

NAME, KEY, CODE = "email", "typed", "code"
_TAKE_OUT, _KNOWN = "none", "known"
_FOR_NOTICES = "for_notices"
"""In a draft: whoever types or confirms an address has chosen to be told by it."""


def begin(turn: Turn, *, for_notices: bool = False) -> Screen:
    """Ask for an address."""
    return form.begin(turn, FORM, _drafted(for_notices=for_notices))


def confirm(turn: Turn, *, for_notices: bool = False) -> Screen:
    """Send a code to the address that is there; where there is none, or no mail server, ask for it."""
    own = overview.own_profile(turn)
    if not own.email or not turn.book.has_mail:
        return begin(turn, for_notices=for_notices)
    mail_codes.send(turn, own.email)
    return form.begin(turn, FORM, _drafted(for_notices=for_notices) | {KEY: own.email})


def keep(turn: Turn, own: Profile, address: str, *, confirmed: bool) -> None:
    """Write it down. Who was told by e-mail and takes it out is told in the messenger again."""
    profiles.set_contact(turn.tx, own.id, "email", address, confirmed_at=turn.now if confirmed else None)
    noted(turn, Deed.PROFILE_CHANGED, field=NAME)
    if not address and own.notice_way == BY_MAIL:
        profiles.set_notices(turn.tx, own.id, way=MESSENGER, language=own.language)
        noted(turn, Deed.NOTICES_CHANGED, way=MESSENGER)


def _drafted(*, for_notices: bool) -> dict[str, Any]:
    return {_FOR_NOTICES: True} if for_notices else {}


def _ask(turn: Turn, _draft: Draft) -> Screen:
    t, there = turn.t, overview.own_profile(turn).email
    text, rows = t("Type your e-mail address. It is used for notices only."), list[Row]()
    if there:
        text = t("Now: {text}", text=turn.private(there)) + "\n\n" + text
        rows.append((Button(t("Take it out"), answer(NAME, KEY, _TAKE_OUT)),))
    return Screen(text, title=t("E-mail"), rows=tuple(rows), typing=True, hint="name@example.kz")


def _read(turn: Turn, draft: Draft, content: Content) -> str:
    """The address; empty to keep none. Raises EmailMalformed, TooManyTries."""
    match content:
        case Press(action=pressed) if pressed == _TAKE_OUT:
            return ""
        case Text(text=text):
            address, own = email_address(text), overview.own_profile(turn)
            draft[_KNOWN] = address == own.email and own.mail.reached
            draft.pop(CODE, None)
            if turn.book.has_mail and not draft[_KNOWN]:
                mail_codes.send(turn, address)
            elif not turn.book.has_mail:
                draft[CODE] = ""
            return address
        case _:
            raise Again(_ask(turn, draft).with_note(turn.t("Please type it.")))


def _done(turn: Turn, draft: Draft) -> Screen:
    t, address = turn.t, draft[KEY]
    if not draft.get(_KNOWN):
        keep(turn, overview.own_profile(turn), address, confirmed=bool(draft.get(CODE)))
    if draft.get(_FOR_NOTICES) and address:
        return turn.book.actions["notices"](turn, ("way", BY_MAIL))
    return overview.screen(turn).with_note(t("Saved.") if address else t("Taken out."))


def _has_to_be_shown(draft: Draft) -> bool:
    return bool(draft.get(KEY)) and not draft.get(_KNOWN)


_CODE = MailStep(NAME, CODE, lambda draft: str(draft[KEY]))
FORM = Form(
    NAME,
    (
        Question(KEY, _ask, _read, sensitivity=Sensitivity.PERSONAL),
        _CODE.question(when=_has_to_be_shown),
    ),
    _done,
)
