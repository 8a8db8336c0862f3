"""What an erasure empties of children whom nobody else cares for, and of their applications.

The number, queue, dates, class and statuses stay, and the child's IIN for a while: domain/erasing.py.
"""

from collections.abc import Iterable

from sqlalchemy import bindparam, func, or_, select, union, update

from storage.tables import (
    application,
    child,
    claim,
    department_task,
    document,
    export,
    extension,
    file,
    joining,
    parent,
    referral,
)
from storage.transaction import Transaction
from storage.types import Id, Instant

_PARENT = bindparam("of_parent", type_=Id)
_CHILDREN = bindparam("children", type_=Id, expanding=True)
_AT = bindparam("at", type_=Instant())
_NAMES = ("surname", "name", "patronymic")
_ASKED = ("verified_at", "register_asked_at", "register_due_at", "register_tries", "verified_by")

_FORGET_NAMES = update(child).where(child.c.id.in_(_CHILDREN)).values(dict.fromkeys((*_NAMES, *_ASKED)))
_FORGET_ADDRESSES = (
    update(application)
    .where(or_(application.c.parent_id == _PARENT, application.c.child_id.in_(_CHILDREN)))
    .values(address=None)
)
_OF_APPLICATIONS = select(application.c.id).where(application.c.child_id.in_(_CHILDREN))
_EXTENSIONS = (
    select(extension.c.id)
    .join(referral, referral.c.id == extension.c.referral_id)
    .join(claim, claim.c.id == referral.c.claim_id)
    .where(claim.c.child_id.in_(_CHILDREN))
)
_FORGET_NOTES = update(extension).where(extension.c.id.in_(_EXTENSIONS)).values(note=None, reason=None)
_FORGET_REASONS = update(claim).where(claim.c.child_id.in_(_CHILDREN)).values(reason=None)
_FILES = union(
    select(parent.c.photo_file_id).where(parent.c.id == _PARENT, parent.c.photo_file_id.is_not(None)),
    select(export.c.file_id).where(export.c.parent_id == _PARENT),
    select(document.c.file_id).where(
        or_(document.c.application_id.in_(_OF_APPLICATIONS), document.c.extension_id.in_(_EXTENSIONS))
    ),
)
_FORGET_FILES = (
    update(file)
    .where(file.c.id.in_(_FILES))
    .values(name=None, sha256=b"", deleted_at=func.coalesce(file.c.deleted_at, _AT))
)
_LET_JOININGS_LAPSE = (
    update(joining)
    .where(joining.c.child_id.in_(_CHILDREN), joining.c.state.in_(("asked", "invited")))
    .values(state="lapsed", decided_at=_AT)
)
_CLOSE_TASKS = (
    update(department_task)
    .where(department_task.c.child_id.in_(_CHILDREN))
    .values(closed_at=func.coalesce(department_task.c.closed_at, _AT), reason=None)
)


def forget_files(tx: Transaction, parent_id: int, left: Iterable[int]) -> None:
    """The photo, the exports, the documents of these children: found by nobody, and soon deleted.

    Before `forget_parent`, which forgets whose they were.
    """
    asked = {"of_parent": parent_id, "children": list(left), "at": tx.now}
    tx.conn.execute(_FORGET_FILES, asked)


def forget_children(tx: Transaction, parent_id: int, left: Iterable[int]) -> None:
    """The names of these children, the addresses of the applications, what was written beside them."""
    asked = {"children": list(left)}
    tx.conn.execute(_FORGET_ADDRESSES, asked | {"of_parent": parent_id})
    for statement in (_FORGET_NAMES, _FORGET_NOTES, _FORGET_REASONS):
        tx.conn.execute(statement, asked)
    for statement in (_LET_JOININGS_LAPSE, _CLOSE_TASKS):
        tx.conn.execute(statement, asked | {"at": tx.now})
