"""Becoming the parent of an application: "Who is who" (ours), inside the form.

An IIN without a confirmed phone belongs to the first who confirms one. One that has a phone is entered
only by a code to it, or by the password; the form then asks for that code.
"""

from bot.conversation.actions import action
from bot.conversation.form import Question
from bot.conversation.incoming import Content, Press
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.apply.draft import NAME, NO_IIN, entered, forget, look_at_parent, parent_key
from bot.flows.circumstances import here
from bot.flows.code_counts import SIGN_IN
from bot.flows.code_step import CodeStep
from bot.flows.entrance import come_in
from bot.flows.phone_answers import phone_screen, read_phone
from bot.flows.phone_telling import tell_added, warn_replaced
from bot.flows.vouching import vouched_phone
from domain.errors import ProofNeeded
from domain.identity import IinFacts, Shown, enter
from domain.iin import Iin
from domain.phone import Phone
from storage import people

PURPOSE = "apply_phone"
OWN_PURPOSE = "sign_in"
CONTACT_PHONE, SECOND_PHONE = 1, 2


def _ask_phone(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t(
        "Which mobile number do you have at hand? A code comes to it now, news of the application later."
    )
    return phone_screen(turn, text, t("Your phone"))


def _read_phone(turn: Turn, draft: Draft, content: Content) -> str:
    phone = read_phone(turn, content, _ask_phone(turn, draft))
    draft["phone"] = phone.e164
    if not try_to_enter(turn, draft, Shown(vouched=_vouched(turn, phone))):
        forget(draft, "code", "barred")
        CODE.send(turn, draft)
    return phone.e164


def _vouched(turn: Turn, phone: Phone) -> frozenset[Phone]:
    return frozenset({phone}) if vouched_phone(turn) == phone else frozenset()


def _ask_code(turn: Turn, draft: Draft) -> Screen:
    t = turn.t
    phone = Phone(draft["phone"])
    text = t(
        "A code of 6 digits was sent to {phone} by SMS. Type it here. It is good for 5 minutes.",
        phone=turn.private(phone.masked),
    )
    return Screen(text, title=t("Your phone"), typing=True, hint=t("Code from the SMS"))


class _OwnCode(CodeStep):
    """A right code also enters."""

    def read(self, turn: Turn, draft: Draft, content: Content) -> str:
        """As of any code step; then the parent is entered, or the next question asks for more."""
        right = CodeStep.read(self, turn, draft, content)
        if not isinstance(content, Press):
            draft[self.key] = right
            enter_with_codes(turn, draft)
        return right


def enter_with_codes(turn: Turn, draft: Draft) -> None:
    """Enter with what codes have shown so far; where that is not enough, a code goes to the known phone."""
    shown = Shown(codes_from=frozenset(_shown_by_codes(turn, draft)))
    if try_to_enter(turn, draft, shown):
        _take_as_second(turn, draft)
    elif "barred" not in draft:
        draft["barred"] = True
        OWN_CODE.send(turn, draft)


def _take_as_second(turn: Turn, draft: Draft) -> None:
    """The number that was shown beside the known one becomes the second, where there is none."""
    phone, there = Phone(draft["phone"]), people.confirmed_phones(turn.tx, draft["me"])
    if draft.get("code") and phone not in there and len(there) == 1:
        case = here(turn, draft["me"])
        warn_replaced(case, phone)
        people.confirm_phone(turn.tx, draft["me"], SECOND_PHONE, phone, turn.now)
        tell_added(case, phone)
        look_at_parent(turn, draft)


def _shown_by_codes(turn: Turn, draft: Draft) -> list[Phone]:
    phones = [Phone(draft["phone"])] if draft.get("code") else []
    return phones + (list(_known_phones(turn, draft)) if draft.get("owncode") else [])


def try_to_enter(turn: Turn, draft: Draft, shown: Shown) -> bool:
    """Become the parent, if what was shown is enough. The first phone of an IIN is confirmed by that."""
    parent_id = _parent(turn, draft)
    facts = IinFacts(frozenset(people.confirmed_phones(turn.tx, parent_id)) if parent_id else frozenset())
    try:
        enter(facts, shown)
    except ProofNeeded:
        return False
    key = parent_key(turn, draft)
    parent_id = people.parent_for(turn.tx, key, at=turn.now, language=turn.t.language, notice_way="messenger")
    people.lock_parent(turn.tx, parent_id)
    if not people.confirmed_phones(turn.tx, parent_id):
        _confirm(turn, parent_id, Phone(draft["phone"]))
        draft["claimed"] = True
    elif not facts.confirmed_phones:
        # Somebody else has confirmed a phone for this IIN while we waited for the lock.
        return False
    come_in(turn, parent_id)
    entered(turn, draft, parent_id)
    return True


def _confirm(turn: Turn, parent_id: int, phone: Phone) -> None:
    vouched = vouched_phone(turn) == phone
    people.confirm_phone(
        turn.tx,
        parent_id,
        CONTACT_PHONE,
        phone,
        turn.now,
        vouched_by=turn.person.contact_id if vouched else None,
        vouched_at=turn.person.vouched_at if vouched else None,
    )


def _parent(turn: Turn, draft: Draft) -> int | None:
    key = parent_key(turn, draft)
    if isinstance(key, Iin):
        return people.find_parent_by_iin(turn.tx, key)
    return people.find_parent_by_document(turn.tx, key)


def _whose(draft: Draft) -> str:
    """By what the tries are counted: as in signing in, where it is the same phone that gets the codes."""
    return f"document:{draft['doc']}" if draft["parent"] == NO_IIN else str(draft["parent"])


def _known_phones(turn: Turn, draft: Draft) -> list[Phone]:
    parent_id = _parent(turn, draft)
    return people.confirmed_phones(turn.tx, parent_id) if parent_id is not None else []


def _ask_own_code(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t(
        "There is a cabinet under this IIN already, with another phone. "
        "To go on, type the code that was sent there just now. It is good for 5 minutes."
    )
    return Screen(text, title=t("Your phone"), typing=True, hint=t("Code from the SMS"))


class _KnownPhone(_OwnCode):
    """Whoever has lost that phone signs in by the password, or asks the operator; the form waits."""

    def screen(self, turn: Turn, draft: Draft) -> Screen:
        """As of any code step, with these two ways."""
        t = turn.t
        rows: tuple[Row, ...] = (
            (Button(t("I lost this phone"), action("signin", "lost")),),
            (Button(t("Operator"), action("operator")),),
        )
        return CodeStep.screen(self, turn, draft).with_rows(rows)


def _outside(draft: Draft) -> bool:
    return "me" not in draft


PHONE = Question("phone", _ask_phone, _read_phone, when=_outside, numbers=True)
CODE = _OwnCode(NAME, "code", PURPOSE, ask=_ask_code, phones=lambda _turn, draft: [Phone(draft["phone"])])
OWN_CODE = _KnownPhone(
    NAME,
    "owncode",
    OWN_PURPOSE,
    ask=_ask_own_code,
    phones=_known_phones,
    iin=_whose,
    other_phone=True,
    count_as=SIGN_IN,
)
CODE_QUESTION = CODE.question(when=_outside)
OWN_CODE_QUESTION = OWN_CODE.question(when=lambda draft: _outside(draft) and "barred" in draft)
