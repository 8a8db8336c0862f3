"""Signing in without the confirmed phone: the cabinet's password and a code to another ("Who is who", ours).

That phone then takes the place of the contact phone, which can undo it for 72 hours. Whoever has no password
either is left the contact centre: staff who see the identity document. Every answer before the last is the
same for an IIN that nobody has, and for one without a password.
"""

from bot.conversation.actions import action
from bot.conversation.form import Question
from bot.conversation.incoming import Content
from bot.conversation.reply import Button, Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows import new_number
from bot.flows.circumstances import here
from bot.flows.new_number import CODE, PHONE
from bot.flows.password_step import PasswordStep
from bot.flows.phone_changing import facts_of, put_phone
from bot.flows.sign_in_who import parent_of, whose
from domain.identity import Shown, enter
from domain.phone import Phone
from storage import passwords
from storage.phones import CONTACT_PHONE

LOST = "lost"
"""What is answered instead of a code to the phone that is gone."""

WORD = "word"


def questions(form: str) -> tuple[Question, ...]:
    """The password, the new number, the code to it."""
    code = new_number.code_step(form)

    def read_phone(turn: Turn, draft: Draft, content: Content) -> str:
        phone = new_number.read(turn, draft, content)
        code.send(turn, {**draft, PHONE: phone.e164})
        return phone.e164

    word = PasswordStep(form, WORD, ask=_ask_word, hashed=_hashed, whose=lambda _turn, draft: whose(draft))
    personal = Sensitivity.PERSONAL
    return (
        word.question(when=is_lost),
        Question(PHONE, new_number.ask, read_phone, sensitivity=personal, when=is_lost, numbers=True),
        code.question(when=is_lost),
    )


def is_lost(draft: Draft) -> bool:
    """This way was chosen."""
    return draft.get("code") == LOST


def enter_with_new_phone(turn: Turn, draft: Draft, parent_id: int) -> None:
    """Put the new phone in the place of the contact phone. Raises ProofNeeded."""
    new = Phone(draft[CODE])
    shown = Shown(codes_from=frozenset({new}), password_right=draft[WORD] is True)
    facts = facts_of(turn.tx, parent_id)
    if new in facts.confirmed_phones:
        # Not so new: the second phone of the cabinet. Nothing has to be replaced.
        enter(facts, shown)
    else:
        put_phone(here(turn, parent_id), CONTACT_PHONE, new, shown)


def _ask_word(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t(
        "Then two things together show that it is you: the password of your cabinet, and a code to your new "
        "phone. Type the password.\n\n"
        "If you have set none or do not remember it, the contact centre helps: its staff have to see your "
        "identity document."
    )
    rows = ((Button(t("Contact centre"), action("operator")),),)
    return Screen(text, title=t("Sign in"), rows=rows, typing=True, hint=t("Password"))


def _hashed(turn: Turn, draft: Draft) -> str | None:
    parent_id = parent_of(turn, draft)
    present = passwords.of_parent(turn.tx, parent_id) if parent_id is not None else None
    return present.hashed if present is not None else None
