"""What follows from an answer of the state register about somebody who stands behind applications (ours).

It agrees: its words are taken, and applications are freed of their mark. It contradicts, or knows
nobody: the department looks at it, the parents are told once, and nothing else happens by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from bot import register_guardians, register_privileges
from bot.flows.concerned import parents_of
from bot.flows.telling import tell
from bot.ports.state_register import Person
from domain.notice import Deed, Told
from domain.person import Person as Words
from domain.person import PersonField, contradictions
from storage import applications, journal, register_tasks, verification
from storage.applications import Application
from storage.department_tasks import TaskKind
from storage.register_subjects import Subject, Whose
from storage.register_words import RegisterWords
from storage.transaction import Transaction
from storage.verification import Known


class Verdict(Enum):
    """What an answer came to."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


_TOLD = {TaskKind.REGISTER_DIFFERS: Told.REGISTER_DIFFERS, TaskKind.NOT_IN_REGISTER: Told.NOT_IN_REGISTER}


@dataclass(frozen=True, slots=True)
class _Case:
    """Somebody, what is known of them, the live applications they stand behind, and who is to be told.

    `shown_in`: the conversation in which the answer is on the screen anyway.
    """

    subject: Subject
    known: Known
    live: Sequence[Application]
    parents: Sequence[int]
    shown_in: int | None


def take(tx: Transaction, subject: Subject, answer: Person | None, *, shown_in: int | None = None) -> Verdict:
    """Do what follows from an answer; None is "there is no such person"."""
    case = _case(tx, subject, shown_in)
    if answer is None:
        _to_the_department(tx, case, TaskKind.NOT_IN_REGISTER, {})
        return Verdict.UNKNOWN
    fields = _contradicted(answer, _compared_with(case.known))
    if fields and not (case.known.by_staff and not _contradicted(answer, None)):
        data = {"fields": [each.value for each in fields]}
        _to_the_department(tx, case, TaskKind.REGISTER_DIFFERS, data)
        return Verdict.DIFFERS
    if fields:
        # Staff saw the document: their word stands beside the register's.
        verification.note_asked(tx, subject, tx.now)
    else:
        _confirm(tx, case, answer)
    if subject.whose is Whose.CHILD:
        register_guardians.compare(tx, subject.id, case.live, answer)
        register_privileges.follow(tx, case.live, answer.privileges)
    verification.clear_marks(tx)
    return Verdict.AGREES


def _case(tx: Transaction, subject: Subject, shown_in: int | None) -> _Case:
    known = verification.known(tx, subject)
    if subject.whose is Whose.PARENT:
        return _Case(subject, known, applications.live_of_parent(tx, subject.id), [subject.id], shown_in)
    live = _locked(tx, applications.live_of_child(tx, subject.id))
    return _Case(subject, known, live, parents_of(tx, subject.id, live), shown_in)


def _locked(tx: Transaction, found: Sequence[Application]) -> list[Application]:
    """By id, as everybody locks them; without those that came to their end meanwhile."""
    fresh = (applications.lock(tx, each.id) for each in sorted(found, key=lambda each: each.id))
    return [each for each in fresh if each is not None and each.ended_at is None]


def _compared_with(known: Known) -> Words | None:
    """What was typed. Words that are the register's own it may change: people marry."""
    return known.typed if known.verified_at is None or known.by_staff else None


def _contradicted(answer: Person, typed: Words | None) -> tuple[PersonField, ...]:
    registered = Words(answer.surname, answer.name, answer.patronymic, answer.birth_date)
    return contradictions(answer.iin, typed, registered, answer.sex)


def _confirm(tx: Transaction, case: _Case, answer: Person) -> None:
    verification.confirm(tx, case.subject, RegisterWords.from_data(answer.to_data()), tx.now)
    if case.known.verified_at is None:
        for parent_id in case.parents:
            journal.note(tx, parent_id, journal.REGISTER, Deed.DATA_CONFIRMED, tx.now)
    if register_tasks.close(tx, case.subject, tx.now):
        _tell(tx, case, Told.DATA_CONFIRMED, answer.name, {})


def _to_the_department(tx: Transaction, case: _Case, kind: TaskKind, data: Mapping[str, Any]) -> None:
    """Once for the same answer, however often it comes: the parents are told when there is something new."""
    verification.note_asked(tx, case.subject, tx.now)
    if not register_tasks.open_for(tx, case.subject, kind, data, case.live, tx.now):
        return
    for parent_id in case.parents:
        journal.note(tx, parent_id, journal.REGISTER, Deed.DATA_DIFFERS, tx.now, data=data)
    _tell(tx, case, _TOLD[kind], case.known.name, data)


def _tell(tx: Transaction, case: _Case, told: Told, name: str, data: Mapping[str, Any]) -> None:
    facts = dict(data) | ({"child": name} if case.subject.whose is Whose.CHILD else {})
    for parent_id in case.parents:
        tell(tx, parent_id, told, tx.now, but_not_in=case.shown_in, **facts)
