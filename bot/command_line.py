"""How a command ends: its exit code, and one plain line for whatever went wrong."""

import sys
from collections.abc import Sequence

import typer
from typer.exceptions import TyperException

from bot.commands.failure import FAILED, FINE, WRONG_USE, CommandFailed


def run(app: typer.Typer, arguments: Sequence[str]) -> int:
    """Run a command line; what it ends with: 0, 2 for wrong use or settings, 1 for anything else."""
    try:
        code = app(list(arguments), prog_name="kezek", standalone_mode=False)
    except TyperException as wrong:
        # Typer lists choices on lines of their own.
        return _told(WRONG_USE, " ".join(wrong.format_message().split()))
    except CommandFailed as failed:
        return _told(failed.exit_code, *failed.lines)
    except (typer.Abort, KeyboardInterrupt):
        return FAILED
    except Exception as error:  # noqa: BLE001  # a traceback may quote what a person wrote
        from bot.commands.explain import explained

        told = explained(error)
        return _told(told.exit_code, *told.lines)
    return code if code in (FINE, WRONG_USE) else FAILED if code else FINE


def _told(code: int, *lines: str) -> int:
    for line in lines:
        print(f"kezek: {line}", file=sys.stderr)
    return code
