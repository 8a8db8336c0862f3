"""No table and no sealed column is forgotten by an erasure: a new one is told here what becomes of it."""

from storage.sealed_fields import SEALED
from storage.tables import contact, conversation, metadata, parent

GOES_WITH_THE_PARENT = {
    "alert",
    "phone",
    "helper",
    "joining",
    "guardian",
    "review",
    "export",
    "notice",
    "parent_journal",
    "stated_reason",
    "contact",  # it is nobody's then, and soon without its address
}
STAYS_WITHOUT_A_NAME = {
    "application",  # number, queue, dates, class, statuses
    "department_task",  # closed, its reason gone
    "erasure",
}
GOES_WITH_THE_CONVERSATION = {
    *("message", "delivery", "errand", "label", "note", "help_request", "erasure"),
    *("whisper", "presence", "typed"),
}
GOES_WITH_THE_ACCOUNT = {"conversation", "code", "helper", "phone"}

EMPTIED = {
    *(("parent", column.name) for column in parent.c),
    ("phone", "phone"),
    ("helper", "phone"),
    ("helper", "name"),
    ("notice", "data"),
    ("department_task", "reason"),
    ("child", "surname"),
    ("child", "name"),
    ("child", "patronymic"),
    ("contact", "vouched_phone"),
    ("application", "address"),
    ("claim", "reason"),
    ("extension", "note"),
    ("extension", "reason"),
    ("file", "name"),
    ("note", "text"),
    ("stated_reason", "words"),
    ("whisper", "content"),
    ("conversation", "session"),
    ("errand", "request"),
    ("message", "sealed"),
}
KEPT_FOR_A_WHILE = {("child", "iin"), ("child", "birth_date")}
OF_STAFF = {("staff", "name"), ("staff", "totp")}


def referring_to(column: object) -> set[str]:
    """The tables with a column that refers to this one and is called after it."""
    return {
        table.name
        for table in metadata.tables.values()
        for each in table.columns
        if any(key.column is column for key in each.foreign_keys)
    }


def test_of_every_table_that_names_a_parent_it_is_said_what_becomes_of_it() -> None:
    assert referring_to(parent.c.id) == GOES_WITH_THE_PARENT | STAYS_WITHOUT_A_NAME


def test_of_every_table_that_belongs_to_a_conversation_it_is_said_what_becomes_of_it() -> None:
    assert referring_to(conversation.c.id) == GOES_WITH_THE_CONVERSATION
    assert referring_to(contact.c.id) == GOES_WITH_THE_ACCOUNT


def test_of_every_sealed_column_it_is_said_what_becomes_of_it() -> None:
    sealed = {(each.table.name, column) for each in SEALED for column in each.fields}

    known = EMPTIED | KEPT_FOR_A_WHILE | OF_STAFF
    assert sealed - known == set()
    assert known - sealed <= {("parent", column.name) for column in parent.c}
