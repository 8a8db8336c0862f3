"""The parent: the IIN or, without one, an identity document; then the name [000, 004]."""

from datetime import date
from typing import Any

from bot.conversation.form import Again, Question, Reopened, answer
from bot.conversation.incoming import Content, ErrandDone, Press, Text
from bot.conversation.reply import Button, Keys, Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.apply import register
from bot.flows.apply.draft import NAME, NO_IIN, PARENT_KEYS, forget, parent_key
from bot.flows.apply.entering import enter_with_codes
from bot.flows.apply.parent_look_up import MISTYPED, look_up
from bot.flows.apply.typed_dates import read_date
from bot.flows.names import short
from domain.age import birthday_of
from domain.applicants import YOUNGEST_PARENT_YEARS, require_parent
from domain.identity_document import IdentityDocument
from domain.iin import Iin
from domain.local_time import local_date
from storage import people

MINE = "mine"


def outside(draft: Draft) -> bool:
    """Nobody has been shown to be the parent yet."""
    return "me" not in draft


# --- the IIN --------------------------------------------------------------------------------


def _ask_iin(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t("Type your own IIN, the parent's: 12 digits from the identity card.")
    rows = ((Button(t("I have no IIN"), answer(NAME, "parent", NO_IIN)),),)
    return Screen(
        text, title=t("The parent"), rows=rows, typing=True, hint=t("Parent's IIN"), keys=Keys.DIGITS
    )


def _read_iin(turn: Turn, draft: Draft, content: Content) -> str:
    match content:
        case Press(action=pressed) if pressed == NO_IIN:
            return NO_IIN
        case Text(text=text):
            iin = Iin.parse(text)
            require_parent(iin, local_date(turn.now))
            draft["parent"] = iin.digits
            _enter_if_shown(turn, draft)
            return iin.digits
        case _:
            raise Again(_ask_iin(turn, draft).with_note(turn.t("Please type it in digits.")))


# --- a document instead ---------------------------------------------------------------------


def _ask_document(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t(
        "Then type the number of your identity document, for example of a passport or a residence permit. "
        "Staff of the education department will look at it; the application counts meanwhile."
    )
    return Screen(text, title=t("The parent"), typing=True, hint=t("Document number"))


def _read_document(turn: Turn, draft: Draft, content: Content) -> str:
    if not isinstance(content, Text):
        raise Again(_ask_document(turn, draft).with_note(turn.t("Please type it.")))
    return IdentityDocument.parse(content.text).number


def _ask_born(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    return Screen(
        t("When were you born? Type the date like {example}.", example="25.02.1994"),
        title=t("The parent"),
        typing=True,
        hint=t("Day.month.year"),
    )


def _read_born(turn: Turn, draft: Draft, content: Content) -> str:
    born = read_date(content.text) if isinstance(content, Text) else None
    today = local_date(turn.now)
    if born is None or born > today:
        raise Again(_ask_born(turn, draft).with_note(turn.t("There is no such date. Please check it.")))
    if today < birthday_of(born, YOUNGEST_PARENT_YEARS):
        note = turn.t("This is a child's birth date. Type your own, the parent's.")
        raise Again(_ask_born(turn, draft).with_note(note))
    draft["born"] = born.isoformat()
    _enter_if_shown(turn, draft)
    return born.isoformat()


def _enter_if_shown(turn: Turn, draft: Draft) -> None:
    """The phone may have been shown already, for an IIN that was mistyped."""
    if draft.get("code"):
        enter_with_codes(turn, draft)


# --- the name -------------------------------------------------------------------------------


def _ask_who(turn: Turn, draft: Draft) -> Screen:
    t = turn.t
    if draft.get("parent") == NO_IIN:
        return _ask_name(turn, draft)
    found = draft.get("found")
    if found is None:
        return look_up(turn, draft, _iin(turn, draft))
    if not register.is_known(found):
        return _ask_name(turn, draft)
    # Only who owns the IIN knows the rest of the name: it is not shown to the first who types it.
    name = turn.private(short(found["name"], found["surname"]))
    text = t(
        "{name}, born {date}. Is that you?", name=name, date=t.day(date.fromisoformat(found["birth_date"]))
    )
    rows = (
        (Button(t("Yes, that's me"), answer(NAME, "who", MINE)),),
        (Button(t("No, I mistyped"), answer(NAME, "who", MISTYPED)),),
    )
    return Screen(text, title=t("The parent"), rows=rows, sensitivity=Sensitivity.PERSONAL)


def _ask_name(turn: Turn, draft: Draft) -> Screen:
    t = turn.t
    text = t("Type your surname, given name and patronymic, as the document writes them.")
    match draft.get("found", {}).get("state"):
        case register.DOWN:
            note = t("The state register does not answer at present. Your data will be compared later.")
            text = f"{note}\n\n{text}"
        case register.UNKNOWN:
            note = t("The state register does not know this IIN. The education department will look at it.")
            text = f"{note}\n\n{text}"
    return Screen(text, title=t("The parent"), typing=True, hint=t("Surname, name, patronymic"))


def _read_who(turn: Turn, draft: Draft, content: Content) -> dict[str, Any]:
    match content:
        case ErrandDone():
            draft["found"] = register.answer(content, turn.now)
            draft["asked_kids"] = turn.now.isoformat()
            if register.is_known(draft["found"]):
                draft["kids"] = list(draft["found"].get("children", ()))
            raise Again(_ask_who(turn, draft))
        case Press(action=pressed) if pressed == MINE and register.is_known(draft.get("found")):
            return dict(draft["found"])
        case Press(action=pressed) if pressed == MISTYPED:
            _let_go(turn, draft)
            raise Reopened
        case _ if "found" not in draft and draft.get("parent") != NO_IIN:
            # It was asked about too many; by now that may be over.
            raise Again(_ask_who(turn, draft))
        case Text(text=text) if not register.is_known(draft.get("found")):
            born = draft.get("born") or _iin(turn, draft).birth_date.isoformat()
            return register.typed(text, born, None if "born" in draft else _iin(turn, draft).sex)
        case _:
            raise Again(_ask_who(turn, draft).with_note(turn.t("Please press one of the buttons.")))


def _let_go(turn: Turn, draft: Draft) -> None:
    """The IIN was somebody else's: it is left as it was found, and the phone stays shown.

    But for what this form has claimed nothing is let go: another account may have gone on with the IIN.
    """
    if draft.get("claimed") and people.is_only_claimed(turn.tx, draft["me"], turn.person.contact_id):
        people.forget_phones(turn.tx, draft["me"])
    turn.change_person(parent_id=None)
    turn.owned_by(None)
    shown: Draft = {key: draft[key] for key in ("phone", "code") if key in draft}
    forget(draft, *PARENT_KEYS)
    draft.update(shown)


def _iin(turn: Turn, draft: Draft) -> Iin:
    key = parent_key(turn, draft)
    assert isinstance(key, Iin)
    return key


def _by_document(draft: Draft) -> bool:
    return outside(draft) and draft.get("parent") == NO_IIN


def _nameless(draft: Draft) -> bool:
    return not draft.get("named")


IIN = Question("parent", _ask_iin, _read_iin, sensitivity=Sensitivity.PERSONAL, when=outside)
DOCUMENT = Question("doc", _ask_document, _read_document, sensitivity=Sensitivity.PERSONAL, when=_by_document)
BORN = Question("born", _ask_born, _read_born, sensitivity=Sensitivity.PERSONAL, when=_by_document)
WHO = Question(
    "who",
    _ask_who,
    _read_who,
    sensitivity=Sensitivity.PERSONAL,
    when=_nameless,
    errands=register.KINDS,
)
