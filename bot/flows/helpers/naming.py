"""The parent names a helper: a phone, and what the parent calls them; an SMS asks whether they will."""

from bot.conversation import form
from bot.conversation.form import Again, Form, Question, answer
from bot.conversation.incoming import Content, Press, Text
from bot.conversation.reply import Button, Row, Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.helpers.named import NAME, me, of_me, show, what_it_is
from bot.flows.parent_names import short_name
from bot.flows.phone_answers import phone_screen, read_phone
from bot.flows.telling import noted
from bot.flows.tries import count
from domain.errors import HelperFault, HelperRefused
from domain.helping import LONGEST_NAME, NAMED_FOR, refuse_own_phone
from domain.notice import Deed
from domain.phone import Phone
from domain.tries import CODES_PER_PHONE, HELPERS_PER_PARENT
from storage import helpers, people

PHONE, CALLED = "phone", "called"
_SKIP = "skip"


def begin(turn: Turn) -> Screen:
    """Ask for the phone; one helper is enough."""
    return form.begin(turn, FORM) if of_me(turn) is None else show(turn)


def _ask_phone(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t("Type the helper's mobile number, or send their contact.")
    return phone_screen(turn, text, t("Helper's phone"), own=False)


def _read_phone(turn: Turn, draft: Draft, content: Content) -> str:
    """The number. Raises PhoneMalformed, PhoneNotMobile, HelperRefused for the parent's own."""
    phone = read_phone(turn, content, _ask_phone(turn, draft))
    refuse_own_phone(phone, people.confirmed_phones(turn.tx, me(turn)))
    return phone.e164


def _ask_called(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    rows: tuple[Row, ...] = ((Button(t("Without a name"), answer(NAME, CALLED, _SKIP)),),)
    return Screen(
        t("What do you call them? Only you see that."), title=t("Helper's phone"), rows=rows, typing=True
    )


def _read_called(turn: Turn, draft: Draft, content: Content) -> str:
    match content:
        case Press(action=pressed) if pressed == _SKIP:
            return ""
        case Text(text=text) if len(spelt := " ".join(text.split())) <= LONGEST_NAME:
            return spelt
        case Text():
            raise HelperRefused(HelperFault.NAME_TOO_LONG)
        case _:
            raise Again(_ask_called(turn, draft).with_note(turn.t("Please type it.")))


def _review(turn: Turn, draft: Draft) -> Screen:
    t, phone = turn.t, Phone(draft[PHONE])
    name = f"{turn.private(draft[CALLED])} " if draft[CALLED] else ""
    lines = [
        name + turn.private(phone.e164),
        what_it_is(turn),
        t("An SMS goes to this number now. Helping ends by itself after a year, or by one tap of yours."),
    ]
    return Screen("\n".join(lines), title=t("Helper's phone"), sensitivity=Sensitivity.PERSONAL)


def _done(turn: Turn, draft: Draft) -> Screen:
    """The helper is named and told by SMS. Raises HelperRefused, TooManyTries."""
    mine, phone = me(turn), Phone(draft[PHONE])
    refuse_own_phone(phone, people.confirmed_phones(turn.tx, mine))
    count(turn, "helper", str(mine), HELPERS_PER_PARENT)
    # With the codes: nobody's phone is to be flooded, by whatever way.
    count(turn, "code_phone", phone.e164, CODES_PER_PHONE)
    if helpers.name(turn.tx, mine, phone, draft[CALLED], turn.now) is None:
        raise HelperRefused(HelperFault.ONE_ALREADY)
    turn.text_message(phone.e164, _sms(turn, mine), NAMED_FOR)
    noted(turn, Deed.HELPER_NAMED)
    return show(turn)


def _sms(turn: Turn, parent_id: int) -> str:
    t, name = turn.t, short_name(turn.tx, parent_id)
    if not name:
        return t(
            "Kezek: a parent asks you to help follow the kindergarten queue. If you agree, write to Kezek "
            "in a messenger and send /helper. Else just ignore this."
        )
    return t(
        "Kezek: {name} asks you to help follow the kindergarten queue. If you agree, write to Kezek "
        "in a messenger and send /helper. Else just ignore this.",
        name=name,
    )


FORM = Form(
    NAME,
    (
        Question(
            PHONE, _ask_phone, _read_phone, sensitivity=Sensitivity.PERSONAL, name=lambda t: t("Phone"),
            numbers=True,
        ),
        Question(
            CALLED, _ask_called, _read_called, sensitivity=Sensitivity.PERSONAL, name=lambda t: t("Name"),
            numbers=True,
        ),
    ),
    _done,
    _review,
)  # fmt: skip
