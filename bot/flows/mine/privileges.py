"""The privileges of an application: their states, and what a loss can be answered with [003]."""

from bot.conversation.actions import Outdated, action, number_in
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.application_words import class_name, title
from bot.flows.mine.keeping import as_it_stands
from bot.flows.mine.own import again, back_to, me, name_of, own
from bot.flows.mine.privilege_states import latest, may_object, state_in_words
from bot.flows.privilege_words import label
from bot.flows.telling import noted
from domain.application import LIVE
from domain.notice import Deed
from domain.policy_terms import Proof
from domain.privilege import PrivilegeState
from storage import department_tasks, privilege_changes, privileges
from storage.department_tasks import TaskKind
from storage.look_up import Found
from storage.privileges import Claimed


def show(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """All that the application names, each with its state."""
    return listed(turn, own(turn, arguments))


def listed(turn: Turn, found: Found) -> Screen:
    """The same of an application that is known to be the own."""
    t = turn.t
    named = latest(privileges.of_application(turn.tx, found.id))
    lines = [t("Class: {name}", name=class_name(t, found.queue_class)), ""]
    for each in named:
        state = state_in_words(t, each, turn.now)
        lines.append(f"• {state}")
    if not named:
        lines.append(t("The application names no privilege."))
    rows: list[Row] = [(Button(label(t, each.code), action("privilege", each.id)),) for each in named]
    text = "\n".join((*filter(None, (name_of(turn, found),)), *lines))
    return Screen(text, title=t("Privileges"), rows=(*rows, *back_to(turn, found)))


def one(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """One privilege, with what can be done about it."""
    claimed, found = own_privilege(turn, arguments)
    return shown(turn, claimed, found)


def shown(turn: Turn, claimed: Claimed, found: Found) -> Screen:
    """The same of one that is known to be the own."""
    t = turn.t
    rows: list[Row] = []
    if claimed.privilege.state in privilege_changes.LIVE and found.status in LIVE:
        rows.append((Button(t("Give it up"), action("privdrop", claimed.id)),))
    if may_object(claimed, turn.now):
        rows.append((Button(t("Object"), action("privobject", claimed.id)),))
    rows.append((Button(t("Back"), action("privileges", found.id)),))
    text = "\n\n".join((state_in_words(t, claimed, turn.now), *_meaning(turn, claimed)))
    return Screen(text, title=title(turn, found), rows=tuple(rows))


def object_to_loss(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """A loss is objected to: the department is to look at it. Nothing changes by itself (ours)."""
    claimed, found = own_privilege(turn, arguments)
    return as_it_stands(turn, found, lambda: _object(turn, claimed, found))


def own_privilege(turn: Turn, arguments: tuple[str, ...]) -> tuple[Claimed, Found]:
    """The privilege that a button names, and its application. Raises Outdated for another family's."""
    claimed = privileges.find(turn.tx, number_in(arguments))
    if claimed is None:
        raise Outdated
    return claimed, again(turn, claimed.application_id)


def _object(turn: Turn, claimed: Claimed, found: Found) -> Screen:
    if claimed.privilege.state is not PrivilegeState.LOST:
        return shown(turn, claimed, found)
    if privilege_changes.object_to_loss(turn.tx, claimed.id):
        department_tasks.add(
            turn.tx,
            TaskKind.PRIVILEGE_OBJECTION,
            turn.now,
            territory_id=found.territory_id,
            parent_id=me(turn),
            child_id=found.child_id,
            application_id=found.id,
            data={"privilege": claimed.code, "privilege_id": claimed.id},
        )
        noted(turn, Deed.PRIVILEGE_OBJECTED, application_id=found.id, privilege=claimed.code)
    after = privileges.find(turn.tx, claimed.id) or claimed
    note = turn.t("Your objection is with the education department. You will be told its answer here.")
    return shown(turn, after, found).with_note(note)


def _meaning(turn: Turn, claimed: Claimed) -> list[str]:
    """What the state means for the application."""
    t, rule = turn.t, claimed.privilege.rule
    gives = class_name(t, rule.queue_class)
    match claimed.privilege.state:
        case PrivilegeState.CONFIRMED if rule.proof is Proof.REGISTER:
            return [
                t("It gives the class: {name}.", name=gives),
                t("The state register is asked again when its word is older than 90 days."),
            ]
        case PrivilegeState.CONFIRMED:
            return [t("It gives the class: {name}.", name=gives)]
        case PrivilegeState.UNDER_REVIEW:
            return [t("Once confirmed it gives the class: {name}. The date stays.", name=gives)]
        case PrivilegeState.LOST if may_object(claimed, turn.now):
            return [
                t(
                    "The application keeps its date. If the loss is a mistake, object: the education "
                    "department looks at it. The class changes back only with its answer."
                )
            ]
        case _:
            return [t("It gives no class now. The application keeps its date.")]
