"""The child: chosen among the known ones or by the IIN, shown as the register names it, confirmed."""

from datetime import date
from typing import Any

from bot.conversation.actions import Outdated, action, number_in
from bot.conversation.form import Again, Question, Reopened, answer
from bot.conversation.incoming import Content, ErrandDone, Press, Text
from bot.conversation.reply import Button, Keys, Row, Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.apply import child_checks, register
from bot.flows.apply.draft import CHILD_KEYS, NAME, forget
from bot.flows.names import full, short
from domain.applicants import sex_in_name
from domain.iin import Iin, Sex

MINE, ANOTHER, RIGHT, GUARDIAN = "mine", "another", "right", "guardian"
_MOST_SHOWN = 5


# --- which one ------------------------------------------------------------------------------


def _ask_iin(turn: Turn, draft: Draft) -> Screen:
    t = turn.t
    if "asked_kids" not in draft and child_checks.own_iin(turn, draft) is not None:
        # The register names a parent's children: one tap instead of twelve digits.
        return register.ask(turn, own_digits(turn, draft))
    draft["kids"] = child_checks.known_children(turn, draft)[:_MOST_SHOWN]
    text = t("Type the child's IIN: 12 digits from the birth certificate.")
    if draft["kids"]:
        text = t("Which child is it? Choose, or type the child's IIN: 12 digits from the birth certificate.")
    rows: list[Row] = [
        (Button(turn.private(label), answer(NAME, "child", position)),)
        for position, label in enumerate(_labels(turn, [Iin(kid) for kid in draft["kids"]]))
    ]
    return Screen(
        text, title=t("The child"), rows=tuple(rows), typing=True, hint=t("Child's IIN"), keys=Keys.DIGITS
    )


def own_digits(turn: Turn, draft: Draft) -> str:
    """The parent's IIN, for the register; empty of one who has none."""
    own = child_checks.own_iin(turn, draft)
    return own.digits if own is not None else ""


def _labels(turn: Turn, kids: list[Iin]) -> list[str]:
    """A label for each; of twins whose names are not known here also the end of the IIN."""
    labels = [_label(turn, kid) for kid in kids]
    return [
        f"{turn.t.day(kid.birth_date)} · {kid.masked[-5:]}" if labels.count(label) > 1 else label
        for kid, label in zip(kids, labels, strict=True)
    ]


def _label(turn: Turn, kid: Iin) -> str:
    """The name where it is ours to know, and the birth date."""
    name = child_checks.own_name(turn, kid)
    born = turn.t.day(kid.birth_date)
    return f"{name[:9]} {born}" if name else turn.t("Born on {date}", date=born)


def _read_iin(turn: Turn, draft: Draft, content: Content) -> str:
    match content:
        case ErrandDone():
            found = register.answer(content, turn.now)
            draft["asked_kids"] = turn.now.isoformat()
            draft["kids"] = list(found.get("children", ())) if register.is_known(found) else []
            raise Again(_ask_iin(turn, draft))
        case Press(action=pressed):
            position = number_in([pressed])
            if position >= len(draft.get("kids", ())):
                raise Outdated
            iin = Iin(draft["kids"][position])
        case Text(text=text):
            iin = Iin.parse(text)
        case _:
            raise Again(_ask_iin(turn, draft).with_note(turn.t("Please type it in digits.")))
    child_checks.require_fit(turn, draft, iin)
    child_checks.count_look_up(turn, draft, iin)
    forget(draft, *CHILD_KEYS)
    if child_checks.there_already(turn, draft, iin) is not None:
        draft["join_only"] = True
    return iin.digits


# --- is it the right one --------------------------------------------------------------------


def _ask_who(turn: Turn, draft: Draft) -> Screen:
    found = draft.get("cfound")
    if found is None:
        return register.ask(turn, draft["child"])
    if not register.is_known(found):
        return _ask_name(turn, draft)
    if child_checks.others_named(turn, draft):
        return _not_yours(turn, draft)
    t = turn.t
    shown = full(found["surname"], found["name"], found["patronymic"])
    if not child_checks.shows_in_full(turn, draft):
        shown = short(found["name"], found["surname"])
    born = t.day(date.fromisoformat(found["birth_date"]))
    text = t("{name}, born {date}. Is this the child?", name=turn.private(shown), date=born)
    rows = (
        (Button(t("Yes, it's this child"), answer(NAME, "cwho", MINE)),),
        (Button(t("Another child"), answer(NAME, "cwho", ANOTHER)),),
    )
    return Screen(text, title=t("The child"), rows=rows)


