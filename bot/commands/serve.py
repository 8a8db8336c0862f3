"""`kezek serve`: the service."""

from bot import logs
from bot.settings import settings_to_serve


def run() -> None:
    """Serve until told to stop. Raises WrongSettings, StorageError."""
    settings = settings_to_serve()
    logs.configure(settings.log_level.value)
    from bot.app import run_serve

    run_serve(settings)
