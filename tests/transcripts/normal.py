"""What is made by chance, made the same every time: codes, numbers of applications, links."""

import re

_CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
_NUMBER = re.compile(r"(?<!\d)[1-6]\d{9}(?!\d)")
_LINK = re.compile(r"/files/[\w.~-]+")
_SERVER = re.compile(r"http://(127\.0\.0\.1|localhost):\d+")
_OF_THE_WORLD = "12003004"
"""How the numbers begin that are the same in every play."""


class Normal:
    """For one transcript: the first number that is met is always the same one, and so on."""

    def __init__(self) -> None:
        self._numbers: dict[str, str] = {}

    def of(self, text: str) -> str:
        """The text with them."""
        text = _SERVER.sub("https://kezek.example", text)
        text = _LINK.sub("/files/…", text)
        text = _NUMBER.sub(self._number, text)
        return _CODE.sub("123456", text)

    def _number(self, found: re.Match[str]) -> str:
        number = found.group()
        if number.startswith(_OF_THE_WORLD):
            return number
        return self._numbers.setdefault(number, f"{3100200701 + len(self._numbers)}")
