"""Logs: JSON lines on standard error, with no IIN, phone, name, token or message text."""

import logging
import sys
from typing import BinaryIO, TextIO

import orjson
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.log_scrubbing import bare_exception, scrub


def configure(level: str = "info", stream: TextIO | None = None) -> None:
    """Send everything, our own lines and those of libraries, to `stream` as JSON from `level` on."""
    weight = logging.getLevelNamesMapping()[level.upper()]
    out = (stream or sys.stderr).buffer
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        bare_exception,
        scrub,
    ]
    structlog.configure(
        processors=[*shared, _as_json],
        wrapper_class=structlog.make_filtering_bound_logger(weight),
        logger_factory=structlog.BytesLoggerFactory(out),
    )
    _take_over_libraries(weight, shared, out)


def _take_over_libraries(weight: int, shared: list[Processor], out: BinaryIO) -> None:
    handler = logging.StreamHandler(_Lines(out))
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, _first_line],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *shared[1:],
                _as_text,
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=weight, force=True)
    logging.captureWarnings(capture=True)
    # One line a request or a statement is for nobody; ours are told by the turn.
    for talkative in ("sqlalchemy", "aiosqlite", "alembic", "apscheduler", "asyncio"):
        logging.getLogger(talkative).setLevel(max(weight, logging.WARNING))


class _Lines:
    """A text stream for `logging` over the same bytes, so that lines never mix."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def write(self, text: str) -> None:
        self._out.write(text.encode())

    def flush(self) -> None:
        self._out.flush()


def _first_line(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """The further lines of a library's message quote what it choked on."""
    event["event"] = str(event["event"]).partition("\n")[0]
    return event


def _as_json(_: WrappedLogger, __: str, event: EventDict) -> bytes:
    return orjson.dumps(event, default=lambda value: type(value).__name__, option=orjson.OPT_NON_STR_KEYS)


def _as_text(logger: WrappedLogger, name: str, event: EventDict) -> str:
    return _as_json(logger, name, event).decode()
