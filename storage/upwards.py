"""A territory with all above it, for statements."""

from sqlalchemy import CTE, ColumnElement, FromClause, select

from storage.tables import territory


def upwards(begins: ColumnElement[bool], source: FromClause = territory) -> CTE:
    """`id` and `parent_id` from the territories that begin so up to the top.

    `source` is what `begins` is asked of, with the territory in it.
    """
    first = (
        select(territory.c.id, territory.c.parent_id)
        .select_from(source)
        .where(begins)
        .cte("above", recursive=True)
    )
    higher = select(territory.c.id, territory.c.parent_id).join_from(
        territory, first, territory.c.id == first.c.parent_id
    )
    return first.union_all(higher)
