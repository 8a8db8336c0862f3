"""Why a message was not kept, in words. The page puts the text back into the entry field."""

from enum import Enum
from math import ceil

from bot.uploads.verdict import LARGEST
from bot.web.translate import Translate
from bot.web.webchat_protocol import TEXT_CHARACTERS
from storage.errors import StorageError, StorageFull


class Refusal(str, Enum):
    """The reasons."""

    FULL = "full"
    UNAVAILABLE = "unavailable"
    FAILED = "failed"
    TOO_FAST = "too_fast"
    TOO_LONG = "too_long"
    TOO_LARGE = "too_large"
    NOT_UNDERSTOOD = "not_understood"

    def words(self, t: Translate, seconds: float = 0) -> str:
        """The reason in the person's language; `seconds` until it is worth trying again."""
        match self:
            case Refusal.FULL:
                return t(
                    "We could not save your message: our storage is full. Nothing is lost, please try later."
                )
            case Refusal.UNAVAILABLE:
                return t(
                    "We can't save anything at the moment. Nothing is lost, please try again in a minute."
                )
            case Refusal.FAILED:
                return t(
                    "Something went wrong on our side. Your message was not taken, please send it again."
                )
            case Refusal.TOO_FAST:
                return t(
                    "That was quick! Please wait {seconds} s and send it again.",
                    seconds=max(1, ceil(seconds)),
                )
            case Refusal.TOO_LONG:
                return t(
                    "This message is too long. At most {number} characters, please.", number=TEXT_CHARACTERS
                )
            case Refusal.TOO_LARGE:
                return t("This file is too large: up to {size} MB can be taken.", size=LARGEST // 2**20)
            case Refusal.NOT_UNDERSTOOD:
                return t("This message could not be read. Please write it another way.")


class NotTaken(Exception):
    """Something was not taken in; `seconds` until it is worth trying again, where that is known."""

    def __init__(self, refusal: Refusal, seconds: float = 0) -> None:
        super().__init__(refusal)
        self.refusal = refusal
        self.seconds = seconds


def refusal_of(error: Exception) -> Refusal:
    """The reason that an error of a turn means for the person."""
    if isinstance(error, StorageFull):
        return Refusal.FULL
    if isinstance(error, StorageError):
        return Refusal.UNAVAILABLE
    return Refusal.FAILED
