"""Which version this is."""

from importlib.metadata import PackageNotFoundError, version


def _installed() -> str:
    try:
        return version("kezek")
    except PackageNotFoundError:
        return "0"


VERSION = _installed()
