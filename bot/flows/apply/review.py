"""The last look before an application is submitted: everything on one screen, each part open to change."""

from collections.abc import Iterator

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows import privilege_words
from bot.flows.apply import child, child_checks, instruction, privilege
from bot.flows.apply.draft import applies
from bot.flows.apply.told import MAIL, way_name
from bot.flows.apply.where import kind_name
from bot.flows.names import full, short
from bot.texts import LANGUAGES, Texts
from domain.iin import Iin
from storage import people, territories


def review(turn: Turn, draft: Draft) -> Screen:
    """All answers as they will be submitted."""
    t = turn.t
    if not applies(draft):
        text = t(
            "{child} is in this queue already, through the other parent. "
            "You can follow the application and act in it as the second parent. Shall I join you?",
            child=child.shown(turn, draft),
        )
        return Screen(text, title=t("Second parent"), rows=operator(t, draft))
    text = "\n".join(_lines(turn, draft))
    return Screen(text, title=t("Please check everything"), rows=operator(t, draft))


def operator(t: Texts, draft: Draft) -> tuple[Row, ...]:
    """Whoever has to wait for the other parent's word may have a reason not to."""
    return ((Button(t("Operator"), action("operator")),),) if draft.get("unjoined") else ()


def _lines(turn: Turn, draft: Draft) -> Iterator[str]:
    t = turn.t
    place = territories.name(turn.tx, draft["t"], t.language)
    yield t("Queue: {territory}, {kind}", territory=place, kind=kind_name(t, draft["kind"]))
    born = Iin(draft["child"]).birth_date
    yield t("Child: {name}, born {date}", name=child.shown(turn, draft), date=t.day(born))
    yield t("Parent: {name}", name=turn.private(_parent(turn, draft)))
    yield t("Address: {address}", address=turn.private(draft["address"]))
    yield t("Language of the group: {languages}", languages=instruction.names(t, draft["langs"]))
    yield from _privileges(turn, draft)
    way, language = draft["told"]["way"], LANGUAGES[draft["told"]["language"]]
    yield t("News: {way}, {language}", way=way_name(t, way), language=language)
    if draft.get(MAIL):
        yield t("E-mail: {text}", text=turn.private(draft[MAIL]))


def _parent(turn: Turn, draft: Draft) -> str:
    words = draft.get("who") or people.words_of_parent(turn.tx, draft["me"])
    if "who" in draft and "typed" not in words and child_checks.is_newcomer(turn, draft):
        return short(words["name"], words["surname"])
    return full(words.get("surname", ""), words.get("name", ""), words.get("patronymic", ""))


def _privileges(turn: Turn, draft: Draft) -> Iterator[str]:
    t = turn.t
    for rule in privilege.from_register(turn, draft):
        yield t(
            "Privilege: {privilege}, confirmed by the register", privilege=privilege_words.name(t, rule.code)
        )
    claimed = privilege.chosen(turn, draft)
    if claimed is not None:
        yield t(
            "Privilege: {privilege}, files: {number}; the department looks at them",
            privilege=privilege_words.name(t, claimed.code),
            number=len(draft.get("docs", ())),
        )
