"""What we say, whatever the messenger: screens of text and buttons."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum

ACTION_BYTES = 64


class Sensitivity(str, Enum):
    """How much care a text needs.

    PLAIN may stand in the log as it is; PERSONAL (names, IINs, phones) and SECRET (codes, passwords)
    are masked before the log row is written, SECRET is also removed from the chat where that can be done.
    """

    PLAIN = "plain"
    PERSONAL = "personal"
    SECRET = "secret"


class Ask(str, Enum):
    """What a screen invites to share with one tap, where the channel has a button for that."""

    PHONE = "phone"
    LOCATION = "location"
    FILE = "file"
    """A photo or a PDF: sent as messengers send them, or by the page's own button."""


class Keys(str, Enum):
    """What is typed as the answer: a telephone shows the keyboard for it, where the channel can say so."""

    LETTERS = "letters"
    DIGITS = "digits"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Button:
    """A label and the action it names, at most 64 bytes. `url` instead of an action opens a page."""

    label: str
    action: str = ""
    url: str | None = None

    def __post_init__(self) -> None:
        if len(self.action.encode()) > ACTION_BYTES:
            raise ValueError(f"an action of more than {ACTION_BYTES} bytes: {self.action!r}")


Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Pin:
    """A place on the map, in degrees (WGS 84), with its name and, where it is known, its address."""

    latitude: float
    longitude: float
    name: str
    address: str = ""

    @property
    def coordinates(self) -> str:
        """The point as maps and people with a receiver write it."""
        return f"{self.latitude:.6f}, {self.longitude:.6f}"

    @property
    def url(self) -> str:
        """A page that shows the place, for whoever has no map of the messenger's own."""
        point = f"{self.latitude:.6f}/{self.longitude:.6f}"
        marker = f"mlat={self.latitude:.6f}&mlon={self.longitude:.6f}"
        return f"https://www.openstreetmap.org/?{marker}#map=17/{point}"


@dataclass(frozen=True, slots=True)
class Held:
    """A seat that is held until an instant: a channel that counts down shows how long still.

    `actions` are those of the buttons that mean nothing any more once it is over.
    """

    claim_id: int
    until: datetime
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """One message of ours: a title (shown bold where the channel can), a text, rows of buttons.

    `ask` adds the channel's own button that shares a phone or a location (`ask_label` is its label).
    `typing` says that an answer is to be typed, `hint` is shown in the empty entry field where there is one.
    `keys` are those that the answer is typed with.
    `fresh` screens are never put in place of the former one (a notice, an error that must be seen).
    `pin` makes it a place on the map: a channel that has such messages sends one instead of the text, which
    says the same in words and with a link for the others. Nothing hangs under it: not every channel can.
    `picture` is the address of a JPEG that is shown with the text, where the channel can.
    `held` is the seat that the screen holds out, for channels that count down.
    """

    text: str
    title: str | None = None
    rows: tuple[Row, ...] = ()
    ask: Ask | None = None
    ask_label: str | None = None
    typing: bool = False
    hint: str | None = None
    keys: Keys = Keys.LETTERS
    sensitivity: Sensitivity = Sensitivity.PLAIN
    fresh: bool = False
    pin: Pin | None = None
    picture: str | None = None
    held: Held | None = None

    @property
    def asks_by_keyboard(self) -> bool:
        """Where the messenger has a keyboard of its own for sharing, this screen needs it."""
        return self.ask in (Ask.PHONE, Ask.LOCATION)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons in reading order: the order in which they are numbered for typing."""
        return tuple(button for row in self.rows for button in row)

    def with_note(self, note: str) -> "Screen":
        """The same screen with a sentence in front of its text: why it is shown again."""
        return replace(self, text=f"{note}\n\n{self.text}")

    def with_rows(self, rows: Iterable[Row]) -> "Screen":
        """The same screen with more rows below its own."""
        return replace(self, rows=(*self.rows, *rows))


class Operation(str, Enum):
    """What a channel is to do: say something new, put a screen in place of another, remove a message."""

    SEND = "send"
    EDIT = "edit"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Letter:
    """What only a letter has.

    `subject` lies open in a list of letters and names nobody. `ends_for`: the parent for whom one click
    ends letters of this kind; None: there is nothing to end. `referral` is the number of the one whose paper
    is put in, for the parent `reader`.
    """

    subject: str
    ends_for: int | None = None
    referral: int | None = None
    reader: int | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One thing to be delivered. `target` is the channel's id of the message to edit or delete.

    `letter`: what a mail server needs besides the screen.
    """

    operation: Operation
    screen: Screen | None = None
    target: str | None = None
    language: str = "kk"
    remove_keyboard: bool = field(default=False)
    letter: Letter | None = None
