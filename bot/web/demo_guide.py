"""What the demo page tells: texts already in the visitor's language, made by the demo itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GuideRow:
    """Something to try: `value` is copied with a tap (an IIN, a number, a login), `what` says what happens.

    `details` are further values beside the first: a child's IIN, a phone.
    """

    value: str
    what: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GuideSection:
    """A group of things to try under a heading, with a sentence that explains it."""

    title: str
    rows: tuple[GuideRow, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class GuideLink:
    """An address to open: the chat, the console, a Telegram bot."""

    label: str
    url: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class DemoGuide:
    """The whole page: the place it plays in, where to go, what to try."""

    place: str
    links: tuple[GuideLink, ...] = ()
    sections: tuple[GuideSection, ...] = ()
