"""Two forms may wait for files at once: each hears of its own."""

import pytest

from bot.conversation.incoming import ErrandDone
from bot.flows.apply import documents
from bot.flows.profile import photo

PAGE, FACE = 11, 12
DOCUMENT, PHOTO = documents.QUESTION, photo.FORM.questions[0]


def brought(file_id: int | None) -> ErrandDone:
    """The answer of a look; None: it could not be made."""
    answer: dict[str, object] | None = None if file_id is None else {"file_id": file_id}
    return ErrandDone(1, "file", 0, answer, "unavailable" if answer is None else None)


@pytest.mark.parametrize(("file_id", "heard"), [(PAGE, (True, False)), (FACE, (False, True))])
def test_a_file_is_heard_of_where_it_was_sent(file_id: int, heard: tuple[bool, bool]) -> None:
    pages, face = {"looking": [PAGE]}, {"looking": FACE}

    done = brought(file_id)

    assert (DOCUMENT.hears(pages, done), PHOTO.hears(face, done)) == heard


def test_a_failure_is_heard_of_only_where_a_file_is_looked_at() -> None:
    done = brought(None)

    assert (DOCUMENT.hears({"looking": [PAGE]}, done), DOCUMENT.hears({"looking": []}, done)) == (True, False)
    assert (PHOTO.hears({"looking": FACE}, done), PHOTO.hears({}, done)) == (True, False)


def test_an_answer_of_another_kind_is_not_heard() -> None:
    done = ErrandDone(1, "register", 0, {"file_id": FACE})

    assert not PHOTO.hears({"looking": FACE}, done)
