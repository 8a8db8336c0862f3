"""What an error means to the one who typed the command."""

from traceback import extract_tb

from bot.commands.failure import WRONG_USE, CommandFailed
from bot.wrong_settings import WrongSettings
from storage import errors
from storage.files import FilesUnavailable


def explained(error: Exception) -> CommandFailed:
    """The same error in plain words, without a word of anybody's data."""
    match error:
        case WrongSettings(lines=lines):
            return CommandFailed(*lines, exit_code=WRONG_USE)
        case errors.SchemaTooOld():
            return CommandFailed("the database has an older schema than this version: run kezek migrate")
        case errors.SchemaTooNew(found=found):
            return CommandFailed(f"the database has a newer schema ({found}) than this version knows")
        case errors.StorageFull():
            return CommandFailed("the disk of the database is full; nothing that was saved before is lost")
        case errors.StorageBusy():
            return CommandFailed("the database is held by somebody else; try again")
        case errors.StorageUnavailable(reason=reason):
            return CommandFailed(f"the database can't be reached ({reason})")
        case FilesUnavailable(reason=reason):
            return CommandFailed(f"the file store can't be reached or refuses us ({reason})")
        case OSError(strerror=str(reason), filename=None):
            return CommandFailed(reason.lower())
        case OSError(strerror=str(reason), filename=name):
            return CommandFailed(f"{name}: {reason.lower()}")
    return CommandFailed(f"unexpected {_place(error)}")


def _place(error: Exception) -> str:
    """The type and the place; a message could quote what a person wrote."""
    frames = extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"
