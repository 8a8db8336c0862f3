"""The parent's own files as they lie in the export: which, under which names."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.exports.gathering import Everything, OneApplication, Sent
from storage.file_rows import StoredFile

README, INDEX, DATA = "README.txt", "index.html", "data.json"
TALK_PAGE, TALK_DATA = "conversation.html", "conversation.json"
DOCUMENTS = "documents"
_NO_LETTER = re.compile(r"[^a-z0-9_]")
_ENDINGS = {"image/jpeg": "jpg", "application/pdf": "pdf", "image/png": "png"}


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file and the path it gets: made of words of ours, never of what somebody called it."""

    path: str
    file: StoredFile


def files_of(everything: Everything) -> list[OwnFile]:
    """The photo and every document, in the order of the page."""
    found = [] if everything.photo is None else [OwnFile(photo_path(everything.photo), everything.photo)]
    for each in everything.applications:
        found += [OwnFile(path, sent.file) for sent, path in paths_of(each) if sent.file and path]
    return found


def photo_path(photo: StoredFile) -> str:
    """Where the photo lies."""
    return f"photo.{_ending(photo.content_type)}"


def paths_of(application: OneApplication) -> Iterator[tuple[Sent, str | None]]:
    """Each document of an application with its path; None for one whose file is gone."""
    numbers: Counter[str] = Counter()
    for sent in application.sent:
        kind = "extension" if sent.of_extension else _NO_LETTER.sub("_", sent.document.kind)
        numbers[kind] += 1
        folder = f"{DOCUMENTS}/{application.found.number}"
        path = f"{folder}/{kind}-{numbers[kind]}.{_ending(sent.document.content_type)}"
        yield sent, path if sent.file is not None else None


def _ending(content_type: str) -> str:
    return _ENDINGS.get(content_type, "bin")
