"""Submitting: the child, the joining of the parent, the application, its privileges, who is told."""

from dataclasses import dataclass
from typing import Any

from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.apply import child_checks, privilege, register
from bot.flows.apply.draft import parent_key, require_phones
from bot.flows.apply.told import keep_mail
from bot.flows.second_parent import ask_first_parent, joins
from bot.flows.telling import noted, tell
from domain.application import QueueClass, QueueKind
from domain.errors import AlreadyApplied
from domain.identity_document import IdentityDocument
from domain.iin import Iin
from domain.joining import refuse_for_now
from domain.notice import Deed, Told
from domain.policy_terms import PrivilegeRule
from storage import (
    applications,
    department_tasks,
    documents,
    guardians,
    people,
    privilege_changes,
    privileges,
    profiles,
    suspensions,
)
from storage.applications import ApplicationExists
from storage.department_tasks import TaskKind
from storage.fallen_due import make_due
from storage.people import RegisterWords
from storage.queues import find_queue
from storage.submitting import NewApplication, submit, submit_suspended


@dataclass(frozen=True, slots=True)
class Registered:
    """What came of it. `place` is None while the child is on the stop-list."""

    application_id: int
    number: int
    place: int | None


def join(turn: Turn, draft: Draft) -> int:
    """The child's id, with the parent joined to it.

    Raises SecondParentRefused: the child has two parents, or the first is asked to agree now.
    """
    me, iin = draft["me"], Iin(draft["child"])
    _name_parent(turn, draft)
    child_id = people.child_for(turn.tx, iin, at=turn.now)
    people.lock_child(turn.tx, child_id)
    named = frozenset(Iin(each) for each in child_checks.register_parents(draft))
    draft["unjoined"] = True
    if joins(turn, child_id, me, named) is None:
        raise refuse_for_now(ask_first_parent(turn, child_id, me))
    del draft["unjoined"]
    _name_child(turn, draft, child_id)
    return child_id


def register_application(turn: Turn, draft: Draft) -> Registered:
    """Put the child into the queue. Raises SecondParentRefused, PhonesMissing.

    AlreadyApplied: the other parent was quicker; this one is joined to the child all the same.
    """
    require_phones(turn, draft)
    child_id = join(turn, draft)
    confirmed = privilege.from_register(turn, draft)
    now_in = _submit(turn, draft, child_id, confirmed)
    if confirmed:
        said_at = register.asked_at(draft["cfound"])
        privileges.add_confirmed(turn.tx, [(now_in.application_id, rule) for rule in confirmed], said_at)
    _claim(turn, draft, now_in.application_id)
    _leave_task(turn, draft, now_in.application_id)
    profiles.set_notices(turn.tx, draft["me"], way=draft["told"]["way"], language=draft["told"]["language"])
    keep_mail(turn, draft)
    _tell(turn, draft, child_id, now_in)
    return now_in


def _submit(turn: Turn, draft: Draft, child_id: int, confirmed: list[PrivilegeRule]) -> Registered:
    kind, year = QueueKind(draft["kind"]), Iin(draft["child"]).birth_date.year
    queue_id = find_queue(turn.tx, draft["t"], kind, year)
    if queue_id is not None:
        make_due(turn.tx, queue_id)
    stopped = suspensions.running(turn.tx, child_id, draft["t"], kind, turn.now)
    new = NewApplication(
        child_id=child_id,
        parent_id=draft["me"],
        territory_id=draft["t"],
        kind=kind,
        birth_year=year,
        queue_class=min((rule.queue_class for rule in confirmed), default=QueueClass.GENERAL),
        languages=draft["langs"],
        address=draft["address"],
        notice_way=draft["told"]["way"],
        language=draft["told"]["language"],
        unverified=is_unverified(turn, draft),
        suspended=stopped.span if stopped is not None else None,
    )
    try:
        if new.suspended is not None:
            parked = submit_suspended(turn.tx, new)
            return Registered(parked.application_id, parked.number, None)
        submitted = submit(turn.tx, new)
    except ApplicationExists as there:
        other = applications.find(turn.tx, there.application_id)
        raise AlreadyApplied(number=other.number if other is not None else None) from None
    return Registered(submitted.application_id, submitted.number, submitted.place)


