"""The parent, and what belongs to nobody else: phones, accounts, helpers, what staff was asked."""

from typing import Any

from sqlalchemy import Select, bindparam, select

from storage.homes import NOWHERE
from storage.kept.opening import opened
from storage.tables import (
    contact,
    conversation,
    department_task,
    export,
    file,
    help_request,
    helper,
    parent,
    phone,
    review,
    territory,
)
from storage.tables.people import STAFF
from storage.tables.territories import kindergarten
from storage.transaction import Transaction
from storage.types import Id

Data = dict[str, Any]

_PARENT = bindparam("parent", type_=Id)
_SEALED = ("iin", "document", "surname", "name", "patronymic", "birth_date", "address", "email")
_PERSON = select(parent).where(parent.c.id == _PARENT)
_PHONES = (
    select(phone, contact.c.channel.label("vouching"))
    .outerjoin(contact, contact.c.id == phone.c.vouched_by)
    .where(phone.c.parent_id == _PARENT)
    .order_by(phone.c.created_at, phone.c.id)
)
_ACCOUNTS = (
    select(contact, territory.c.code.label("territory"))
    .outerjoin(territory, territory.c.id == contact.c.territory_id)
    .where(contact.c.parent_id == _PARENT, contact.c.channel != NOWHERE)
    .order_by(contact.c.created_at, contact.c.id)
)
_HELPERS = select(helper).where(helper.c.parent_id == _PARENT).order_by(helper.c.created_at, helper.c.id)
_REVIEWS = (
    select(review, kindergarten.c.name.label("kindergarten"))
    .join(kindergarten, kindergarten.c.id == review.c.kindergarten_id)
    .where(review.c.parent_id == _PARENT)
    .order_by(review.c.created_at)
)
_TASKS = select(department_task).where(department_task.c.parent_id == _PARENT).order_by(department_task.c.id)
_QUESTIONS = (
    select(
        help_request.c.at,
        help_request.c.state,
        help_request.c.language,
        help_request.c.answered_at,
        help_request.c.closed_at,
        help_request.c.closed_by,
        help_request.c.rating,
    )
    .join(conversation, conversation.c.id == help_request.c.conversation_id)
    .join(contact, contact.c.id == conversation.c.contact_id)
    .where(contact.c.parent_id == _PARENT)
    .order_by(help_request.c.at)
)
_EXPORTS = (
    select(export.c.made_at, file.c.size)
    .join(file, file.c.id == export.c.file_id)
    .where(export.c.parent_id == _PARENT, file.c.deleted_at.is_(None))
    .order_by(export.c.made_at)
)


def person(tx: Transaction, parent_id: int) -> Data:
    """Who the parent is. Raises VaultError."""
    row = _rows(tx, _PERSON, parent_id)[0]
    return opened(tx, "parent", row, *_SEALED) | {
        "sex": row["sex"],
        "email_confirmed_at": row["email_confirmed_at"],
        "email_unreachable_since": row["email_unreachable_at"],
        "letters_ended_at": row["letters_ended_at"],
        "language": row["language"],
        "told_by": row["notice_way"],
        "place_news": row["place_news"],
        "confirmed_by_register_at": None if row["verified_by"] == STAFF else row["verified_at"],
        "document_seen_at": row["verified_at"] if row["verified_by"] == STAFF else None,
        "register_asked_at": row["register_asked_at"],
        "password_set_at": row["password_set_at"],
        "known_since": row["created_at"],
    }


def phones(tx: Transaction, parent_id: int) -> list[Data]:
    """Every number there ever was, with what became of it. Raises VaultError."""
    return [
        {
            "number": tx.vault.open("phone", row["id"], "phone", row["phone"]),
            "position": row["position"],
            "confirmed_at": row["confirmed_at"],
            "vouched_by": row["vouching"],
            "vouched_at": row["vouched_at"],
            "replaced_at": row["replaced_at"],
            "undo_until": row["undo_until"],
            "undone_at": row["undone_at"],
            "unreachable_since": row["unreachable_at"],
        }
        for row in _rows(tx, _PHONES, parent_id)
    ]


def accounts(tx: Transaction, parent_id: int) -> list[Data]:
    """The messenger accounts that are signed in. Raises VaultError."""
    return [
        {
            "channel": row["channel"],
            "address": row["address"],
            "language": row["language"],
            "territory": row["territory"],
            "consent_version": row["consent_version"],
            "consent_at": row["consent_at"],
            "vouched_phone": opened(tx, "contact", row, "vouched_phone")["vouched_phone"],
            "vouched_at": row["vouched_at"],
            "unlocked_until": row["unlocked_until"],
            "unreachable_since": row["unreachable_at"],
            "known_since": row["created_at"],
        }
        for row in _rows(tx, _ACCOUNTS, parent_id)
    ]


def helpers(tx: Transaction, parent_id: int) -> list[Data]:
    """Whom the parent named as a helper. Raises VaultError."""
    return [
        opened(tx, "helper", row, "phone", "name")
        | {"named_at": row["created_at"], "confirmed_at": row["confirmed_at"], "ended_at": row["ended_at"]}
        for row in _rows(tx, _HELPERS, parent_id)
    ]


def others(tx: Transaction, parent_id: int) -> Data:
    """What the department was to look at, questions to operators, reviews, earlier exports."""
    return {
        "department_tasks": [
            {
                "kind": row["kind"],
                "made_at": row["created_at"],
                "closed_at": row["closed_at"],
                "outcome": row["outcome"],
                "reason": opened(tx, "department_task", row, "reason")["reason"],
            }
            for row in _rows(tx, _TASKS, parent_id)
        ],
        "questions": [dict(row) for row in _rows(tx, _QUESTIONS, parent_id)],
        "reviews": [
            {name: row[name] for name in ("kindergarten", "stars", "text", "state", "created_at")}
            for row in _rows(tx, _REVIEWS, parent_id)
        ],
        "exports": [dict(row) for row in _rows(tx, _EXPORTS, parent_id)],
    }


def _rows(tx: Transaction, statement: Select[Any], parent_id: int) -> list[Any]:
    return list(tx.conn.execute(statement, {"parent": parent_id}).mappings())
