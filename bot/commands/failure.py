"""A command that can't do what it was asked to."""

FINE = 0
FAILED = 1
WRONG_USE = 2


class CommandFailed(Exception):
    """Ends the command: `lines` go to standard error, `exit_code` to the shell."""

    def __init__(self, *lines: str, exit_code: int = FAILED) -> None:
        super().__init__(*lines)
        self.lines = lines
        self.exit_code = exit_code
