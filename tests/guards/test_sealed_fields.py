"""No sealed column and no blind index is forgotten when everything is sealed anew."""

from storage.sealed_fields import SEALED, SHORT_LIVED
from storage.tables import metadata


def marked(mark: str) -> set[tuple[str, str]]:
    return {
        (table.name, column.name)
        for table in metadata.tables.values()
        for column in table.columns
        if column.info.get(mark)
    }


def test_every_sealed_column_is_sealed_anew_by_a_rotation() -> None:
    known = {(each.table.name, column) for each in SEALED for column in each.fields}

    # A session is sealed only when it holds personal values, so its column is not marked.
    assert known == marked("sealed") | {("conversation", "session")}


def test_every_blind_index_is_made_anew_or_short_lived() -> None:
    known = {(each.table.name, index) for each in SEALED for index in each.indexes}

    assert known | SHORT_LIVED == marked("blind")
