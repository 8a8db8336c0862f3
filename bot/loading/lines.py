"""Which line of a TOML file says what: the standard library's reader tells only where the syntax breaks."""

import re
from collections.abc import Sequence

Path = tuple[str | int, ...]

_TABLES = re.compile(r"\s*\[\[\s*([\w.\-]+)\s*\]\]")
_TABLE = re.compile(r"\s*\[\s*([\w.\-]+)\s*\]")
_KEY = re.compile(r"""\s*["']?([\w\-]+)["']?\s*(?:\.[\w.\-"' ]+)?=""")
_FENCE = re.compile(r'"""|\'\'\'')


class Lines:
    """Where the keys and tables of a file stand."""

    def __init__(self, text: str) -> None:
        self._at: dict[Path, int] = {(): 1}
        self._counts: dict[Path, int] = {}
        here: Path = ()
        inside_text = False
        for number, line in enumerate(text.splitlines(), 1):
            if not inside_text:
                here = self._read(line, number, here)
            if len(_FENCE.findall(line)) % 2:
                inside_text = not inside_text

    def of(self, path: Sequence[str | int]) -> int:
        """The line of what this path leads to, or of the nearest table around it."""
        wanted = tuple(path)
        while wanted not in self._at:
            wanted = wanted[:-1]
        return self._at[wanted]

    def _read(self, line: str, number: int, here: Path) -> Path:
        if tables := _TABLES.match(line):
            here = self._next(self._resolved(tables[1].split(".")))
        elif table := _TABLE.match(line):
            here = self._resolved(table[1].split("."))
        elif key := _KEY.match(line):
            self._at.setdefault((*here, key[1]), number)
            return here
        else:
            return here
        self._at.setdefault(here, number)
        return here

    def _resolved(self, names: Sequence[str]) -> Path:
        """The path of a header; tables above it that come several times mean the last of them."""
        path: Path = ()
        for position, name in enumerate(names):
            path = (*path, name)
            if position < len(names) - 1 and path in self._counts:
                path = (*path, self._counts[path] - 1)
        return path

    def _next(self, path: Path) -> Path:
        index = self._counts.get(path, 0)
        self._counts[path] = index + 1
        return (*path, index)
