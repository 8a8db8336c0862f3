"""The second phone of an application [000]: its code is typed by whoever holds it."""

from dataclasses import replace

from bot.conversation.form import Again, Question, answer
from bot.conversation.incoming import Content, Press
from bot.conversation.reply import Button, Screen
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows import phone_proof
from bot.flows.apply.draft import NAME, look_at_parent
from bot.flows.apply.entering import SECOND_PHONE
from bot.flows.circumstances import here
from bot.flows.code_step import CodeStep
from bot.flows.phone_answers import phone_screen, read_phone
from bot.flows.phone_telling import tell_added, warn_replaced
from bot.texts import Texts
from domain.notice import Deed
from domain.phone import Phone
from storage import guardians, journal, people

PURPOSE = "second_phone"
THERE = "there"


def _ask_phone(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t(
        "One more number is needed, in case you can't be reached: of the child's other parent, "
        "a grandmother, anybody close. A code goes there; whoever has that phone can read it to you."
    )
    return phone_screen(turn, text, t("A second phone"), own=False)


def _read_phone(turn: Turn, draft: Draft, content: Content) -> str:
    phone = read_phone(turn, content, _ask_phone(turn, draft))
    if phone in people.confirmed_phones(turn.tx, draft["me"]):
        raise Again(
            _ask_phone(turn, draft).with_note(turn.t("This is your first number. Another one is needed."))
        )
    draft["phone2"] = phone.e164
    draft.pop("code2", None)
    draft.pop("proof2", None)
    (PROOF if _needs_proof(draft) else CODE).send(turn, draft)
    return phone.e164


def _ask_code(turn: Turn, draft: Draft) -> Screen:
    t = turn.t
    text = t(
        "A code of 6 digits was sent to {phone}. Type it here, or let its owner send it to me: /code. "
        "It is good for 5 minutes.",
        phone=turn.private(Phone(draft["phone2"]).masked),
    )
    rows = ((Button(t("It was typed there"), answer(NAME, "code2", THERE)),),)
    return Screen(text, title=t("A second phone"), rows=rows, typing=True, hint=t("Code from the SMS"))


def sms(t: Texts, code: str) -> str:
    """What the owner of the second phone reads."""
    return t(
        "Kezek: your number is named in a kindergarten application. "
        "If you agree, tell the parent the code {code}.",
        code=code,
    )


class _SecondCode(CodeStep):
    """A right code confirms the phone; so does its owner, in a chat of their own."""

    def read(self, turn: Turn, draft: Draft, content: Content) -> str:
        """As of any code step, or the owner has done it."""
        if isinstance(content, Press) and content.action == THERE:
            look_at_parent(turn, draft)
            if draft["phones"] < draft["needed"]:
                raise Again(self.screen(turn, draft).with_note(turn.t("It has not been typed yet.")))
            return str(draft["phone2"])
        right = CodeStep.read(self, turn, draft, content)
        confirm(turn, draft["me"], Phone(draft["phone2"]))
        look_at_parent(turn, draft)
        return right


def confirm(turn: Turn, parent_id: int, phone: Phone) -> None:
    """The phone is the parent's second from now on, unless another became that meanwhile."""
    people.lock_parent(turn.tx, parent_id)
    if len(people.confirmed_phones(turn.tx, parent_id)) >= SECOND_PHONE:
        return
    me = turn.person.parent_id
    case = replace(here(turn, parent_id), actor=journal.by_parent(me) if me is not None else journal.SYSTEM)
    warn_replaced(case, phone)
    people.confirm_phone(turn.tx, parent_id, SECOND_PHONE, phone, turn.now)
    if guardians.children_of(turn.tx, parent_id):
        tell_added(case, phone)
    else:
        # A newcomer, who has typed both within minutes.
        case.note(Deed.PHONE_CONFIRMED)


def _missing(draft: Draft) -> bool:
    return "me" in draft and draft["phones"] < draft["needed"]


def _needs_proof(draft: Draft) -> bool:
    """Who was signed in before this form has shown no phone in it: a telephone may have lain about."""
    shown = draft.get("code") or draft.get("owncode") or draft.get("claimed")
    return _missing(draft) and draft["phones"] > 0 and not shown


def _confirmed(turn: Turn, draft: Draft) -> list[Phone]:
    return people.confirmed_phones(turn.tx, draft["me"])


def _send_code(turn: Turn, draft: Draft) -> None:
    CODE.send(turn, draft)


PHONE = Question("phone2", _ask_phone, _read_phone, when=_missing, numbers=True)
CODE = _SecondCode(
    NAME,
    "code2",
    PURPOSE,
    ask=_ask_code,
    phones=lambda _turn, draft: [Phone(draft["phone2"])],
    words=sms,
)
PROOF = phone_proof.step(NAME, "proof2", _confirmed, then=_send_code)
PROOF_QUESTION = PROOF.question(when=_needs_proof)
CODE_QUESTION = CODE.question(when=_missing)
