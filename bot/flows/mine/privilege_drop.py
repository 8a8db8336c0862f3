"""Giving a privilege up, after seeing what that changes [003]: class and place, computed as of now."""

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows import privilege_news
from bot.flows.application_words import class_name, title
from bot.flows.mine import privileges as privilege_screens
from bot.flows.mine.keeping import as_it_stands
from bot.flows.mine.own import SURE, again, me, name_of
from bot.flows.privilege_words import name
from bot.flows.telling import noted
from domain.application import COUNTED, LIVE, QueueClass
from domain.identity import Action
from domain.notice import Deed
from domain.privilege import effective_class
from storage import guardians, privilege_changes, privileges
from storage.barring import refuse_deed
from storage.look_up import Found
from storage.privileges import Claimed
from storage.queue_places import place_of, would_be


def drop(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """What would change; then, pressed under that while it is so, the giving up.

    Not within 72 hours of a change of phone, or of joining another parent. Raises BarredAfterPhoneChange,
    BarredAfterJoining.
    """
    claimed, found = privilege_screens.own_privilege(turn, arguments)
    if claimed.privilege.state not in privilege_changes.LIVE or found.status not in LIVE:
        return privilege_screens.shown(turn, claimed, found)
    refuse_deed(turn.tx, Action.DROP_PRIVILEGE, me(turn), found.child_id)
    seen = arguments[1:] == (SURE, _change_in_a_word(turn, claimed, found))
    return as_it_stands(turn, found, lambda: (_drop if seen else _ask)(turn, claimed, found))


def _ask(turn: Turn, claimed: Claimed, found: Found) -> Screen:
    t = turn.t
    sure = action("privdrop", claimed.id, SURE, _change_in_a_word(turn, claimed, found))
    lines = [
        *filter(None, (name_of(turn, found),)),
        t("Give up the privilege “{privilege}”?", privilege=name(t, claimed.code)),
        *_what_changes(turn, claimed, found),
    ]
    if len(guardians.guardians_of(turn.tx, found.child_id)) > 1:
        lines.append(t("The other parent is told at once."))
    rows: tuple[Row, ...] = (
        (Button(t("Yes, give it up"), sure),),
        (Button(t("Keep it"), action("privilege", claimed.id)),),
    )
    return Screen("\n\n".join(lines), title=title(turn, found), rows=rows)


def _drop(turn: Turn, claimed: Claimed, found: Found) -> Screen:
    change = privilege_changes.drop(turn.tx, claimed.id)
    if change is not None and change.changed:
        here = turn.person.conversation_id
        privilege_news.tell_change(turn.tx, change, turn.now, by=me(turn), here=here)
        for each in guardians.guardians_of(turn.tx, found.child_id):
            noted(
                turn,
                Deed.PRIVILEGE_DROPPED,
                of=each.parent_id,
                application_id=found.id,
                privilege=claimed.code,
            )
    note = turn.t("The privilege is given up.")
    return privilege_screens.listed(turn, again(turn, found.id)).with_note(note)


def _class_without(turn: Turn, claimed: Claimed, found: Found) -> QueueClass:
    """The class that the other privileges give."""
    others = privileges.of_application(turn.tx, found.id)
    return effective_class(each.privilege for each in others if each.id != claimed.id)


def _change_in_a_word(turn: Turn, claimed: Claimed, found: Found) -> str:
    """From which class to which: what was seen has to be what is done."""
    return f"{found.queue_class:d}{_class_without(turn, claimed, found):d}"


def _what_changes(turn: Turn, claimed: Claimed, found: Found) -> list[str]:
    t, becomes = turn.t, _class_without(turn, claimed, found)
    if becomes is found.queue_class:
        return [t("Class and place stay as they are.")]
    lines = [
        t(
            "Class now: {before}. Without it: {after}. The date stays.",
            before=class_name(t, found.queue_class),
            after=class_name(t, becomes),
        )
    ]
    now = place_of(turn.tx, found.id)
    if now is not None and now.place is not None and found.status in COUNTED:
        then = would_be(turn.tx, now.queue_id, becomes, now.key, instead_of=found.queue_class)
        lines.append(t("Place {before} → about {after}.", before=now.place, after=then.place))
    lines.append(t("To have it again you would have to claim it anew."))
    return lines
