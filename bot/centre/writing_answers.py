"""Answers kept ready are written, changed and taken away by staff, where their rights reach."""

from collections.abc import Collection
from datetime import datetime

from bot.department.officer import Officer
from bot.flows.staff_entry import Audited
from domain.errors import ReadyAnswerChanged
from domain.ready_answer import blanks_in
from storage import territories
from storage.centre import ready_answers
from storage.centre.ready_answers import Wording
from storage.transaction import Transaction


def write(tx: Transaction, officer: Officer, territory_id: int | None, wording: Wording) -> Audited:
    """A new one. Raises ReadyAnswerRefused for blanks that nobody can fill in."""
    _require_blanks(wording)
    answer_id = ready_answers.write(tx, territory_id, wording, officer.staff_id)
    return _audited(officer, "answer_written", answer_id, territory_id)


def change(
    tx: Transaction,
    officer: Officer,
    answer_id: int,
    seen_at: datetime,
    territory_id: int | None,
    wording: Wording,
) -> Audited:
    """Another text in the place of the one that was looked at.

    Raises ReadyAnswerRefused, and ReadyAnswerChanged where a colleague was first.
    """
    _require_blanks(wording)
    ready_answers.change(tx, answer_id, seen_at, territory_id, wording, officer.staff_id)
    return _audited(officer, "answer_changed", answer_id, territory_id)


def retire(tx: Transaction, officer: Officer, answer_id: int, seen_at: datetime) -> Audited:
    """It is offered no more. Raises ReadyAnswerChanged where a colleague was first."""
    found = ready_answers.find(tx, answer_id)
    if found is None:
        raise ReadyAnswerChanged
    ready_answers.retire(tx, answer_id, seen_at)
    return _audited(officer, "answer_retired", answer_id, found.territory_id)


def may_write(tx: Transaction, territory_id: int | None, reached: Collection[int]) -> bool:
    """Whether rights that reach these territories reach an answer: for everywhere, all of them."""
    if territory_id is not None:
        return territory_id in reached
    return all(each.id in reached for each in territories.tree(tx).roots())


def _require_blanks(wording: Wording) -> None:
    blanks_in(wording.text_kk, "kk")
    blanks_in(wording.text_ru, "ru")


def _audited(officer: Officer, what: str, answer_id: int, territory_id: int | None) -> Audited:
    return Audited(officer.actor, what, f"ready_answer:{answer_id}", {"territory": territory_id})
