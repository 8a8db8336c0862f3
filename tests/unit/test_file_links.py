"""Links to files: good for a quarter of an hour, for one file, and not to be forged."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from yarl import URL

from bot.uploads.links import GOOD_FOR, FileLinks

AT = datetime(2026, 11, 20, 11, 20, tzinfo=UTC)
FILE_ID = 2**63 - 1
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@pytest.fixture
def links() -> FileLinks:
    return FileLinks("a secret for the tests", "https://kezek.example")


def token_of(link: str) -> str:
    """What a link carries."""
    return URL(link).name


@pytest.mark.parametrize("file_id", [1, 7_000_000_000_000_000_007, FILE_ID])
def test_a_link_leads_to_its_file(links: FileLinks, file_id: int) -> None:
    link = links.to(file_id, "ru")

    assert link.startswith("https://kezek.example/files/")
    assert URL(link).query["lang"] == "ru"
    assert links.file_of(token_of(link)) == file_id


def test_a_link_tells_nothing_but_the_file_and_its_end(links: FileLinks) -> None:
    with time_machine.travel(AT, tick=False):
        assert links.to(FILE_ID, "ru") == links.to(FILE_ID, "ru")
        assert len(token_of(links.to(FILE_ID, "ru"))) == len(token_of(links.to(1, "kk")))


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (timedelta(0), FILE_ID),
        (GOOD_FOR - timedelta(microseconds=1), FILE_ID),
        (GOOD_FOR, None),
        (timedelta(days=1), None),
    ],
)
def test_a_link_is_good_for_a_quarter_of_an_hour(
    links: FileLinks, after: timedelta, found: int | None
) -> None:
    with time_machine.travel(AT, tick=False):
        token = token_of(links.to(FILE_ID, "kk"))

    with time_machine.travel(AT + after, tick=False):
        assert links.file_of(token) == found


def test_no_letter_of_a_link_can_be_changed(links: FileLinks) -> None:
    token = token_of(links.to(FILE_ID, "kk"))

    for place in range(len(token)):
        for letter in LETTERS:
            changed = token[:place] + letter + token[place + 1 :]
            assert changed == token or links.file_of(changed) is None


@pytest.mark.parametrize("token", ["", "x", "=", "ж", "A" * 64, "A" * 63, "%00", "A" * 10_000])
def test_what_is_no_link_leads_nowhere(links: FileLinks, token: str) -> None:
    assert links.file_of(token) is None


def test_a_link_of_another_secret_leads_nowhere(links: FileLinks) -> None:
    stranger = FileLinks("another secret for the tests", "https://kezek.example")

    assert links.file_of(token_of(stranger.to(FILE_ID, "kk"))) is None
