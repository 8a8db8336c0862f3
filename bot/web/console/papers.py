"""Documents on a page: what each is, and a link that is good for a quarter of an hour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.web.console.visit import Visit
from storage.documents import Document


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that can be opened in a window of its own."""

    url: str
    is_picture: bool
    at: datetime


def papers_of(visit: Visit, documents: Sequence[Document]) -> list[Paper]:
    """Links are made when the page is drawn: nobody passes one on for long."""
    links = visit.house.parts.links
    return [
        Paper(
            links.to(each.file_id, visit.t.language), each.content_type.startswith("image/"), each.created_at
        )
        for each in documents
    ]
