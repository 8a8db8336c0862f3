"""Paths of the console that a form or a link may name, so that nobody is led elsewhere."""

import re

from bot.web.console.page import ROOT

_OWN = re.compile(re.escape(ROOT) + r"(?:[a-z0-9-]+(?:/[a-z0-9-]+)*)?")
_LONGEST = 200


def own_path(path: str) -> str:
    """The path if it is one of the console's, else its home page."""
    return path if len(path) <= _LONGEST and _OWN.fullmatch(path) else ROOT
