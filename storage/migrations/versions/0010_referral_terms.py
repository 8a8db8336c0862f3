"""What a referral was issued under, extensions one by one, and what ended by itself."""

import json

import sqlalchemy as sa
from alembic import op

from storage.types import Day, Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_REFERRAL = sa.table("referral", sa.column("id"), sa.column("terms"))
_AT_ISSUE = {"working_days": 5, "extension_days": 30, "extensions": 1}
"""What every policy gave before terms were kept."""

_INDEXES = (
    ("ix_claim_held", "claim", "held_until", "state = 'held'"),
    ("ix_claim_untold", "claim", "ended_at", "state IN ('lapsed', 'expired') AND told_at IS NULL"),
    ("ix_referral_running", "referral", "ends_at", "ended_at IS NULL"),
)


def upgrade() -> None:
    op.execute("ALTER TABLE referral RENAME COLUMN suspension_policy TO terms")
    _rewrite(lambda old: _AT_ISSUE | {"suspension_working_days": old.get("working_days", 10)})
    op.add_column("referral", sa.Column("original_last_day", Day(), nullable=True))
    op.drop_index(op.f("ix_referral_ends_at"), "referral")
    op.add_column("claim", sa.Column("reason", sa.LargeBinary(), nullable=True))
    op.add_column("claim", sa.Column("told_at", Instant(), nullable=True))
    for name, table, column, where in _INDEXES:
        _partial(name, table, [column], where, unique=False)
    op.drop_index("uq_extension_once", "extension")
    op.add_column(
        "extension", sa.Column("nth", sa.SmallInteger(), server_default=sa.text("1"), nullable=False)
    )
    _partial("uq_extension_nth", "extension", ["referral_id", "nth"], "state != 'refused'", unique=True)


def downgrade() -> None:
    op.drop_index("uq_extension_nth", "extension")
    op.drop_column("extension", "nth")
    _partial("uq_extension_once", "extension", ["referral_id"], "state != 'refused'", unique=True)
    for name, table, _, _ in _INDEXES:
        op.drop_index(name, table)
    op.drop_column("claim", "told_at")
    op.drop_column("claim", "reason")
    op.create_index(op.f("ix_referral_ends_at"), "referral", ["ends_at"], unique=False)
    op.drop_column("referral", "original_last_day")
    _rewrite(lambda terms: {"working_days": terms["suspension_working_days"]})
    op.execute("ALTER TABLE referral RENAME COLUMN terms TO suspension_policy")


def _partial(name, table, columns, where, *, unique) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


def _rewrite(change) -> None:
    bind = op.get_bind()
    for row in bind.execute(sa.select(_REFERRAL)).all():
        changed = json.dumps(change(json.loads(row.terms)))
        bind.execute(sa.update(_REFERRAL).where(_REFERRAL.c.id == row.id).values(terms=changed))
