"""The phones of the cabinet [000]: which are confirmed, since when, and what can be changed."""

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.phone_words import line
from storage import phone_changes, phones
from storage.phones import CONTACT_PHONE, SECOND_PHONE


def show(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """The confirmed phones, and until when a change can be undone."""
    t, parent_id = turn.t, turn.person.parent_id
    assert parent_id is not None
    there = phones.phones_of(turn.tx, parent_id)
    lines = [line(t, each) for each in there]
    if len(there) < SECOND_PHONE:
        lines.append(t("There is no second phone yet. With one, you can be reached when the first is lost."))
    rows: list[Row] = [
        (Button(t("Change contact phone"), action("newphone", CONTACT_PHONE)),),
        (Button(_label(turn, len(there)), action("newphone", SECOND_PHONE)),),
    ]
    ends = [each.until for each in phone_changes.undoable_of(turn.tx, parent_id) if each.is_open(turn.now)]
    if ends:
        lines += ["", _still_open(turn, t.moment(max(ends)))]
        rows.append((Button(t("Undo the change"), action("undo")),))
    rows += [(Button(t("My cabinet"), action("cabinet")),), (Button(t("Menu"), action("menu")),)]
    return Screen("\n".join(lines), title=t("Phones"), rows=tuple(rows))


def _label(turn: Turn, confirmed: int) -> str:
    t = turn.t
    return t("Change second phone") if confirmed >= SECOND_PHONE else t("Add a second phone")


def _still_open(turn: Turn, moment: str) -> str:
    return turn.t(
        "Until {moment} an older number can undo the change. "
        "Until then nothing can be withdrawn or given up.",
        moment=moment,
    )
