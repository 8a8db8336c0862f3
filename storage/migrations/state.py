"""Where a database stands in the schema's history. Imports no alembic: every start asks this."""

from sqlalchemy import Connection, column, inspect, select, table

from storage.errors import SchemaTooNew, SchemaTooOld

REVISIONS = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
    "0010",
    "0011",
    "0012",
    "0013",
    "0014",
    "0015",
    "0016",
    "0017",
    "0018",
    "0019",
    "0020",
    "0021",
    "0022",
    "0023",
    "0024",
    "0025",
    "0026",
    "0027",
    "0028",
    "0029",
    "0030",
    "0031",
    "0032",
)
"""Every revision, oldest first; a test holds this against the files in `versions`."""

HEAD = REVISIONS[-1]


def revision_of(conn: Connection) -> str | None:
    """The revision a database is on; None when it is empty."""
    if not inspect(conn).has_table("alembic_version"):
        return None
    return conn.execute(select(column("version_num")).select_from(table("alembic_version"))).scalar()


def check_schema(conn: Connection) -> None:
    """Raise SchemaTooOld or SchemaTooNew unless the database is on the newest revision."""
    found = revision_of(conn)
    if found == HEAD:
        return
    if found is None or found in REVISIONS:
        raise SchemaTooOld(found, HEAD)
    raise SchemaTooNew(found, HEAD)
