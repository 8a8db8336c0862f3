"""Every table of the product; importing this package fills the one MetaData."""

from storage.tables.alerts import alert
from storage.tables.audit import audit, parent_journal, stated_reason
from storage.tables.contact_centre import presence, ready_answer, whisper
from storage.tables.conversations import (
    CLOSED_BY_STAFF,
    UNHAPPY,
    UNNOTICED,
    attempt,
    code,
    contact,
    conversation,
    errand,
    help_request,
    label,
    message,
    note,
)
from storage.tables.delivery import delivery
from storage.tables.files import document, file
from storage.tables.meta import metadata
from storage.tables.notices import department_task, notice, untold
from storage.tables.outages import last_look, outage, prolongation
from storage.tables.own_data import erasure, export
from storage.tables.pace import pace, paced_chat
from storage.tables.people import child, guardian, helper, joining, parent, phone
from storage.tables.queues import application, place_event, privilege, queue, queue_block
from storage.tables.reviews import review
from storage.tables.rounds import place_crossing, place_watch, round_
from storage.tables.seats import (
    LAST_EVENING,
    RETURNING,
    UNWARNED,
    access,
    access_plan,
    bulletin,
    claim,
    extension,
    referral,
    seat,
    seat_list,
    silence,
    suspension,
)
from storage.tables.staff import staff, staff_form, staff_right, staff_session
from storage.tables.territories import child_group, kindergarten, policy, territory
from storage.tables.typed import typed, typed_mark

__all__ = [
    "CLOSED_BY_STAFF",
    "LAST_EVENING",
    "RETURNING",
    "UNHAPPY",
    "UNNOTICED",
    "UNWARNED",
    "access",
    "access_plan",
    "alert",
    "application",
    "attempt",
    "audit",
    "bulletin",
    "child",
    "child_group",
    "claim",
    "code",
    "contact",
    "conversation",
    "delivery",
    "department_task",
    "document",
    "erasure",
    "errand",
    "export",
    "extension",
    "file",
    "guardian",
    "help_request",
    "helper",
    "joining",
    "kindergarten",
    "label",
    "last_look",
    "message",
    "metadata",
    "note",
    "notice",
    "outage",
    "pace",
    "paced_chat",
    "parent",
    "parent_journal",
    "phone",
    "place_crossing",
    "place_event",
    "place_watch",
    "policy",
    "presence",
    "privilege",
    "prolongation",
    "queue",
    "queue_block",
    "ready_answer",
    "referral",
    "review",
    "round_",
    "seat",
    "seat_list",
    "silence",
    "staff",
    "staff_form",
    "staff_right",
    "staff_session",
    "stated_reason",
    "suspension",
    "territory",
    "typed",
    "typed_mark",
    "untold",
    "whisper",
]
