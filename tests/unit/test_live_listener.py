"""One page of the live feed: what is kept for it until it is ready, and that this has an end."""

import pytest

from bot.web.console.live.listener import MOST_KEPT, Listener, News, Piece, TooSlow
from storage.centre.news import Mark

HERE, THERE = 7, 8


def rows(first: int, number: int, json: bytes = b"{}") -> News:
    """News of so many conversations."""
    pieces = tuple(Piece(chat, HERE, json) for chat in range(first, first + number))
    return News(Mark(1, 2), 1000, pieces)


def page_here() -> Listener:
    """Somebody's page that is told of what happens here."""
    return Listener(frozenset({HERE}), staff_id=1, session=b"a session")


def test_nothing_is_told_while_there_is_no_news() -> None:
    page = page_here()

    assert (page.has_news, page.take()) == (False, b"")


def test_of_a_conversation_only_the_last_is_kept() -> None:
    page = page_here()

    page.tell(rows(1, 1, b'{"text":"first"}'))
    page.tell(rows(1, 1, b'{"text":"last"}'))

    assert page.take() == (
        b'id: 1-2\r\nevent: inbox\r\ndata: {"now":1000,"waiting":0,"rows":[{"text":"last"}]}\r\n\r\n'
    )
    assert page.take() == b""


@pytest.mark.parametrize(("territory", "told"), [(HERE, True), (THERE, False), (None, True)])
def test_only_what_is_within_reach_is_kept(territory: int | None, told: bool) -> None:
    page = page_here()

    page.tell(News(Mark(), 0, (Piece(1, territory, b"{}"),)))

    assert page.has_news is told


@pytest.mark.parametrize(("number", "let_go"), [(MOST_KEPT, False), (MOST_KEPT + 1, True)])
def test_a_page_that_takes_nothing_is_let_go(number: int, let_go: bool) -> None:
    page = page_here()

    page.tell(rows(1, number - 1))
    page.tell(rows(number, 1))

    assert page.too_slow is let_go
    if let_go:
        with pytest.raises(TooSlow):
            page.take()
    else:
        assert page.take().count(b"{}") == number


@pytest.mark.parametrize("text", ["", "1", "1-2-3", "-1-2", "1-x", "٣-1", "1" * 19 + "-1", "1-" + "1" * 19])
def test_what_is_no_mark_is_taken_for_none(text: str) -> None:
    assert Mark.parse(text) is None


def test_a_mark_comes_back_as_it_went_out() -> None:
    mark = Mark(2**59, 17)

    assert Mark.parse(str(mark)) == mark


def test_a_page_that_is_over_is_told_nothing_not_even_what_was_kept_for_it() -> None:
    page = page_here()
    page.tell(rows(1, 1))

    page.end()
    page.tell(rows(2, 1))

    assert (page.is_over, page.has_news) == (True, True)
    assert page.take() == b""
