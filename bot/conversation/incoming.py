"""What a person sends, whatever the messenger."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody is reached: the channel's name and its id of the chat."""

    channel: str
    chat: str


@dataclass(frozen=True, slots=True)
class Text:
    """Something typed. Commands (`/start`) come as text too."""

    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button: the action it names, and the message it hangs under, where the channel tells."""

    action: str
    screen_id: str | None = None


@dataclass(frozen=True, slots=True)
class SharedPhone:
    """A phone number shared by its owner; `vouched` when the messenger itself stands for it."""

    number: str
    vouched: bool


@dataclass(frozen=True, slots=True)
class SharedLocation:
    """A point in degrees (WGS 84)."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A picture or a document; `ref` is the channel's name for it, by which it can be fetched.

    `name` is the file's own and may name a person; `size` in bytes, where the channel tells.
    """

    ref: str
    kind: Literal["photo", "document"]
    name: str = ""
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Something we can't read yet: a sticker, a voice message. `kind` is the channel's word for it."""

    kind: str


@dataclass(frozen=True, slots=True)
class ErrandDone:
    """The answer to an errand. `step` is the token of the step that asked, 0 when none waits for it;
    `answer` is None when it failed.

    `failure` is "timeout" or "unavailable" then.
    """

    errand_id: int
    kind: str
    step: int
    answer: dict[str, object] | None
    failure: str | None = None


Content = Text | Press | SharedPhone | SharedLocation | SharedFile | Unsupported | ErrandDone


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message of a person to us.

    `external_id` is unique within the channel: the same message delivered twice carries it twice.
    `message_id` is the channel's id by which the message can be deleted from the chat, if it can be.
    `network_address` is where on the network the person came from (of IPv6 the /64), where the channel
    tells; used for limits only.
    """

    address: Address
    external_id: str
    content: Content
    message_id: str | None = None
    language_hint: str | None = None
    network_address: str | None = None
