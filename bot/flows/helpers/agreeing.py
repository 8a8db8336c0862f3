"""The helper's side: whoever holds the phone that was named says yes, in a chat of their own.

Nobody learns here whether a number was named: that is seen only by who has shown to hold it.
"""

from bot.conversation import form
from bot.conversation.actions import action
from bot.conversation.form import Form, Question
from bot.conversation.incoming import Content
from bot.conversation.reply import Button, Row, Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.code_step import CodeStep
from bot.flows.helpers import looking
from bot.flows.phone_answers import phone_screen, read_phone
from bot.flows.sms_codes import words_of_a_phone
from bot.flows.telling import tell
from bot.flows.vouching import vouched_phone
from domain.helping import HELPS_FOR, Helper
from domain.notice import Deed, Told
from domain.phone import Phone
from storage import helpers, journal

NAME, PHONE, CODE = "helping", "phone", "code"
PURPOSE = "helper"
_VOUCHED = "vouched"


def begin(turn: Turn) -> Screen:
    """Ask which number it is."""
    return form.begin(turn, FORM)


def _ask_phone(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t(
        "Has a family named your number, so that you help them follow the kindergarten queue? "
        "Then type this number of yours, or share it."
    )
    return phone_screen(turn, text, t("I help a family"))


def _read_phone(turn: Turn, draft: Draft, content: Content) -> str:
    """The number. Raises PhoneMalformed, PhoneNotMobile, TooManyTries."""
    phone = read_phone(turn, content, _ask_phone(turn, draft))
    draft.pop(CODE, None)
    draft[_VOUCHED] = vouched_phone(turn) == phone
    if not draft[_VOUCHED]:
        _CODE.send(turn, {PHONE: phone.e164})
    return phone.e164


def _ask_code(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t(
        "If a family has named this number, a code of 6 digits was sent to it by SMS. Type it here. "
        "It is good for 5 minutes."
    )
    return Screen(text, title=t("I help a family"), typing=True, hint=t("Code from the SMS"))


def _phones(turn: Turn, draft: Draft) -> list[Phone]:
    """Where nobody has named the number, nobody gets a code."""
    phone = Phone(draft[PHONE])
    return [phone] if helpers.waiting_for(turn.tx, phone, turn.now) else []


def _done(turn: Turn, draft: Draft) -> Screen:
    waiting = helpers.waiting_for(turn.tx, Phone(draft[PHONE]), turn.now)
    confirmed = [
        each for each in waiting if helpers.confirm(turn.tx, each.id, turn.person.contact_id, turn.now)
    ]
    for each in confirmed:
        _tell(turn, each)
    if not confirmed:
        return _nobody(turn)
    thanks = turn.t("Thank you! From now on you see how the applications stand, and I tell you the news.")
    return looking.show(turn).with_note(thanks)


def _tell(turn: Turn, helper: Helper) -> None:
    tx, now = turn.tx, turn.now
    actor, channel = journal.by_helper(helper.id), turn.incoming.address.channel
    journal.note(tx, helper.parent_id, actor, Deed.HELPER_JOINED, now, channel=channel)
    name, until = helper.name or helper.phone.masked, now + HELPS_FOR
    tell(tx, helper.parent_id, Told.HELPER_JOINED, now, name=name, until=until.isoformat())


def _nobody(turn: Turn) -> Screen:
    t = turn.t
    text = t(
        "No family waits for this number. Ask them to name it under My cabinet – Helper's phone, "
        "and to compare the digits."
    )
    rows: tuple[Row, ...] = (
        (Button(t("Another number"), action(NAME, "new")),),
        (Button(t("Menu"), action("menu")),),
    )
    return Screen(text, title=t("I help a family"), rows=rows)


_CODE = CodeStep(NAME, CODE, PURPOSE, ask=_ask_code, phones=_phones, words=words_of_a_phone)
FORM = Form(
    NAME,
    (
        Question(PHONE, _ask_phone, _read_phone, sensitivity=Sensitivity.PERSONAL, numbers=True),
        _CODE.question(when=lambda draft: not draft.get(_VOUCHED)),
    ),
    _done,
)
