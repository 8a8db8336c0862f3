"""The family's consent when one of the staff applies in its stead: a code to its phone, read out by it.

Whoever reads it out agrees to the data policy, and has shown that the phone is theirs: the application does
not ask for either again. Nothing else is known of the family before that.
"""

from collections.abc import Mapping

from bot.conversation import form
from bot.conversation.actions import action
from bot.conversation.book import Handler
from bot.conversation.form import Form, Question, Reopened, answer
from bot.conversation.incoming import Content, Press
from bot.conversation.reply import Button, Screen
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows import consent
from bot.flows.code_step import CodeStep
from bot.flows.doing import helper_of
from bot.flows.phone_answers import phone_screen, read_phone
from bot.texts import Texts
from domain.phone import Phone
from storage import audit, journal

NAME, PHONE, CODE = "assist", "phone", "code"
PURPOSE = "assist"
_OTHER = "other"
BARRED = frozenset({
    *("accounts", "erase", "export", "helper", "helping", "lock", "newpass", "newphone", "operator"),
    *("password", "phones", "second", "undo"),
    *("withdraw", "giveup", "takeback", "privdrop"),
})  # fmt: skip
"""What is not done in a family's stead: who may enter its cabinet, taking away what is kept of it, and giving
up what it has. The family has agreed that somebody applies for it."""


def gate(turn: Turn) -> Screen | None:
    """What is missing before the flows open: that the time is not over, and the consent."""
    helping = helper_of(turn)
    if helping is None or not helping.goes_on(turn.now):
        return Screen(turn.t("This help is over. To go on, begin anew and ask for another code."))
    if turn.person.consent_version == consent.VERSION:
        return None
    state = turn.session.form
    if state is not None and state.form == NAME and state.question:
        return form.present(turn, FORM, state)
    return form.begin(turn, FORM)


def without_barred(actions: Mapping[str, Handler]) -> dict[str, Handler]:
    """The same actions, of which some say that they are not for whoever helps on the telephone."""
    return {name: _barred(each) if name in BARRED else each for name, each in actions.items()}


def _barred(handler: Handler) -> Handler:
    def only_by_the_family(turn: Turn, arguments: tuple[str, ...]) -> Screen:
        if helper_of(turn) is None:
            return handler(turn, arguments)
        text = turn.t("This is done by the family alone, with its own phone.")
        return Screen(text, rows=((Button(turn.t("Menu"), action("menu")),),))

    return only_by_the_family


def _ask_phone(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t(
        "Type the family's mobile number. A code goes there by SMS; whoever reads it out agrees that you "
        "apply in their stead, and to the data policy."
    )
    rows = ((Button(t("Read the policy"), action("policy")),),)
    return phone_screen(turn, text, t("The family's consent"), own=False).with_rows(rows)


def _read_phone(turn: Turn, draft: Draft, content: Content) -> str:
    phone = read_phone(turn, content, _ask_phone(turn, draft))
    draft[PHONE] = phone.e164
    _CODE.send(turn, draft)
    return phone.e164


def _ask_code(turn: Turn, draft: Draft) -> Screen:
    t = turn.t
    text = t(
        "A code of 6 digits was sent to {phone}. Ask the family to read it out, and type it here. It is good "
        "for 5 minutes.",
        phone=turn.private(Phone(draft[PHONE]).masked),
    )
    return Screen(text, title=t("The family's consent"), typing=True, hint=t("Code from the SMS"))


def sms(t: Texts, code: str) -> str:
    """What the family reads."""
    return t(
        "Kezek: code {code}. Read it to the operator if you agree that they apply for you and that your "
        "data are kept for the queue.",
        code=code,
    )


class _Consent(CodeStep):
    """A code step that can go back to the number."""

    def screen(self, turn: Turn, draft: Draft) -> Screen:
        """As of any code step, with the way to another number."""
        other = Button(turn.t("Another number"), answer(NAME, CODE, _OTHER))
        return CodeStep.screen(self, turn, draft).with_rows([(other,)])

    def read(self, turn: Turn, draft: Draft, content: Content) -> str:
        """As of any code step. Raises Reopened where another number is to be typed."""
        if isinstance(content, Press) and content.action == _OTHER:
            draft.pop(PHONE, None)
            raise Reopened
        return CodeStep.read(self, turn, draft, content)


def _agreed(turn: Turn, draft: Draft) -> Screen:
    """The application begins, the phone shown already."""
    helping = helper_of(turn)
    assert helping is not None
    turn.change_person(consent_version=consent.VERSION, consent_at=turn.now)
    shown = {"t": turn.person.territory_id, "phone": draft[PHONE], "code": draft[PHONE]}
    screen = form.begin(turn, turn.book.forms["apply"], shown)
    audit.append(
        turn.tx,
        at=turn.now,
        actor=journal.by_staff(helping.staff_id),
        what="assist_consent",
        about=f"conversation:{turn.person.conversation_id}",
        data={"policy": consent.VERSION},
    )
    return screen.with_note(turn.t("The family has agreed."))


_CODE = _Consent(
    NAME,
    CODE,
    PURPOSE,
    ask=_ask_code,
    phones=lambda _turn, draft: [Phone(draft[PHONE])],
    words=sms,
)
FORM = Form(
    NAME,
    (Question(PHONE, _ask_phone, _read_phone, numbers=True), _CODE.question()),
    _agreed,
    controls=False,
)
