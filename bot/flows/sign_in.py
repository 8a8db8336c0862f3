"""Signing in as a parent: an IIN, then a code to one of the phones confirmed for it ("Who is who", ours).

Whoever has lost the phone shows the password and a new phone instead. Whoever knows an IIN learns nothing
here: the answers are the same whether it is known or not.
"""

from bot import register_answers
from bot.conversation import form
from bot.conversation.actions import action
from bot.conversation.form import Form
from bot.conversation.incoming import ErrandDone
from bot.conversation.reply import Screen
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.conversation.understand import resume
from bot.flows import check, lost_phone, moved_draft
from bot.flows import sign_in_who as who
from bot.flows.code_counts import SIGN_IN
from bot.flows.code_step import CodeStep
from bot.flows.entrance import come_in
from bot.flows.instead import Instead
from bot.flows.lost_phone import LOST, enter_with_new_phone, is_lost
from bot.flows.phone_changing import facts_of
from bot.flows.telling import noted
from bot.ports.state_register import Person
from bot.register_answers import Verdict
from domain.errors import CodeLapsed
from domain.identity import Shown, enter
from domain.iin import Iin
from domain.notice import Deed
from domain.phone import Phone
from storage import people
from storage.register_subjects import the_parent

NAME, CODE = "signin", "code"
PURPOSE = "sign_in"
REGISTER = "register"


def start(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """Ask who it is; one who is signed in already sees the own applications.

    "lost": whoever has said in an application who they are, and has lost the phone that is known there.
    """
    if turn.person.parent_id is not None:
        return check.start(turn, ())
    who_applies = _applicant(turn) if arguments == ("lost",) else None
    if who_applies is None:
        return begin(turn)
    turn.session.wanted = action("apply")
    return form.begin(turn, FORM, {**who_applies, CODE: LOST})


def _applicant(turn: Turn) -> Draft | None:
    """Who the application in progress is by, where it waits for a code to a known phone."""
    state = turn.session.form
    if state is None or state.form != "apply" or state.question != "owncode":
        return None
    if state.draft["parent"] == who.NO_IIN:
        return {who.IIN: who.NO_IIN, who.DOCUMENT: state.draft["doc"]}
    return {who.IIN: state.draft["parent"]}


def begin(turn: Turn) -> Screen:
    """Ask who it is."""
    return form.begin(turn, FORM)


def leave(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """Sign out: this account shows nobody's applications any more."""
    noted(turn, Deed.SIGNED_OUT)
    turn.change_person(parent_id=None, unlocked_until=None)
    return turn.book.home(turn).with_note(turn.t("You are signed out."))


def _ask_code(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t(
        "If this IIN has a confirmed phone, a code of 6 digits was sent to it by SMS. Type it here. "
        "It is good for 5 minutes."
    )
    return Screen(text, title=t("Sign in"), typing=True, hint=t("Code from the SMS"))


def _done(turn: Turn, draft: Draft) -> Screen:
    """The account is the parent's now; the register is asked for the name, which may take a moment."""
    parent_id = who.parent_of(turn, draft)
    if parent_id is None:
        raise CodeLapsed
    people.lock_parent(turn.tx, parent_id)
    if is_lost(draft):
        enter_with_new_phone(turn, draft, parent_id)
    else:
        enter(facts_of(turn.tx, parent_id), Shown(codes_from=frozenset({Phone(draft[CODE])})))
    come_in(turn, parent_id)
    key = who.key_of(draft)
    if not isinstance(key, Iin):
        # The register knows nobody by a document.
        return _go_on(turn).with_note(turn.t("Thank you, that is right."))
    turn.errand(REGISTER, iin=key.digits)
    return Screen(turn.t("Thank you, that is right. One moment, I am asking the state register."), fresh=True)


def register_answered(turn: Turn, done: ErrandDone) -> Screen:
    """Greet by name, or go on without: the register being down takes nothing from anybody."""
    t = turn.t
    parent_id = turn.person.parent_id
    if parent_id is None:
        return turn.book.home(turn)
    if done.answer is None:
        note = t("The state register does not answer at present. Your data will be compared later.")
        return _go_on(turn).with_note(note)
    person = Person.from_data(done.answer) if done.answer.get("known") else None
    here = turn.person.conversation_id
    verdict = register_answers.take(turn.tx, the_parent(parent_id), person, shown_in=here)
    if person is None:
        note = t("The state register does not know this IIN. The education department will look at it.")
    elif verdict is Verdict.DIFFERS:
        note = t("Your data and the state register do not agree. The education department will look at it.")
    else:
        name = people.words_of_parent(turn.tx, parent_id).get("name", "")
        note = t("Good day, {name}!", name=turn.private(name))
    return _go_on(turn).with_note(note)


def _go_on(turn: Turn) -> Screen:
    """With what was wanted, or left open; else with what was begun elsewhere; else the own applications."""
    if turn.session.wanted is not None:
        return resume(turn)
    return moved_draft.offer(turn) or check.start(turn, ())


_CODE = CodeStep(
    NAME,
    CODE,
    PURPOSE,
    ask=_ask_code,
    phones=who.phones_of,
    iin=who.whose,
    other_phone=True,
    instead=(Instead(LOST, lambda t: t("I lost this phone")),),
    count_as=SIGN_IN,
)
FORM = Form(NAME, (*who.questions(NAME, _CODE), _CODE.question(), *lost_phone.questions(NAME)), _done)
