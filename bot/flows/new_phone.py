"""Another phone for the cabinet [000]: the number, the proof of entering, a code to the number itself.

What the messenger vouches for needs no code; it does where the password is the proof ("Who is who", ours).
"""

from bot.conversation import form
from bot.conversation.actions import Outdated
from bot.conversation.form import Form, Question, not_by_itself
from bot.conversation.incoming import Content
from bot.conversation.reply import Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows import lock, new_number, phone_proof, phones
from bot.flows.circumstances import here
from bot.flows.instead import Instead
from bot.flows.new_number import CODE, PHONE
from bot.flows.password_codes import own_phones
from bot.flows.password_step import PasswordStep
from bot.flows.phone_changing import put_phone
from bot.flows.unlock import own_cabinet, present_hash
from bot.flows.vouching import vouched_phone
from domain.errors import PhoneConfirmedAlready
from domain.identity import Shown
from domain.phone import Phone
from storage.phones import CONTACT_PHONE, SECOND_PHONE

NAME = "newphone"
PROOF, WORD = "proof", "word"
BY_PASSWORD = "password"


def start(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """Change the phone at a position, or add the one that is missing."""
    if arguments not in ((str(CONTACT_PHONE),), (str(SECOND_PHONE),)):
        raise Outdated
    draft: Draft = {"me": turn.person.parent_id, "position": int(arguments[0])}
    return form.begin(turn, FORM, {**draft, "locks": lock.has_password(turn)})


def _read_phone(turn: Turn, draft: Draft, content: Content) -> str:
    """The number. Raises PhoneMalformed, PhoneNotMobile, PhoneConfirmedAlready, TooManyTries, Again."""
    phone = new_number.read(turn, draft, content)
    if phone in own_phones(turn, draft):
        raise PhoneConfirmedAlready
    # What was shown for another number is shown anew for this one.
    draft.pop(PROOF, None)
    draft.pop(WORD, None)
    draft["vouched"] = vouched_phone(turn) == phone
    _PROOF.send(turn, draft)
    return phone.e164


def _ask_word(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    return Screen(t("Type the present password."), title=t("Phones"), typing=True, hint=t("Present password"))


def _by_password(draft: Draft) -> bool:
    return draft.get(PROOF) == BY_PASSWORD


def _needs_code(draft: Draft) -> bool:
    return _by_password(draft) or not draft.get("vouched")


def _send_code(turn: Turn, draft: Draft) -> None:
    if _needs_code(draft):
        _CODE.send(turn, draft)


def _done(turn: Turn, draft: Draft) -> Screen:
    if draft["me"] != turn.person.parent_id:
        raise Outdated
    new = Phone(draft[PHONE])
    put_phone(here(turn, draft["me"]), draft["position"], new, _shown(turn, draft, new))
    return phones.show(turn, ()).with_note(turn.t("Done. Both numbers are told by SMS."))


def _shown(turn: Turn, draft: Draft, new: Phone) -> Shown:
    answered = [draft[CODE]] if CODE in draft else []
    if not _by_password(draft):
        answered.append(draft[PROOF])
    return Shown(
        codes_from=frozenset(map(Phone, answered)),
        vouched=frozenset({new}) if vouched_phone(turn) == new else frozenset(),
        password_right=draft.get(WORD) is True,
    )


_CODE = new_number.code_step(NAME)
_PROOF = phone_proof.step(
    NAME,
    PROOF,
    own_phones,
    instead=(Instead(BY_PASSWORD, lambda t: t("By the password"), when=lambda draft: draft["locks"]),),
    then=_send_code,
)
_WORD = PasswordStep(NAME, WORD, ask=_ask_word, hashed=present_hash, whose=own_cabinet, then=_send_code)
FORM = Form(
    NAME,
    (
        Question(PHONE, new_number.ask, _read_phone, sensitivity=Sensitivity.PERSONAL, numbers=True),
        _PROOF.question(),
        _WORD.question(when=_by_password),
        _CODE.question(when=_needs_code),
    ),
    _done,
    anew=not_by_itself,
)