def is_unverified(turn: Turn, draft: Draft) -> bool:
    """Whether the register has yet to confirm one of the two (ours)."""
    child_id = people.find_child_by_iin(turn.tx, Iin(draft["child"]))
    child_known = child_id is not None and people.is_child_verified(turn.tx, child_id)
    return not (child_known and people.is_verified(turn.tx, draft["me"]))


def _is_confirmed(iin: str, found: dict[str, Any] | None) -> bool:
    """The register knows the person and does not contradict the IIN itself; else it is compared later."""
    return found is not None and register.is_known(found) and not register.contradictions(Iin(iin), found)


def _name_parent(turn: Turn, draft: Draft) -> None:
    """Who the parent is, when that was first learnt in this form."""
    words = draft.get("who")
    if words is None:
        return
    named = RegisterWords.from_data(words)
    key = parent_key(turn, draft)
    if isinstance(key, Iin) and _is_confirmed(key.digits, draft.get("found")):
        people.take_from_register(turn.tx, draft["me"], named, register.asked_at(draft["found"]))
    else:
        people.name_parent(turn.tx, draft["me"], named)


def _name_child(turn: Turn, draft: Draft, child_id: int) -> None:
    """Who the child is, where nobody has said that before.

    What was typed for another application is compared by the department's rules, not overwritten here.
    """
    if people.words_of_child(turn.tx, child_id).get("surname"):
        return
    known = _is_confirmed(draft["child"], draft.get("cfound"))
    words = RegisterWords.from_data(draft["cwho"])
    people.name_child(turn.tx, child_id, words, register.asked_at(draft["cfound"]) if known else None)


def _claim(turn: Turn, draft: Draft, application_id: int) -> None:
    """A privilege with documents stands under review; until then the general basis counts (ours)."""
    rule = privilege.chosen(turn, draft)
    if rule is None or not draft.get("docs"):
        return
    privilege_changes.claim(turn.tx, application_id, rule)
    for file_id in draft["docs"]:
        documents.attach_to_application(turn.tx, application_id, file_id, rule.code)
    department_tasks.add(
        turn.tx,
        TaskKind.PRIVILEGE_DOCUMENT,
        turn.now,
        territory_id=draft["t"],
        parent_id=draft["me"],
        application_id=application_id,
        data={"privilege": rule.code},
    )
    noted(turn, Deed.PRIVILEGE_CLAIMED, application_id=application_id, privilege=rule.code)


def _leave_task(turn: Turn, draft: Draft, application_id: int) -> None:
    """Without an IIN the register can confirm nobody: staff look at the document [004]."""
    if isinstance(parent_key(turn, draft), IdentityDocument):
        department_tasks.add(
            turn.tx,
            TaskKind.NO_IIN,
            turn.now,
            territory_id=draft["t"],
            parent_id=draft["me"],
            application_id=application_id,
        )


def _tell(turn: Turn, draft: Draft, child_id: int, now_in: Registered) -> None:
    """Both parents: the other one follows it from now on, too."""
    for each in guardians.guardians_of(turn.tx, child_id):
        noted(turn, Deed.APPLIED, of=each.parent_id, application_id=now_in.application_id)
        facts: dict[str, Any] = {"number": now_in.number, "place": now_in.place}
        if each.parent_id != draft["me"]:
            facts |= {"other": True, "child": people.name_of_child(turn.tx, child_id) or ""}
        tell(
            turn.tx,
            each.parent_id,
            Told.REGISTERED,
            turn.now,
            application_id=now_in.application_id,
            but_not_in=turn.person.conversation_id,
            **facts,
        )
