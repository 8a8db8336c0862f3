"""What persons have written, in words: filled by the clockwork, so that a turn pays nothing for it."""

from sqlalchemy import Column, ForeignKey, Table, Text
from sqlalchemy.dialects.postgresql import TSVECTOR

from storage.tables.meta import metadata, ref, statements, word
from storage.types import Id, Instant

typed = Table(
    "typed",
    metadata,
    Column("message_id", Id, ForeignKey("message.id"), primary_key=True, autoincrement=False),
    ref("conversation_id", "conversation.id"),
    Column("at", Instant, nullable=False, index=True),
    word("by", 8),
    # The words as they are compared: lexemes on PostgreSQL, a line of words on SQLite.
    Column("words", Text().with_variant(TSVECTOR(), "postgresql"), nullable=False),
)
typed_mark = Table(
    "typed_mark",
    metadata,
    word("name", primary_key=True),
    Column("up_to", Id, nullable=False),
)
"""How far the log was gone through: all of it up to this message is in."""

statements(
    typed,
    "after_create",
    "postgresql",
    # Without a list of what came last, which every search would have to read through.
    "CREATE INDEX ix_typed_words ON typed USING gin (words) WITH (fastupdate = off)",
)
statements(
    typed,
    "after_create",
    "sqlite",
    "CREATE VIRTUAL TABLE typed_words USING fts5(words, content='typed', content_rowid='message_id', "
    "tokenize='unicode61 remove_diacritics 0', prefix='3 4 5')",
    "CREATE TRIGGER typed_added AFTER INSERT ON typed BEGIN "
    "INSERT INTO typed_words (rowid, words) VALUES (new.message_id, new.words); END",
    "CREATE TRIGGER typed_gone AFTER DELETE ON typed BEGIN "
    "INSERT INTO typed_words (typed_words, rowid, words) VALUES ('delete', old.message_id, old.words); END",
)
statements(typed, "before_drop", "sqlite", "DROP TABLE IF EXISTS typed_words")
