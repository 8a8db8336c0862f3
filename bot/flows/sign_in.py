"""Signing in as a parent: an IIN, then a code to one of the phones confirmed for it ("Who is who", ours).

Whoever knows an IIN learns nothing here: the answers are the same whether it is known or not.
"""

import secrets

from bot.conversation import form
from bot.conversation.actions import Outdated
from bot.conversation.form import Again, Form, Question, answer
from bot.conversation.incoming import Content, ErrandDone, Press, Text
from bot.conversation.reply import Button, Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows import check
from bot.flows.tries import count, count_network
from domain import codes as code_rules
from domain.codes import DIGITS, SentCode
from domain.errors import CodeLapsed
from domain.iin import Iin
from domain.phone import Phone
from domain.separators import without_separators
from domain.tries import CODES_PER_ADDRESS, CODES_PER_CONTACT, CODES_PER_PHONE
from storage import codes, people
from storage.people import RegisterWords

NAME, IIN, CODE = "signin", "iin", "code"
PURPOSE = "sign_in"
REGISTER = "register"
_AGAIN = "again"


def start(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """Ask who it is; one who is signed in already sees the own applications."""
    if turn.person.parent_id is not None:
        return check.start(turn, ())
    return form.begin(turn, FORM)


def leave(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """Sign out: this account shows nobody's applications any more."""
    turn.change_person(parent_id=None)
    return turn.book.home(turn).with_note(turn.t("You are signed out."))


def _ask_iin(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t(
        "Type the IIN of the parent who applied. A code is then sent by SMS to the phone of the application: "
        "so nobody else can see your data."
    )
    return Screen(text, title=t("Sign in"), typing=True, hint=t("Parent's IIN"))


def _read_iin(turn: Turn, draft: Draft, content: Content) -> str:
    if not isinstance(content, Text):
        raise Again(_ask_iin(turn, draft).with_note(turn.t("Please type it in digits.")))
    iin = Iin.parse(content.text)
    # A code proves the IIN it was sent for, and no other.
    draft.pop(CODE, None)
    _send_code(turn, iin, 0)
    return iin.digits


def _ask_code(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t(
        "If this IIN has a confirmed phone, a code of 6 digits was sent to it by SMS. Type it here. "
        "It is good for 5 minutes."
    )
    rows = (
        (Button(t("Send a new code"), answer(NAME, CODE, _AGAIN, 0)),),
        (Button(t("To my other phone"), answer(NAME, CODE, _AGAIN, 1)),),
    )
    return Screen(text, title=t("Sign in"), rows=rows, typing=True, hint=t("Code from the SMS"))


def _read_code(turn: Turn, draft: Draft, content: Content) -> bool:
    match content:
        case Press(action=pressed):
            _send_again(turn, draft, pressed.split(":"))
            raise Again(_ask_code(turn, draft).with_note(turn.t("A new code is on its way.")))
        case Text(text=text) if (typed := without_separators(text)).isascii() and typed.isdigit():
            return _right(turn, typed)
        case _:
            raise Again(_ask_code(turn, draft).with_note(turn.t("Please type it in digits.")))


def _send_again(turn: Turn, draft: Draft, pressed: list[str]) -> None:
    if pressed not in ([_AGAIN, "0"], [_AGAIN, "1"]):
        raise Outdated
    latest = codes.latest(turn.tx, turn.person.contact_id, PURPOSE)
    code_rules.require_repeat(latest.sent_at if latest else None, turn.now)
    _send_code(turn, Iin.parse(draft[IIN]), int(pressed[1]))


def _send_code(turn: Turn, iin: Iin, which: int) -> None:
    """Send a code to one of the IIN's confirmed phones. Where there is none, everything looks the same."""
    parent_id = people.find_parent_by_iin(turn.tx, iin)
    phones = people.confirmed_phones(turn.tx, parent_id) if parent_id is not None else []
    phone: Phone | None = phones[min(which, len(phones) - 1)] if phones else None
    count(turn, "code_contact", str(turn.person.contact_id), CODES_PER_CONTACT)
    count_network(turn, "code_address", CODES_PER_ADDRESS)
    # Counted by the IIN, too, known or not: or the last try would tell how many phones it has.
    count(turn, "code_iin", iin.digits, CODES_PER_PHONE)
    if phone is not None:
        count(turn, "code_phone", phone.e164, CODES_PER_PHONE)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    codes.create(
        turn.tx, turn.person.contact_id, phone, code, PURPOSE, turn.now, code_rules.TRIES, code_rules.LIFE
    )
    if phone is not None:
        turn.text_message(phone.e164, turn.t("Kezek: your code is {code}. Tell it to nobody.", code=code))


def _right(turn: Turn, typed: str) -> bool:
    """Whether the code is right. Raises CodeWrong or CodeLapsed; a wrong try is counted."""
    stored = codes.latest(turn.tx, turn.person.contact_id, PURPOSE)
    sent = SentCode(stored.sent_at, stored.tries_left, stored.used) if stored else None
    usable = code_rules.require_usable(sent, turn.now)
    assert stored is not None
    right = stored.to_a_phone and codes.matches(turn.tx, stored, typed)
    if not right:
        codes.spend_try(turn.tx, stored.id)
    code_rules.check(usable, right=right)
    codes.mark_used(turn.tx, stored.id, turn.now)
    return True


def _done(turn: Turn, draft: Draft) -> Screen:
    """The account is the parent's now; the register is asked for the name, which may take a moment."""
    iin = Iin.parse(draft[IIN])
    parent_id = people.find_parent_by_iin(turn.tx, iin)
    if parent_id is None:
        raise CodeLapsed
    turn.change_person(parent_id=parent_id)
    turn.errand(REGISTER, iin=iin.digits)
    return Screen(turn.t("Thank you, that is right. One moment, I am asking the state register."), fresh=True)


def register_answered(turn: Turn, done: ErrandDone) -> Screen:
    """Greet by name, or go on without: the register being down takes nothing from anybody."""
    t = turn.t
    parent_id = turn.person.parent_id
    if parent_id is None:
        return turn.book.home(turn)
    if done.answer is None:
        note = t("The state register does not answer at present. Your data will be compared later.")
        return check.start(turn, ()).with_note(note)
    if not done.answer.get("known"):
        note = t("The state register does not know this IIN. The education department will look at it.")
        return check.start(turn, ()).with_note(note)
    words = RegisterWords.from_data(done.answer)
    people.take_from_register(turn.tx, parent_id, words, turn.now)
    return check.start(turn, ()).with_note(t("Good day, {name}!", name=turn.private(words.name)))


FORM = Form(
    NAME,
    (
        Question(IIN, _ask_iin, _read_iin, sensitivity=Sensitivity.PERSONAL),
        Question(CODE, _ask_code, _read_code, sensitivity=Sensitivity.SECRET, numbers=True),
    ),
    _done,
)
