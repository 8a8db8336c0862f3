"""Logging as in production, into memory."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from bot import logs


@contextmanager
def production_log(level: str = "debug") -> Iterator[io.BytesIO]:
    """What the service would write on standard error; afterwards all is as it was before."""
    root = logging.getLogger()
    handlers, before = list(root.handlers), root.level
    written = io.BytesIO()
    # Kept until the end: a text stream that is dropped closes what lies under it.
    stream = io.TextIOWrapper(written)
    logs.configure(level, stream)
    try:
        yield written
    finally:
        structlog.reset_defaults()
        logging.captureWarnings(capture=False)
        root.handlers[:], root.level = handlers, before
        stream.detach()
