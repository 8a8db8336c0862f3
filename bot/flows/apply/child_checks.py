"""What has to be true of a child before it is applied for."""

from collections.abc import Sequence
from datetime import date

from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.apply import register
from bot.flows.apply.draft import parent_key, rules
from bot.flows.tries import count_child
from domain.age import may_join
from domain.applicants import require_child
from domain.application import QueueKind
from domain.errors import AgeRefused, AlreadyApplied
from domain.iin import Iin
from domain.local_time import local_date
from storage import applications, department_tasks, guardians, people
from storage.applications import Application
from storage.department_tasks import TaskKind


def own_iin(turn: Turn, draft: Draft) -> Iin | None:
    """The parent's IIN; None of one who has none."""
    key = parent_key(turn, draft)
    return key if isinstance(key, Iin) else None


def known_children(turn: Turn, draft: Draft) -> list[str]:
    """IINs of the children who may still join: the parent's here, and those the register names.

    Who stands in this queue already comes last.
    """
    own = [
        people.iin_of_child(turn.tx, each.child_id) for each in guardians.children_of(turn.tx, draft["me"])
    ]
    named = [iin for each in draft.get("kids", ()) if (iin := Iin(each)) not in own]
    today, limit = local_date(turn.now), rules(turn, draft).age_limit_years
    young = [iin for iin in (*own, *named) if _may_join(iin, today, limit)]
    return [iin.digits for iin in sorted(young, key=lambda iin: my_live(turn, draft, iin) is not None)]


def _may_join(iin: Iin, today: date, limit: int) -> bool:
    try:
        may_join(iin.birth_date, today, limit)
    except AgeRefused:
        return False
    return True


def own_name(turn: Turn, iin: Iin) -> str:
    """The child's given name, where the parent is its guardian here."""
    child_id = people.find_child_by_iin(turn.tx, iin)
    me = turn.person.parent_id
    if child_id is None or me is None:
        return ""
    if all(each.parent_id != me for each in guardians.guardians_of(turn.tx, child_id)):
        return ""
    return people.words_of_child(turn.tx, child_id).get("name", "")


def require_fit(turn: Turn, draft: Draft, iin: Iin) -> None:
    """Refuse a child who can't join this queue.

    Raises SamePerson, LooksLikeAdult, NotBornYet, TooOld, AlreadyApplied.
    """
    today = local_date(turn.now)
    require_child(iin, own_iin(turn, draft), today)
    may_join(iin.birth_date, today, rules(turn, draft).age_limit_years)
    live = my_live(turn, draft, iin)
    if live is not None:
        raise AlreadyApplied(live.number)


def there_already(turn: Turn, draft: Draft, iin: Iin) -> Application | None:
    """The live application of a child in this territory and queue kind: there is one at most (ours)."""
    child_id = people.find_child_by_iin(turn.tx, iin)
    if child_id is None:
        return None
    for live in applications.live_of_child(turn.tx, child_id):
        if live.territory_id == draft["t"] and live.kind is QueueKind(draft["kind"]):
            return live
    return None


def my_live(turn: Turn, draft: Draft, iin: Iin) -> Application | None:
    """The same, where the child is the parent's own here."""
    live = there_already(turn, draft, iin)
    if live is None:
        return None
    parents = {each.parent_id for each in guardians.guardians_of(turn.tx, live.child_id)}
    return live if draft["me"] in parents else None


def register_parents(draft: Draft) -> Sequence[str]:
    """The IINs of the parents that the register names for the child."""
    found = draft.get("cfound")
    return found.get("parents", ()) if found is not None and register.is_known(found) else ()


def named_by_register(turn: Turn, draft: Draft) -> bool:
    """The register names this parent for the child."""
    me = own_iin(turn, draft)
    return me is not None and me.digits in register_parents(draft)


def is_newcomer(turn: Turn, draft: Draft) -> bool:
    """Nobody's parent here yet, or one whose phone was shown for a free IIN in this very form.

    That anybody can do with anybody's IIN: what the register says of the family is not read out to them.
    """
    return bool(draft.get("claimed")) or not guardians.children_of(turn.tx, draft["me"])


def shows_in_full(turn: Turn, draft: Draft) -> bool:
    """Whether the child's full name is for this parent to see (ours)."""
    return named_by_register(turn, draft) and not is_newcomer(turn, draft)


def others_named(turn: Turn, draft: Draft) -> bool:
    """The register names parents for the child, and this one is not among them."""
    return bool(register_parents(draft)) and not named_by_register(turn, draft)


def count_look_up(turn: Turn, draft: Draft, iin: Iin) -> None:
    """The register tells the name of any child: not of as many as somebody likes. Raises TooManyTries.

    The parent's own children cost nothing.
    """
    if not own_name(turn, iin) and iin.digits not in draft.get("kids", ()):
        count_child(turn, draft["me"])


def is_left_to_department(turn: Turn, draft: Draft) -> bool:
    """The department has been asked to look at this guardian and this child, and has not answered yet."""
    child_id = people.find_child_by_iin(turn.tx, Iin(draft["child"]))
    if child_id is None:
        return False
    return department_tasks.is_open(turn.tx, TaskKind.GUARDIANSHIP, draft["me"], child_id)


def leave_to_department(turn: Turn, draft: Draft) -> bool:
    """A guardian whom the register does not name: the document has to be seen. False: that is known."""
    child_id = people.child_for(turn.tx, Iin(draft["child"]), at=turn.now)
    people.lock_child(turn.tx, child_id)
    if is_left_to_department(turn, draft):
        return False
    department_tasks.add(
        turn.tx,
        TaskKind.GUARDIANSHIP,
        turn.now,
        territory_id=draft["t"],
        parent_id=draft["me"],
        child_id=child_id,
    )
    return True
