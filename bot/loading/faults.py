"""What is wrong with a file, and in which line."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong. `line` counts from 1; `where` is the key or the table it is about."""

    line: int
    where: str
    reason: str

    def __str__(self) -> str:
        return (
            f"line {self.line}: {self.where}: {self.reason}"
            if self.where
            else f"line {self.line}: {self.reason}"
        )


class FileRefused(Exception):
    """The file was not loaded, nothing has changed. `faults`: at least one, in the file's order."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(*map(str, faults))
        self.faults = faults
