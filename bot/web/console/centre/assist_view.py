"""What was said while a family is helped, as the page shows it: the screen of now, and what was before."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation.reply import Ask, Keys, Screen
from bot.web.chat_log import Said
from bot.web.stored_chat_log import StoredChatLog
from domain.assisting import CHANNEL
from storage.database import Database

BEGINNING = "begin"
"""The name of the first step, which nobody said: the language that was chosen before."""

_SHOWN = 40
_MODES = {Keys.DIGITS: "numeric", Keys.PHONE: "tel", Keys.LETTERS: "text"}


@dataclass(frozen=True, slots=True)
class SaidSoFar:
    """`now` is what answers the last step, its last screen the one that goes on; `before` the rest."""

    before: Sequence[Said]
    now: Sequence[Said]

    @property
    def screen(self) -> Screen | None:
        """The one whose buttons can be pressed; None while an answer is awaited."""
        return self.now[-1].screen if self.now else None

    @property
    def language(self) -> str | None:
        """The family's."""
        return self.now[-1].language if self.now else None

    @property
    def takes_words(self) -> bool:
        """Whether something is to be typed."""
        return self.screen is not None and (self.screen.typing or self.screen.ask is Ask.PHONE)

    @property
    def wants_files(self) -> bool:
        """Whether documents are asked for."""
        return self.screen is not None and self.screen.ask is Ask.FILE

    @property
    def keys(self) -> str:
        """With which keys of a telephone it is typed."""
        return _MODES[self.screen.keys] if self.screen is not None else "text"


async def said_so_far(database: Database, address: str) -> SaidSoFar:
    """Out of the log. Raises StorageError."""
    piece = await StoredChatLog(database, CHANNEL).newest(address, _SHOWN)
    said = [each for each in piece.said if each.client_id != BEGINNING]
    last = max((place for place, each in enumerate(said) if each.mine), default=-1)
    return SaidSoFar(said[: last + 1], said[last + 1 :])
