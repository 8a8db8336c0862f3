"""Who signs in: by the IIN or, of a parent without one, by the number of an identity document [004].

Nothing here tells whether anybody is known by it.
"""

from bot.conversation.actions import Outdated
from bot.conversation.form import Again, Question, answer
from bot.conversation.incoming import Content, Press, Text
from bot.conversation.reply import Button, Keys, Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.code_step import CodeStep
from domain.identity_document import IdentityDocument
from domain.iin import Iin
from domain.phone import Phone
from storage import people

IIN, DOCUMENT = "iin", "doc"
NO_IIN = "none"
SHOWN = ("code", "word", "phone", "newcode")
"""What is shown for one IIN counts for no other."""


def questions(form: str, code: CodeStep) -> tuple[Question, Question]:
    """The IIN, or the document; then a code goes out."""

    def ask_iin(turn: Turn, _draft: Draft) -> Screen:
        t = turn.t
        text = t(
            "Type the IIN of the parent who applied. A code is then sent by SMS to the phone of the "
            "application: so nobody else can see your data."
        )
        rows = ((Button(t("I have no IIN"), answer(form, IIN, NO_IIN)),),)
        return Screen(
            text, title=t("Sign in"), rows=rows, typing=True, hint=t("Parent's IIN"), keys=Keys.DIGITS
        )

    def read_iin(turn: Turn, draft: Draft, content: Content) -> str:
        match content:
            case Press(action=pressed) if pressed == NO_IIN:
                return NO_IIN
            case Press():
                raise Outdated
            case Text(text=text):
                iin = Iin.parse(text)
                _send(turn, draft, code, {IIN: iin.digits})
                return iin.digits
            case _:
                raise Again(ask_iin(turn, draft).with_note(turn.t("Please type it in digits.")))

    def read_document(turn: Turn, draft: Draft, content: Content) -> str:
        if not isinstance(content, Text):
            raise Again(_ask_document(turn, draft).with_note(turn.t("Please type it.")))
        number = IdentityDocument.parse(content.text).number
        _send(turn, draft, code, {IIN: NO_IIN, DOCUMENT: number})
        return number

    personal = Sensitivity.PERSONAL
    return (
        Question(IIN, ask_iin, read_iin, sensitivity=personal),
        Question(
            DOCUMENT, _ask_document, read_document, sensitivity=personal, when=_by_document, numbers=True
        ),
    )


def key_of(draft: Draft) -> Iin | IdentityDocument:
    """By what the parent is known."""
    return IdentityDocument(draft[DOCUMENT]) if _by_document(draft) else Iin(draft[IIN])


def whose(draft: Draft) -> str:
    """The same as a text, for counting tries by it, known or not."""
    return f"document:{draft[DOCUMENT]}" if _by_document(draft) else str(draft[IIN])


def parent_of(turn: Turn, draft: Draft) -> int | None:
    """The parent who is known by it."""
    key = key_of(draft)
    if isinstance(key, Iin):
        return people.find_parent_by_iin(turn.tx, key)
    return people.find_parent_by_document(turn.tx, key)


def phones_of(turn: Turn, draft: Draft) -> list[Phone]:
    """The confirmed phones of a known parent; of nobody, none."""
    parent_id = parent_of(turn, draft)
    return people.confirmed_phones(turn.tx, parent_id) if parent_id is not None else []


def _ask_document(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t("Then type the number of the identity document with which you applied.")
    return Screen(text, title=t("Sign in"), typing=True, hint=t("Document number"))


def _send(turn: Turn, draft: Draft, code: CodeStep, who: Draft) -> None:
    for each in SHOWN:
        draft.pop(each, None)
    code.send(turn, {**draft, **who})


def _by_document(draft: Draft) -> bool:
    return draft.get(IIN) == NO_IIN
