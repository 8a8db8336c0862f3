"""/undo: whoever holds the old number takes a change of phone back, within 72 hours ("Who is who", ours).

Nobody has to be signed in. Before the code is right, everything is the same for any number.
"""

from datetime import datetime

from bot.conversation import form
from bot.conversation.actions import action
from bot.conversation.form import Form, Question
from bot.conversation.incoming import Content
from bot.conversation.reply import Button, Row, Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.code_counts import UNDOING
from bot.flows.code_step import CodeStep
from bot.flows.codes_to_phone import judge_any, newest_to
from bot.flows.phone_answers import phone_screen, read_phone
from bot.flows.phone_words import ending
from bot.flows.undoing import undo_changes
from bot.texts import Texts
from domain.codes import require_repeat
from domain.errors import CodeTooSoon, TooManyTries
from domain.phone import Phone
from storage.codes import StoredCode

NAME, PHONE, CODE, PURPOSE = "undo", "phone", "code", "undo_phone"
UNSENT = "unsent"
"""No code was sent for this draft: from when one can be."""


def start(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """Ask which number it was."""
    return form.begin(turn, FORM)


def _ask_phone(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t(
        "Was your number taken out of a cabinet, or another one added, without your wish? Type or share your "
        "number: a code goes to it. It can be undone for 72 hours."
    )
    return phone_screen(turn, text, t("Undo a change of phone"))


def _read_phone(turn: Turn, draft: Draft, content: Content) -> str:
    """The number. Raises PhoneMalformed, PhoneNotMobile, Again.

    Where no code can be sent just now, one that went there lately is as good: whoever uses the codes of a
    number up sends them to its owner.
    """
    phone = read_phone(turn, content, _ask_phone(turn, draft))
    draft.pop(CODE, None)
    draft[PHONE] = phone.e164
    try:
        newest = _CODE.newest(turn, draft)
        require_repeat(newest.sent_at if newest else None, turn.now)
        _CODE.send(turn, draft)
    except (CodeTooSoon, TooManyTries) as refused:
        draft[UNSENT] = refused.again_at.isoformat()
    return phone.e164


def _ask_code(turn: Turn, draft: Draft) -> Screen:
    t, digits = turn.t, ending(Phone(draft[PHONE]))
    text = t(
        "A code of 6 digits was sent by SMS to the number ending in {digits}. Type it here. "
        "It is good for 5 minutes.",
        digits=digits,
    )
    if UNSENT in draft:
        text = t(
            "Codes were asked for often just now. If one came by SMS to the number ending in {digits} in the "
            "last 5 minutes, type it here, whoever asked for it. A new one can be sent at {time}.",
            digits=digits,
            time=t.time(datetime.fromisoformat(draft[UNSENT])),
        )
    return Screen(text, title=t("Undo a change of phone"), typing=True, hint=t("Code from the SMS"))


def _sms(t: Texts, code: str) -> str:
    return t("Kezek: {code} is the code for undoing a change of phone. Tell it to nobody.", code=code)


def _done(turn: Turn, draft: Draft) -> Screen:
    t = turn.t
    put_back = undo_changes(turn, Phone(draft[CODE]))
    rows: list[Row] = [(Button(t("Menu"), action("menu")),)]
    if turn.person.parent_id is None:
        rows.insert(0, (Button(t("Sign in"), action("signin")),))
    text = t(
        "The change is undone: your number is back in the cabinet. All other accounts were signed out. "
        "A phone, a password and a helper that came since are gone, too."
    )
    if not put_back:
        text = t(
            "It is undone: the phone that was added is gone. All other accounts were signed out. "
            "A password and a helper that came since are gone, too."
        )
    return Screen(text, title=t("Undo a change of phone"), rows=tuple(rows))


class _AnyCode(CodeStep):
    """Whoever asked for the code: it went to the number, and who types it holds that."""

    def send(self, turn: Turn, draft: Draft, which: int = 0) -> None:
        """As of any code step. Raises TooManyTries."""
        CodeStep.send(self, turn, draft, which)
        draft.pop(UNSENT, None)

    def judge(self, turn: Turn, draft: Draft, typed: str) -> Phone:
        """The number. Raises CodeWrong, CodeLapsed, TooManyTries."""
        phone = Phone(draft[PHONE])
        judge_any(turn, PURPOSE, phone, typed)
        return phone

    def newest(self, turn: Turn, draft: Draft) -> StoredCode | None:
        """The newest that went to the number."""
        return newest_to(turn, PURPOSE, Phone(draft[PHONE]))


_CODE = _AnyCode(
    NAME,
    CODE,
    PURPOSE,
    ask=_ask_code,
    phones=lambda _turn, draft: [Phone(draft[PHONE])],
    words=_sms,
    count_as=UNDOING,
)
FORM = Form(
    NAME,
    (
        Question(PHONE, _ask_phone, _read_phone, sensitivity=Sensitivity.PERSONAL, numbers=True),
        _CODE.question(),
    ),
    _done,
)
