"""What goes over the web chat's WebSocket: JSON objects, one a frame, `t` says what it is.

From the page:
  {"t":"hello","after":"17"|null,"language":"kk"}  first; sends what came after that message, or the newest
  {"t":"text","id":…,"text":…}                       something typed
  {"t":"press","id":…,"action":…,"label":…,"under":"17"}   a pressed button, and the message it hangs under
  {"t":"location","id":…,"latitude":…,"longitude":…}
  {"t":"older","before":"17"}                        messages before that one
  {"t":"seen","id":"17"}                             somebody looks at that message and those above it
  {"t":"ping"}
To the page:
  {"t":"messages","items":[…]}                       what the page has not seen, oldest first
  {"t":"begin","items":[…],"first":bool}             the answer to a hello without `after`: the newest;
                                                     `first`: the log begins with them
  {"t":"older","items":[…],"first":bool}
  {"t":"taken","id":…,"message":"17","duplicate":bool}   that message is kept: its turn is committed
  {"t":"refused","id":…|null,"reason":…,"text":…}   nothing was kept; `text` says why in words
  {"t":"left","of":{"17":431200,"18":0,"19":null}}   how long the seats shown are held still, by claim,
                                                     in milliseconds: 0 the time is over, null ended otherwise
  {"t":"pong"}
`id` is the page's own random name for a message; sent again, it has no second effect. An item is
  {"id","mine","day":"2026-11-20","time":"16:20","text"} and what it has of
  {"kind":"location"|"file","client_id","title","rows":[[{"label","action"|"url"}]],"ask","ask_label","typing","hint","keys",
   "pin":{"name","address","url"},"picture","language","held":{"claim","left","actions":[…]}}
with local day and time. `held.left` is as in `left`, from when it is sent: the page's own clock may be wrong.
`held.actions` are the buttons that are out of date once it is over.
`pin` is shown in place of the text, `picture` (a path of ours) above it.
Ids of messages are strings: they may be larger than a browser's numbers.
Files don't come this way but by POST /chat/upload (upload.py), which answers with `taken` or `refused`.
A socket without a valid cookie is closed with 4401: the page then asks for a cookie and comes again.
"""

import re
from dataclasses import dataclass

import orjson

from bot.conversation.incoming import Content, Press, SharedLocation, Text
from bot.conversation.reply import ACTION_BYTES

TEXT_CHARACTERS = 4096
LABEL_CHARACTERS = 80
NO_COOKIE = 4401
CLIENT_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
MESSAGE_ID = re.compile(r"[0-9]{1,18}")

Json = dict[str, object]


class BadFrame(Exception):
    """Not a frame of this protocol. `client_id` is the message it was to be, where that is known."""

    def __init__(self, client_id: str | None = None) -> None:
        super().__init__()
        self.client_id = client_id


class TooLong(BadFrame):
    """A text of more than TEXT_CHARACTERS."""


@dataclass(frozen=True, slots=True)
class Hello:
    """The page is there; `after` is the newest message it surely has."""

    after: int | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Says:
    """A message of the person; `label` is what the pressed button says."""

    client_id: str
    content: Content
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Older:
    """The page wants messages before this one."""

    before: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A person looks at the page, down to this message."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Ping:
    """The page asks whether the line still holds."""


FromPage = Hello | Says | Older | Seen | Ping


def decode(frame: str) -> FromPage:
    """Read a frame of the page. Raises BadFrame, TooLong."""
    try:
        data = orjson.loads(frame)
    except orjson.JSONDecodeError:
        raise BadFrame from None
    if not isinstance(data, dict):
        raise BadFrame
    kind = data.get("t")
    if kind == "ping":
        return Ping()
    if kind == "hello":
        return Hello(_message_id(data.get("after")), _text_or_none(data.get("language"), 8))
    if kind == "older":
        before = _message_id(data.get("before"))
        if before is None:
            raise BadFrame
        return Older(before)
    if kind == "seen":
        seen = _message_id(data.get("id"))
        if seen is None:
            raise BadFrame
        return Seen(seen)
    return _says(data)


def _says(data: Json) -> Says:
    client_id = data.get("id")
    if not isinstance(client_id, str) or not CLIENT_ID.fullmatch(client_id):
        raise BadFrame
    content = _content(data, client_id)
    label = _text_or_none(data.get("label"), LABEL_CHARACTERS) if isinstance(content, Press) else None
    return Says(client_id, content, label)


def _content(data: Json, client_id: str) -> Content:
    match data:
        case {"t": "text", "text": str(text)}:
            if len(text) > TEXT_CHARACTERS:
                raise TooLong(client_id)
            if text.strip():
                return Text(_well_formed(text))
        case {"t": "press", "action": str(action)} if 0 < len(_well_formed(action).encode()) <= ACTION_BYTES:
            under = _message_id(data.get("under"))
            return Press(_well_formed(action), None if under is None else str(under))
        case {
            "t": "location",
            "latitude": float() | int() as latitude,
            "longitude": float() | int() as longitude,
        }:
            if abs(latitude) <= 90 and abs(longitude) <= 180:
                return SharedLocation(float(latitude), float(longitude))
    raise BadFrame(client_id)


def _well_formed(text: str) -> str:
    """Without NUL, which PostgreSQL can't keep; lone surrogates never get past the JSON decoder."""
    return text.replace("\0", "")


def _text_or_none(value: object, longest: int) -> str | None:
    return _well_formed(value)[:longest] if isinstance(value, str) else None


def _message_id(value: object) -> int | None:
    return int(value) if isinstance(value, str) and MESSAGE_ID.fullmatch(value) else None