def _ask_name(turn: Turn, draft: Draft) -> Screen:
    t = turn.t
    text = t("Type the child's surname, given name and patronymic, as the birth certificate writes them.")
    if draft["cfound"]["state"] == register.DOWN:
        note = t("The state register does not answer at present. Your data will be compared later.")
    else:
        note = t("The state register does not know this IIN. The education department will look at it.")
    rows: tuple[Row, ...] = ((Button(t("Another child"), answer(NAME, "cwho", ANOTHER)),),)
    hint = t("Surname, name, patronymic")
    return Screen(f"{note}\n\n{text}", title=t("The child"), rows=rows, typing=True, hint=hint)


def _not_yours(turn: Turn, draft: Draft) -> Screen:
    """Where the register names other parents, nobody applies by chat alone; a guardian shows a document."""
    t = turn.t
    text = t(
        "The state register names other parents for this child, so the name is not shown here. "
        "If you are the guardian, the education department adds you after it has seen the document."
    )
    rows: list[Row] = [(Button(t("Another child"), answer(NAME, "cwho", ANOTHER)),)]
    if not child_checks.is_left_to_department(turn, draft):
        rows.append((Button(t("I am the guardian"), answer(NAME, "cwho", GUARDIAN)),))
    rows.append((Button(t("Operator"), action("operator")),))
    return Screen(text, title=t("The child"), rows=tuple(rows))


def _read_who(turn: Turn, draft: Draft, content: Content) -> dict[str, Any]:
    known = register.is_known(draft.get("cfound"))
    match content:
        case ErrandDone():
            draft["cfound"] = register.answer(content, turn.now)
            raise Again(_ask_who(turn, draft))
        case Press(action=pressed) if pressed == ANOTHER:
            forget(draft, *CHILD_KEYS)
            raise Reopened
        case Press(action=pressed) if (
            pressed == MINE and known and not child_checks.others_named(turn, draft)
        ):
            return {
                key: draft["cfound"][key] for key in ("surname", "name", "patronymic", "birth_date", "sex")
            }
        case Press(action=pressed) if pressed == GUARDIAN and child_checks.others_named(turn, draft):
            note = turn.t("The department has your request. You can also write to the operator.")
            if not child_checks.leave_to_department(turn, draft):
                note = turn.t(
                    "The department knows of your request already. You will be told its answer here."
                )
            raise Again(_not_yours(turn, draft).with_note(note))
        case Press(action=pressed) if pressed == RIGHT and "typed" in draft:
            return dict(draft.pop("typed"))
        case Text(text=text) if "cfound" in draft and not known:
            return _typed(turn, draft, text)
        case _:
            raise Again(_ask_who(turn, draft).with_note(turn.t("Please press one of the buttons.")))


def _typed(turn: Turn, draft: Draft, text: str) -> dict[str, Any]:
    """The name as it was typed; where its endings speak of another sex than the IIN, that is asked first."""
    iin = Iin(draft["child"])
    words = register.typed(text, iin.birth_date.isoformat(), iin.sex)
    told = sex_in_name(words["surname"], words["patronymic"])
    if told is None or told is iin.sex:
        return words
    draft["typed"] = words
    t = turn.t
    question = t("By this IIN the child is a girl, but the name looks like a boy's. Is everything right?")
    if iin.sex is Sex.MALE:
        question = t("By this IIN the child is a boy, but the name looks like a girl's. Is everything right?")
    name = turn.private(full(words["surname"], words["name"], words["patronymic"]))
    rows = (
        (Button(t("Yes, all is right"), answer(NAME, "cwho", RIGHT)),),
        (Button(t("Another child"), answer(NAME, "cwho", ANOTHER)),),
    )
    note = t("If not, type the name once more.")
    raise Again(Screen(f"{name}\n\n{question} {note}", title=t("The child"), rows=rows, typing=True))


def shown(turn: Turn, draft: Draft) -> str:
    """The child in the review."""
    words = draft["cwho"]
    name = full(words["surname"], words["name"], words["patronymic"])
    if "typed" not in words and not child_checks.shows_in_full(turn, draft):
        name = short(words["name"], words["surname"])
    return turn.private(name)


IIN = Question(
    "child",
    _ask_iin,
    _read_iin,
    sensitivity=Sensitivity.PERSONAL,
    name=lambda t: t("Child"),
    errands=register.KINDS,
)
WHO = Question("cwho", _ask_who, _read_who, sensitivity=Sensitivity.PERSONAL, errands=register.KINDS)
