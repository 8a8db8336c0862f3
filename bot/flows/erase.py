"""Having everything erased: what it means, a code to the confirmed phone, a last question, and it is done."""

from datetime import timedelta

from bot.conversation import form
from bot.conversation.actions import Outdated, action
from bot.conversation.form import Form
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows import erase_words, my_data
from bot.flows.code_counts import CABINET
from bot.flows.code_step import CodeStep
from bot.flows.erase_telling import tell_all, whom_to_tell
from bot.flows.sms_codes import latest
from bot.texts import Texts
from domain.errors import BarredAfterPhoneChange
from storage import people
from storage.erasing import Outlook, erase, outlook

NAME, CODE, PURPOSE, GO = "erase", "code", "erase", "go"
PROOF_FOR = timedelta(minutes=15)
"""After it was sent, a code that was typed is no proof any more: the telephone may have been put down."""


def start(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """Say what goes and what stays, whoever reads it to the end may go on. Raises SeatInHand."""
    try:
        seen = outlook(turn.tx, _me(turn))
    except BarredAfterPhoneChange as barred:
        # Stay where it was asked for, and say that it is about the erasing.
        return my_data.show(turn, ()).with_note(_barred(turn, barred))
    match arguments:
        case ():
            return _meaning(turn, seen)
        case ("go",):
            return _begin(turn)
        case _:
            raise Outdated


def _barred(turn: Turn, barred: BarredAfterPhoneChange) -> str:
    t = turn.t
    return t(
        "Your data can be erased from {moment} on: the phones were changed lately, and until then an older "
        "number can undo that.",
        moment=t.moment(barred.until),
    )


def _meaning(turn: Turn, seen: Outlook) -> Screen:
    t = turn.t
    turn.say(
        Screen(
            erase_words.what_goes_and_what_stays(t, seen.consequences), title=t("Erase my data"), fresh=True
        )
    )
    rows: tuple[Row, ...] = (
        (Button(t("Take a copy first"), action("export")),),
        (Button(t("Go on to erasing"), action(NAME, GO)),),
        (Button(t("Keep everything"), action("mydata")),),
    )
    return Screen(t("Have you read it? Nothing is erased yet."), rows=rows)


def _begin(turn: Turn) -> Screen:
    t = turn.t
    if not people.confirmed_phones(turn.tx, _me(turn)):
        text = t(
            "Erasing is confirmed by a code to your phone, and no phone is confirmed here. "
            "Please go to the education department with your identity document."
        )
        rows: tuple[Row, ...] = ((Button(t("Operator"), action("operator")),), (_menu(turn),))
        return Screen(text, title=t("Erase my data"), rows=rows)
    _CODE.send(turn, {})
    return form.begin(turn, FORM)


def _ask_code(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t("A code of 6 digits was sent to your confirmed phone by SMS. Type it here if you want to go on.")
    return Screen(text, title=t("Erase my data"), typing=True, hint=t("Code from the SMS"))


def _sms(t: Texts, code: str) -> str:
    return t(
        "Kezek: {code} is the code to ERASE your data. If that is not you, tell it to nobody.", code=code
    )


def _review(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t(
        "The last question: shall everything be erased? Applications that no other parent shares are "
        "withdrawn by it. It can't be undone."
    )
    return Screen(text, title=t("Erase my data"))


def _recheck(turn: Turn, draft: Draft) -> str | None:
    """A code that was typed long ago proves nothing now: another one is asked for."""
    proof = latest(turn, PURPOSE)
    if CODE not in draft or (proof is not None and proof.used and turn.now < proof.sent_at + PROOF_FOR):
        return None
    del draft[CODE]
    _CODE.send(turn, draft)
    return turn.t("That was a while ago. A new code is on its way, to be sure it is you.")


def _done(turn: Turn, _draft: Draft) -> Screen:
    """Everything that can go at once is gone; the account is nobody's. Raises as `outlook`."""
    me = _me(turn)
    concerned = whom_to_tell(turn, me)
    done = erase(turn.tx, me)
    if done is None:
        raise Outdated
    tell_all(turn, done, concerned)
    turn.session.aside.clear()
    turn.change_person(parent_id=None, consent_version=None, consent_at=None)
    t = turn.t
    text = t(
        "Your data are erased, and this account is signed out. What is left of the conversations goes within "
        "an hour. If you ever need us again, just write: everything begins anew."
    )
    return Screen(text, title=t("Erased"), fresh=True)


def _me(turn: Turn) -> int:
    """The parent who is signed in here: the door is before this flow."""
    assert turn.person.parent_id is not None
    return turn.person.parent_id


def _menu(turn: Turn) -> Button:
    return Button(turn.t("Menu"), action("menu"))


_CODE = CodeStep(
    NAME,
    CODE,
    PURPOSE,
    ask=_ask_code,
    phones=lambda turn, _draft: people.confirmed_phones(turn.tx, _me(turn)),
    words=_sms,
    other_phone=True,
    count_as=CABINET,
)
FORM = Form(NAME, (_CODE.question(),), _done, review=_review, recheck=_recheck)
